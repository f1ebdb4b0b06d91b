import Domain
import Foundation

extension Member: MongoEntity {
    static var indexes: [MongoIndex] {
        commonIndexes + [
            MongoIndex(collection, ["index.telegram_id"], isUnique: true, onlyWhere: "index.telegram_id"),
            MongoIndex(collection, ["index.membership", "index.role", "index.created_at", "_id"]),
            MongoIndex(collection, ["index.waits_since", "_id"], onlyWhere: "index.waits_since"),
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

    func count(_ membership: Membership) async throws(StoreError) -> Int {
        try await database.run(MongoCall(Member.collection, "count")) { client in
            try client.count(["index.membership": .string(membership.rawValue)], in: Member.collection)
        }
    }
}
