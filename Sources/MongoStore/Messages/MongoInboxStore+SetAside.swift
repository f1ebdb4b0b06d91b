import Domain
import Foundation

extension MongoInboxStore {
    func retry(bot: BotName, updateID: Int64, audit: [AuditEntry]) async throws(StoreError) -> Bool {
        try await release("retry", bot, updateID, audit) { client, filter in
            // With a new number, so that those who handle updates in order come to it.
            let sequence = try client.numbers(1, for: Self.collection)
            return MongoUpdate(
                filter: filter,
                change: [
                    "$set": ["state": "pending", "failures": 0, "sequence": .integer(sequence)],
                    "$unset": ["error": "", "handled_at": ""],
                ]
            )
        }
    }

    func discard(
        bot: BotName,
        updateID: Int64,
        audit: [AuditEntry],
        now: Date
    ) async throws(StoreError) -> Bool {
        try await release("discard", bot, updateID, audit) { _, filter in
            MongoUpdate(
                filter: filter,
                change: [
                    "$set": [
                        "state": "finished", "handled_at": .integer(Timestamp.milliseconds(now)),
                        "payload": .binary(Data()),
                    ],
                    "$unset": ["error": ""],
                ]
            )
        }
    }

    /// Writes down who does it, then changes an update that is set aside.
    private func release(
        _ name: String,
        _ bot: BotName,
        _ updateID: Int64,
        _ audit: [AuditEntry],
        _ update: @escaping @Sendable (MongoClient, BSON) throws -> MongoUpdate
    ) async throws(StoreError) -> Bool {
        try await database.run(MongoCall(Self.collection, name)) { client in
            let filter: BSON = ["_id": Self.id(bot, updateID), "state": "set_aside"]
            let query = MongoQuery(collection: Self.collection, filter: filter, projection: ["state": 1])
            guard try client.first(query) != nil else { return false }
            try client.append(audit)
            _ = try client.update([try update(client, filter)], in: Self.collection)
            return true
        }
    }
}
