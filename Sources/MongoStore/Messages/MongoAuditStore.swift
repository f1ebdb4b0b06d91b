import Domain
import Foundation

/// Who did what, in the collection `audit`: `{_id, at, body}`.
struct MongoAuditStore: AuditStore {
    static let collection = "audit"
    static let indexes = [MongoIndex(collection, ["at", "_id"])]

    let database: MongoDatabase

    func list(after cursor: PageCursor?, limit: Int) async throws(StoreError) -> Page<AuditEntry> {
        // One more is looked for, so the greatest number has to be left out; MongoDB counts with 32 bits.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        let found = try await database.run(MongoCall(Self.collection, "list")) { client in
            let query = MongoQuery(
                collection: Self.collection,
                filter: cursor.map(Self.behind) ?? .empty,
                sort: ["at": -1, "_id": -1],
                limit: limit + 1
            )
            return try client.find(query).map(AuditEntry.init)
        }
        let items = Array(found.prefix(limit))
        return Page(items: items, next: found.count > limit ? items.last?.cursor : nil)
    }

    private static func behind(_ cursor: PageCursor) -> BSON {
        let time = BSON.integer(Timestamp.milliseconds(cursor.time))
        return [
            "at": ["$lte": time],
            "$or": [["at": ["$lt": time]], ["at": time, "_id": ["$lt": .string(cursor.id)]]],
        ]
    }
}

extension MongoClient {
    /// Stores entries, passing over those that are there already.
    func append(_ entries: [AuditEntry]) throws {
        guard !entries.isEmpty else { return }
        _ = try insert(entries.map { try $0.document() }, into: MongoAuditStore.collection)
    }
}

extension AuditEntry {
    @Sendable
    init(_ document: BSON) throws {
        guard let body = document["body"] else {
            throw StoreError.corrupt(collection: MongoAuditStore.collection, detail: "an entry that cannot be read")
        }
        self = try body.decode(Self.self)
    }

    func document() throws -> BSON {
        ["_id": .string(id.rawValue), "at": .integer(Timestamp.milliseconds(at)), "body": try BSON(encoding: self)]
    }
}
