import Domain
import Foundation

extension ListeningDay: MongoEntity {
    static var indexes: [MongoIndex] {
        commonIndexes + [MongoIndex(collection, ["index.member", "index.day"])]
    }

    var index: BSON { ["member": .string(member.rawValue), "day": .string(day.rawValue)] }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension Listen: MongoEntity {
    static var indexes: [MongoIndex] {
        commonIndexes + [
            MongoIndex(collection, ["index.member", "index.last_at", "_id"]),
            MongoIndex(collection, ["index.podcast", "_id"]),
            MongoIndex(collection, ["index.counting"], onlyWhere: "index.counting"),
        ]
    }

    var index: BSON {
        .present([
            "member": .string(member.rawValue),
            "podcast": .string(podcast.rawValue),
            "last_at": .integer(Timestamp.milliseconds(lastListenedAt)),
            "counting": isBeingCounted ? true : nil,
        ])
    }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension EpisodeFigures: MongoEntity {
    static var indexes: [MongoIndex] { commonIndexes }

    var index: BSON { .empty }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension MongoEntityStore: ListeningDayStore where Entity == ListeningDay {
    func days(after id: ListeningDayID?, limit: Int) async throws(StoreError) -> [ListeningDay] {
        try await documents(
            "daysAfter",
            id.map { ["_id": ["$gt": .string($0.rawValue)]] } ?? .empty,
            sort: ["_id": 1],
            limit
        )
    }

    func days(of member: MemberID, limit: Int) async throws(StoreError) -> [ListeningDay] {
        try await documents("days", ["index.member": .string(member.rawValue)], sort: ["index.day": -1], limit)
    }

    func forget(_ member: MemberID) async throws(StoreError) { try await remove(member) }
}

extension MongoEntityStore: ListenStore where Entity == Listen {
    func listens(of member: MemberID, limit: Int) async throws(StoreError) -> [Listen] {
        try await documents(
            "listens",
            ["index.member": .string(member.rawValue)],
            sort: ["index.last_at": -1, "_id": -1],
            limit
        )
    }

    func listens(of podcast: PodcastID, after id: ListenID?, limit: Int) async throws(StoreError) -> [Listen] {
        let filter: BSON = ["index.podcast": .string(podcast.rawValue)]
        let place: BSON = id.map { ["_id": ["$gt": .string($0.rawValue)]] } ?? .empty
        return try await documents("listensOf", filter.with(place), sort: ["_id": 1], limit)
    }

    func beingCounted(limit: Int) async throws(StoreError) -> [Listen] {
        try await documents("beingCounted", ["index.counting": true], sort: .empty, limit)
    }

    func forget(_ member: MemberID) async throws(StoreError) { try await remove(member) }
}

extension MongoEntityStore: EpisodeFiguresStore where Entity == EpisodeFigures {}

extension MongoEntityStore {
    fileprivate func documents(
        _ name: String,
        _ filter: BSON,
        sort: BSON,
        _ limit: Int
    ) async throws(StoreError) -> [Entity] {
        // MongoDB takes 0 for all.
        guard limit > 0 else { return [] }
        return try await entities(
            name,
            MongoQuery(
                collection: Entity.collection,
                filter: filter,
                sort: sort,
                limit: min(limit, Int(Int32.max))
            )
        )
    }

    /// Deletes all documents of a member. Causes of theirs that stand elsewhere are forgotten with their time.
    fileprivate func remove(_ member: MemberID) async throws(StoreError) {
        try await database.run(MongoCall(Entity.collection, "forget")) { client in
            try client.delete(["index.member": .string(member.rawValue)], from: Entity.collection)
        }
    }
}
