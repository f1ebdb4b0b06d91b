import Domain
import Foundation

extension ClubSettings: MongoEntity {
    static var indexes: [MongoIndex] { commonIndexes }
    var index: BSON { .empty }

    static func filters(_ key: Key) -> [BSON] { [["_id": .string(ClubID.club.rawValue)]] }
}

extension SignInLink: MongoEntity {
    static var indexes: [MongoIndex] {
        commonIndexes + [
            MongoIndex(collection, ["index.poll"], isUnique: true),
            MongoIndex(collection, ["body.confirmedBy", "index.ends_at", "_id"]),
            MongoIndex(collection, ["index.ends_at"]),
        ]
    }

    var index: BSON {
        ["poll": .string(poll.rawValue), "ends_at": .integer(Timestamp.milliseconds(expiresAt))]
    }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let digest): [["_id": .string(digest.rawValue)]]
        case .poll(let digest): [["index.poll": .string(digest.rawValue)]]
        }
    }
}

extension AuthSession: MongoEntity {
    static var indexes: [MongoIndex] {
        commonIndexes + [
            MongoIndex(collection, ["index.member_id", "index.ends_at"]),
            MongoIndex(collection, ["index.member_id", "index.created_at", "_id"]),
            MongoIndex(collection, ["index.ends_at"]),
        ]
    }

    var index: BSON {
        let end = min(endedAt ?? expiresAt, expiresAt)
        return [
            "member_id": .string(memberID.rawValue),
            "created_at": .integer(Timestamp.milliseconds(createdAt)),
            "ends_at": .integer(Timestamp.milliseconds(end)),
        ]
    }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        }
    }
}

extension MongoEntityStore: ClubSettingsStore where Entity == ClubSettings {}

extension MongoEntityStore: SignInLinkStore where Entity == SignInLink {}

extension MongoEntityStore: AuthSessionStore where Entity == AuthSession {
    func open(of member: MemberID, now: Date) async throws(StoreError) -> [AuthSession] {
        let query = MongoQuery(
            collection: AuthSession.collection,
            filter: [
                "index.member_id": .string(member.rawValue),
                "index.ends_at": ["$gt": .integer(Timestamp.milliseconds(now))],
            ]
        )
        let sessions = try await entities("open", query).filter { $0.isOpen(at: now) }
        return sessions.sorted { ($0.createdAt, $0.id.rawValue) > ($1.createdAt, $1.id.rawValue) }
    }
}
