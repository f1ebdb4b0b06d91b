import Domain
import Foundation

extension Broadcast: MongoEntity {
    static var indexes: [MongoIndex] {
        commonIndexes + [
            MongoIndex(collection, ["index.listed_at", "_id"]),
            MongoIndex(collection, ["index.open_since", "_id"], onlyWhere: "index.open_since"),
            MongoIndex(collection, ["index.drafted_at"], onlyWhere: "index.drafted_at"),
        ]
    }

    var index: BSON {
        .present([
            "listed_at": listedAt.map { .integer(Timestamp.milliseconds($0)) },
            "open_since": isOpenSince.map { .integer(Timestamp.milliseconds($0)) },
            "drafted_at": draftedAt.map { .integer(Timestamp.milliseconds($0)) },
        ])
    }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension MongoEntityStore: BroadcastStore where Entity == Broadcast {
    func list(after cursor: PageCursor?, limit: Int) async throws(StoreError) -> Page<Broadcast> {
        // One more is looked for, so the greatest number has to be left out; MongoDB counts with 32 bits.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        let query = MongoQuery(
            collection: Broadcast.collection,
            filter: cursor.map(Self.behind) ?? ["index.listed_at": ["$gt": .integer(Int64.min)]],
            sort: ["index.listed_at": -1, "_id": -1],
            limit: limit + 1
        )
        let found = try await entities("list", query)
        let items = Array(found.prefix(limit))
        return Page(items: items, next: found.count > limit ? items.last?.cursor : nil)
    }

    func open(limit: Int) async throws(StoreError) -> [Broadcast] {
        // MongoDB takes 0 for all.
        guard limit > 0 else { return [] }
        let query = MongoQuery(
            collection: Broadcast.collection,
            filter: ["index.open_since": ["$exists": true]],
            sort: ["index.open_since": 1, "_id": 1],
            limit: limit
        )
        return try await entities("open", query)
    }

    private static func behind(_ cursor: PageCursor) -> BSON {
        let time = BSON.integer(Timestamp.milliseconds(cursor.time))
        return [
            "index.listed_at": ["$lte": time],
            "$or": [
                ["index.listed_at": ["$lt": time]], ["index.listed_at": time, "_id": ["$lt": .string(cursor.id)]],
            ],
        ]
    }
}
