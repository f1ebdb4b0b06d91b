import Domain
import Foundation

extension LiveSession: MongoEntity {
    static var indexes: [MongoIndex] {
        commonIndexes + [
            MongoIndex(collection, ["index.origin"], isUnique: true),
            MongoIndex(collection, ["index.live_host"], isUnique: true, onlyWhere: "index.live_host"),
            MongoIndex(collection, ["index.listing", "index.listed_at", "_id"]),
            MongoIndex(collection, ["index.status", "index.listed_at", "_id"]),
            MongoIndex(collection, ["index.due_at", "_id"], onlyWhere: "index.due_at"),
        ]
    }

    var index: BSON {
        .present([
            "origin": .string(origin),
            "live_host": (liveHost?.rawValue).map(BSON.string),
            "listing": .string(listing.rawValue),
            "status": .string(status.rawValue),
            "listed_at": .integer(Timestamp.milliseconds(listedAt)),
            "due_at": dueAt.map { .integer(Timestamp.milliseconds($0)) },
        ])
    }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        case .origin(let origin): [["index.origin": .string(origin)]]
        case .liveHost(let host): [["index.live_host": .string(host.rawValue)]]
        }
    }
}

extension MongoEntityStore: LiveSessionStore where Entity == LiveSession {
    func list(
        _ listing: LiveSessionListing,
        from start: PageStart,
        limit: Int
    ) async throws(StoreError) -> Page<LiveSession> {
        // One more is looked for, so the greatest number has to be left out; MongoDB counts with 32 bits.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        let direction: BSON = listing.isAscending ? 1 : -1
        var search = MongoQuery(
            collection: LiveSession.collection,
            filter: listing.filter,
            sort: ["index.listed_at": direction, "_id": direction],
            limit: limit + 1
        )
        switch start {
        case .first: break
        case .after(let cursor):
            search.filter = listing.filter.with(
                cursor.filter(behind: "index.listed_at", isAscending: listing.isAscending)
            )
        case .offset(let count): search.skip = min(max(0, count), Int(Int32.max))
        }
        let found = try await entities("list", search)
        let items = Array(found.prefix(limit))
        let last = found.count > limit ? items.last : nil
        return Page(items: items, next: last.map { PageCursor(time: $0.listedAt, id: $0.id.rawValue) })
    }

    func count(_ listing: LiveSessionListing) async throws(StoreError) -> Int {
        try await database.run(MongoCall(LiveSession.collection, "count")) { client in
            try client.count(listing.filter, in: LiveSession.collection)
        }
    }

    func due(limit: Int) async throws(StoreError) -> [LiveSession] {
        guard limit > 0 else { return [] }
        return try await entities(
            "due",
            MongoQuery(
                collection: LiveSession.collection,
                filter: ["index.due_at": ["$exists": true]],
                sort: ["index.due_at": 1, "_id": 1],
                limit: min(limit, Int(Int32.max))
            )
        )
    }
}

extension LiveSessionListing {
    /// What has to hold of a document.
    fileprivate var filter: BSON {
        switch self {
        case .live: ["index.status": .string(LiveSession.Status.live.rawValue)]
        case .upcoming, .past, .cancelled: ["index.listing": .string(rawValue)]
        }
    }
}

extension PageCursor {
    /// Only what comes behind it in a list that is ordered by a field that holds a moment, then by id.
    func filter(behind field: String, isAscending: Bool) -> BSON {
        let time = BSON.integer(Timestamp.milliseconds(self.time))
        let (beyond, from) = isAscending ? ("$gt", "$gte") : ("$lt", "$lte")
        func holds(_ name: String, _ value: BSON) -> BSON.Field { BSON.Field(name: name, value: value) }
        return .document([
            holds(field, .document([holds(from, time)])),
            holds(
                "$or",
                .array([
                    .document([holds(field, .document([holds(beyond, time)]))]),
                    .document([holds(field, time), holds("_id", .document([holds(beyond, .string(id))]))]),
                ])
            ),
        ])
    }
}
