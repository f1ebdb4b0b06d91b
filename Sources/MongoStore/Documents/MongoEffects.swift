import Domain
import Foundation

/// Hands on what changes asked for.
struct MongoEffects {
    /// How many documents of a collection are taken on at once, and how often at most.
    private static let roundSize = 200
    private static let rounds = 50

    let database: MongoDatabase
    let client: MongoClient

    /// Stores a document's effects in the outbox and the audit, then takes them out of it. Whoever has changed it meanwhile has them
    /// too, and does the same.
    func handOn<Entity: MongoEntity>(_ document: MongoDocument<Entity>) throws {
        let since = document.effectsSince.map(Timestamp.date) ?? database.clock.now
        try client.append(document.audit)
        try database.append(document.effects, now: since, with: client)
        let cleared = MongoUpdate(
            filter: ["_id": .string(document.entity.id.rawValue), "version": .integer(document.version)],
            change: ["$unset": ["effects": "", "audit": "", "effects_since": ""]]
        )
        _ = try client.update([cleared], in: Entity.collection)
    }

    /// Hands on what is left of changes whose writers did not get that far. A document that cannot be read keeps back
    /// no other's messages.
    /// - Returns: What is wrong with such a document.
    private func heal<Entity: MongoEntity>(_ type: Entity.Type) throws -> (any Error)? {
        let query = MongoQuery(
            collection: Entity.collection,
            filter: ["effects_since": ["$exists": true]],
            sort: ["effects_since": 1],
            limit: Self.roundSize,
            projection: MongoDocument<Entity>.projection
        )
        var damage: (any Error)?
        for _ in 0..<Self.rounds {
            let found = try client.find(query)
            var isHealing = false
            for document in found {
                do {
                    try handOn(MongoDocument<Entity>(document))
                    isHealing = true
                } catch MongoFailure.unreachable(let code) {
                    throw MongoFailure.unreachable(code: code)
                } catch {
                    damage = damage ?? error
                }
            }
            guard found.count == Self.roundSize, isHealing else { break }
        }
        return damage
    }

    /// Hands on what is left of changes in every collection.
    /// - Returns: What is wrong with documents that cannot be read, one of each collection.
    @discardableResult
    func healAll() throws -> [any Error] {
        try MongoLedger(client: client, now: database.clock.now).finish()
        let rooms = try MongoRoomMessages(client: client).handOnAll().map { [$0] } ?? []
        return try [
            heal(Member.self), heal(Podcast.self), heal(ClubSettings.self), heal(SignInLink.self),
            heal(Invite.self), heal(Broadcast.self), heal(AuthSession.self), heal(LiveSession.self), heal(RSVP.self),
            heal(XPCorrection.self), heal(BadgeAward.self), heal(ToldProgress.self),
            heal(ShowFigures.self), heal(DeliveryDay.self), heal(Thanks.self),
        ].compactMap(\.self) + rooms
    }
}
