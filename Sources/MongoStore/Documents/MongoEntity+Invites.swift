import Domain
import Foundation

extension Invite: MongoEntity {
    static var indexes: [MongoIndex] {
        commonIndexes + [
            MongoIndex(collection, ["index.secret"], isUnique: true),
            MongoIndex(collection, ["index.ends_at"]),
        ]
    }

    var index: BSON {
        ["secret": .string(secret.rawValue), "ends_at": .integer(Timestamp.milliseconds(endsAt))]
    }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        case .secret(let digest): [["index.secret": .string(digest.rawValue)]]
        }
    }
}

extension MongoEntityStore: InviteStore where Entity == Invite {
    func running(now: Date, limit: Int) async throws(StoreError) -> [Invite] {
        let query = MongoQuery(
            collection: Invite.collection,
            filter: ["index.ends_at": ["$gt": .integer(Timestamp.milliseconds(now))]]
        )
        // Few run at a time, and by their end: sorted here.
        let running = try await entities("running", query)
        let newest = running.sorted { ($0.createdAt, $0.id.rawValue) > ($1.createdAt, $1.id.rawValue) }
        return Array(newest.prefix(max(0, limit)))
    }
}
