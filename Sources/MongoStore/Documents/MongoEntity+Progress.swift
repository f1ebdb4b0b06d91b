import Domain
import Foundation

extension XPCorrection: MongoEntity {
    static var indexes: [MongoIndex] {
        commonIndexes + [MongoIndex(collection, ["index.member", "index.at", "_id"])]
    }

    var index: BSON {
        ["member": .string(member.rawValue), "at": .integer(Timestamp.milliseconds(at))]
    }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension BadgeAward: MongoEntity {
    static var indexes: [MongoIndex] {
        commonIndexes + [MongoIndex(collection, ["index.member", "index.badge"])]
    }

    var index: BSON {
        ["member": .string(member.rawValue), "badge": .string(badge.rawValue)]
    }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension ToldProgress: MongoEntity {
    static var indexes: [MongoIndex] { commonIndexes }
    var index: BSON { .empty }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension MongoEntityStore: XPCorrectionStore where Entity == XPCorrection {
    func corrections(after id: XPCorrectionID?, limit: Int) async throws(StoreError) -> [XPCorrection] {
        // MongoDB takes 0 for all.
        guard limit > 0 else { return [] }
        let query = MongoQuery(
            collection: XPCorrection.collection,
            filter: ["_id": ["$gt": .string(id?.rawValue ?? "")]],
            sort: ["_id": 1],
            limit: min(limit, Int(Int32.max))
        )
        return try await entities("corrections", query)
    }

    func corrections(of member: MemberID, limit: Int) async throws(StoreError) -> [XPCorrection] {
        guard limit > 0 else { return [] }
        let query = MongoQuery(
            collection: XPCorrection.collection,
            filter: ["index.member": .string(member.rawValue)],
            sort: ["index.at": -1, "_id": -1],
            limit: min(limit, Int(Int32.max))
        )
        return try await entities("corrections", query)
    }
}

extension MongoEntityStore: BadgeStore where Entity == BadgeAward {
    func awards(of member: MemberID) async throws(StoreError) -> [BadgeAward] {
        let query = MongoQuery(
            collection: BadgeAward.collection,
            filter: ["index.member": .string(member.rawValue)],
            sort: ["index.badge": 1]
        )
        return try await entities("awards", query)
    }

    func awards(of members: [MemberID]) async throws(StoreError) -> [MemberID: [BadgeAward]] {
        guard !members.isEmpty else { return [:] }
        let query = MongoQuery(
            collection: BadgeAward.collection,
            filter: ["index.member": ["$in": .strings(Set(members).map(\.rawValue))]]
        )
        let held = try await entities("awards", query).filter { $0.revokedAt == nil }
        return Dictionary(grouping: held, by: \.member).mapValues { awards in
            awards.sorted { $0.badge.rawValue < $1.badge.rawValue }
        }
    }
}

extension MongoEntityStore: ToldProgressStore where Entity == ToldProgress {}
