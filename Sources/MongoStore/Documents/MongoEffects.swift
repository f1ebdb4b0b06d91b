import Domain
import Foundation

/// Hands on what changes asked for.
struct MongoEffects {
    /// How many documents of a collection one round of healing takes on.
    private static let roundSize = 200

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

    /// Hands on what is left of changes whose writers did not get that far.
    func heal<Entity: MongoEntity>(_ type: Entity.Type) throws {
        let query = MongoQuery(
            collection: Entity.collection,
            filter: ["effects_since": ["$exists": true]],
            sort: ["effects_since": 1],
            limit: Self.roundSize,
            projection: MongoDocument<Entity>.projection
        )
        for document in try client.find(query) {
            try handOn(MongoDocument<Entity>(document))
        }
    }

    /// As `heal`, of every collection.
    func healAll() throws {
        try heal(Member.self)
        try heal(Podcast.self)
        try heal(ClubSettings.self)
        try heal(SignInLink.self)
        try heal(Invite.self)
        try heal(AuthSession.self)
    }
}
