import Domain
import Foundation

extension Member: MongoEntity {
    static var indexes: [MongoIndex] {
        commonIndexes + [
            MongoIndex(collection, ["index.telegram_id"], isUnique: true, onlyWhere: "index.telegram_id"),
            MongoIndex(collection, ["index.membership", "index.role", "index.created_at", "_id"]),
            MongoIndex(collection, ["index.membership", "index.created_at", "_id"]),
            MongoIndex(collection, ["index.created_at", "_id"]),
            MongoIndex(collection, ["index.waits_since", "_id"], onlyWhere: "index.waits_since"),
            MongoIndex(collection, ["index.check_urgency", "index.checks_at", "_id"]),
        ]
    }

    var index: BSON {
        let waitsSince = membership == .pending ? Timestamp.milliseconds(requestedAt ?? createdAt) : nil
        return .present([
            "telegram_id": telegramID.map { .integer($0.rawValue) },
            "membership": .string(membership.rawValue),
            "role": .string(role.rawValue),
            "created_at": .integer(Timestamp.milliseconds(createdAt)),
            "waits_since": waitsSince.map(BSON.integer),
            "check_urgency": (check?.urgency.rawValue).map(BSON.string),
            "checks_at": check.map { .integer(Timestamp.milliseconds($0.dueAt)) },
        ])
    }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        case .telegram(let id): [["index.telegram_id": .integer(id.rawValue)]]
        }
    }
}

extension MongoEntityStore: MemberStore where Entity == Member {
    func active(atLeast role: Role) async throws(StoreError) -> [Member] {
        try await entities(
            "active",
            MongoQuery(
                collection: Member.collection,
                filter: [
                    "index.membership": .string(Membership.active.rawValue),
                    "index.role": ["$in": .strings(Role.allCases.filter { $0 >= role }.map(\.rawValue))],
                ],
                sort: ["index.created_at": 1, "_id": 1]
            )
        )
    }

    func pending(limit: Int) async throws(StoreError) -> [Member] {
        guard limit > 0 else { return [] }
        return try await entities(
            "pending",
            MongoQuery(
                collection: Member.collection,
                filter: ["index.waits_since": ["$exists": true]],
                sort: ["index.waits_since": 1, "_id": 1],
                limit: limit
            )
        )
    }

    func toCheck(_ urgency: MembershipCheck.Urgency, now: Date, limit: Int) async throws(StoreError) -> [Member] {
        guard limit > 0 else { return [] }
        return try await entities(
            "toCheck",
            MongoQuery(
                collection: Member.collection,
                filter: [
                    "index.check_urgency": .string(urgency.rawValue),
                    "index.checks_at": ["$lte": .integer(Timestamp.milliseconds(now))],
                ],
                sort: ["index.checks_at": 1, "_id": 1],
                limit: limit
            )
        )
    }

    func list(
        _ membership: Membership?,
        from start: PageStart,
        limit: Int
    ) async throws(StoreError) -> Page<Member> {
        // One more is looked for, so the greatest number has to be left out; MongoDB counts with 32 bits.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        let standing: BSON = membership.map { ["index.membership": .string($0.rawValue)] } ?? .empty
        var search = MongoQuery(
            collection: Member.collection,
            filter: standing,
            sort: ["index.created_at": -1, "_id": -1],
            limit: limit + 1
        )
        switch start {
        case .first: break
        case .after(let cursor): search.filter = standing.with(Self.behind(cursor))
        case .offset(let count): search.skip = min(max(0, count), Int(Int32.max))
        }
        let found = try await entities("list", search)
        let items = Array(found.prefix(limit))
        let last = found.count > limit ? items.last : nil
        return Page(items: items, next: last.map { PageCursor(time: $0.createdAt, id: $0.id.rawValue) })
    }

    private static func behind(_ cursor: PageCursor) -> BSON {
        let time = BSON.integer(Timestamp.milliseconds(cursor.time))
        return [
            "index.created_at": ["$lte": time],
            "$or": [
                ["index.created_at": ["$lt": time]], ["index.created_at": time, "_id": ["$lt": .string(cursor.id)]],
            ],
        ]
    }

    func oldest() async throws(StoreError) -> Member? {
        let search = MongoQuery(
            collection: Member.collection,
            filter: .empty,
            sort: ["index.created_at": 1, "_id": 1],
            limit: 1
        )
        return try await entities("oldest", search).first
    }

    func count(_ membership: Membership) async throws(StoreError) -> Int {
        try await database.run(MongoCall(Member.collection, "count")) { client in
            try client.count(["index.membership": .string(membership.rawValue)], in: Member.collection)
        }
    }
}
