import Domain
import Testing

@testable import MongoStore

/// Whether every query and update that a store has sent finds its documents by a declared index.
enum MongoQueryShapes {
    /// Reads the server's journal of the store's database.
    static func check(_ store: MongoClubStore) async throws {
        let used = store.database.connection
        let connection = try MongoConnection(used.address, database: used.database)
        let journal = try await connection.run(MongoCall("database", "journal")) { client in
            try client.read(["fomoJournal": 1])["cursor.firstBatch"]?.array ?? []
        }
        await connection.close()
        #expect(!journal.isEmpty)
        for entry in journal {
            let matched = entry["pipeline"]?.array?.first?["$match"]
            guard let collection = entry["collection"]?.string, let filter = entry["filter"] ?? matched
            else { continue }
            let shape = Shape(collection: collection, filter: filter, sort: entry["sort"] ?? .empty)
            // At the opening it is looked whether there is anything in a collection at all.
            guard filter != .empty || shape.sort != [] else { continue }
            #expect(shape.isServed, "\(entry)")
        }
    }

    /// What a query looks for, by field.
    struct Shape {
        let collection: String
        /// Alternatives, each with the fields that have to equal something and those that have to lie in a range.
        var branches: [(equal: Set<String>, range: Set<String>)] = [([], [])]
        let sort: [String]

        init(collection: String, filter: BSON, sort: BSON) {
            self.collection = collection
            self.sort = (sort.fields ?? []).map(\.name)
            add(filter)
        }

        private mutating func add(_ filter: BSON) {
            for field in filter.fields ?? [] {
                switch field.name {
                case "$and":
                    for part in field.value.array ?? [] { add(part) }
                case "$or":
                    let known = branches
                    branches = (field.value.array ?? []).flatMap { part -> [(equal: Set<String>, range: Set<String>)] in
                        var one = self
                        one.branches = known
                        one.add(part)
                        return one.branches
                    }
                default:
                    let isRange = (field.value.fields ?? []).contains { $0.name.hasPrefix("$") && $0.name != "$in" }
                    for index in branches.indices {
                        if isRange {
                            branches[index].range.insert(field.name)
                        } else {
                            branches[index].equal.insert(field.name)
                        }
                    }
                }
            }
        }

        /// Whether each alternative is served by an index: one of which every field up to a unique key has to equal
        /// something; or one that begins with all fields that have to equal something, and goes on with the order
        /// that is asked for; or one that begins with a range.
        var isServed: Bool {
            var indexes = MongoClubStore.indexes.filter { $0.collection == collection }
            indexes.append(MongoIndex(collection, ["_id"], isUnique: true))
            return branches.allSatisfy { branch in
                indexes.contains { index in
                    if index.isUnique, Set(index.fields).isSubset(of: branch.equal) { return true }
                    let prefix = index.fields.prefix { branch.equal.contains($0) }
                    guard Set(prefix) == branch.equal else { return false }
                    let rest = Array(index.fields.dropFirst(prefix.count))
                    let sort = sort.filter { !branch.equal.contains($0) }
                    if !sort.isEmpty { return rest.starts(with: sort) }
                    return !prefix.isEmpty || rest.first.map(branch.range.contains) == true
                }
            }
        }
    }
}
