import Domain
import Foundation

/// What a look at a database shows. Looking makes and changes nothing; the club may run meanwhile.
public struct MongoInspection: Equatable, Sendable {
    /// Whose the database is, and from which version.
    public enum Form: Equatable, Sendable {
        /// Nothing is in it: the first start makes the club in it.
        case empty
        case current
        /// This version does not open it.
        case newer
        /// It holds documents of another program, or the predecessor's; the name of one such collection.
        case foreign(collection: String)
    }

    public var form: Form
    /// The server's version, as it tells it.
    public var server: String
    /// How many indexes the next start makes.
    public var missingIndexes: Int
    /// The club's group, where it has one.
    public var clubGroup: ChatPlace?

    /// Looks at a database.
    /// - Throws: `.unavailable` where the server does not answer or refuses the user; `.corrupt` where the connection
    ///   string cannot be used.
    public static func look(url: String, database: String) async throws(StoreError) -> MongoInspection {
        let connection = try MongoConnection(MongoAddress(url), database: database)
        let looked: Result<MongoInspection, StoreError>
        do {
            looked = .success(try await connection.run(MongoCall("database", "inspect"), inspect))
        } catch {
            looked = .failure(error)
        }
        await connection.close()
        return try looked.get()
    }

    private static func inspect(_ client: MongoClient) throws -> MongoInspection {
        _ = try client.read(["ping": 1])
        let names = try client.collectionNames()
        let form = try form(of: client, collections: names)
        return MongoInspection(
            form: form,
            server: try client.read(["buildInfo": 1])["version"]?.string ?? "unknown",
            missingIndexes: form == .current ? try missingIndexes(client, collections: names) : 0,
            clubGroup: form == .current ? try clubGroup(client) : nil
        )
    }

    private static func form(of client: MongoClient, collections: [String]) throws -> Form {
        if let marked = try marked(client) { return marked }
        for name in collections {
            let hasDocuments = try client.first(MongoQuery(collection: name, filter: .empty)) != nil
            // The club may have begun in it at this moment.
            if hasDocuments { return try marked(client) ?? .foreign(collection: name) }
        }
        return .empty
    }

    /// Nil where this program has not marked the database as its own.
    private static func marked(_ client: MongoClient) throws -> Form? {
        guard let mark = try client.first(MongoQuery(collection: MongoClubStore.mark, filter: ["_id": "fomo"])) else {
            return nil
        }
        guard let schema = mark["schema"]?.integer, schema <= MongoClubStore.schema else { return .newer }
        return .current
    }

    private static func clubGroup(_ client: MongoClient) throws -> ChatPlace? {
        let query = MongoQuery(
            collection: ClubSettings.collection,
            filter: ["_id": .string(ClubID.club.rawValue)],
            projection: MongoDocument<ClubSettings>.projection
        )
        return try client.first(query).map { try MongoDocument<ClubSettings>($0).entity.clubGroup } ?? nil
    }

    private static func missingIndexes(_ client: MongoClient, collections: [String]) throws -> Int {
        var missing = 0
        for (collection, indexes) in Dictionary(grouping: MongoClubStore.indexes, by: \.collection) {
            guard collections.contains(collection) else {
                missing += indexes.count
                continue
            }
            let reply = try client.read(["listIndexes": .string(collection), "cursor": ["batchSize": 1_000]])
            let there = Set((reply["cursor.firstBatch"]?.array ?? []).compactMap { $0["name"]?.string })
            missing += indexes.count { !there.contains($0.name) }
        }
        return missing
    }
}
