import Domain
import Foundation

extension MongoOutboxStore {
    /// So many messages are withdrawn at once, so that other calls come in between.
    private static let portion = 200

    func counts(batch: OutboxBatch) async throws(StoreError) -> OutboxCounts {
        try await database.run(MongoCall(MongoOutbox.collection, "countsOfBatch")) { client in
            var counts = OutboxCounts()
            for state in OutboxRecord.State.allCases {
                let filter: BSON = ["batch": .string(batch.rawValue), "state": .string(state.rawValue)]
                counts.set(try client.count(filter, in: MongoOutbox.collection), of: state.rawValue)
            }
            return counts
        }
    }

    func settled(after place: OutboxPlace, before end: Date, limit: Int) async throws(StoreError) -> [OutboxRecord] {
        // MongoDB takes 0 for all.
        guard limit > 0 else { return [] }
        let start = BSON.integer(Timestamp.milliseconds(place.settledAt))
        let query = MongoQuery(
            collection: MongoOutbox.collection,
            filter: [
                "settled_at": ["$gte": start, "$lt": .integer(Timestamp.milliseconds(end))],
                "$or": [
                    ["settled_at": ["$gt": start]],
                    ["settled_at": start, "sequence": ["$gt": .integer(place.sequence)]],
                ],
            ],
            sort: ["settled_at": 1, "sequence": 1],
            limit: limit
        )
        return try await database.run(MongoCall(MongoOutbox.collection, "settled")) { client in
            try client.find(query).map(OutboxRecord.init)
        }
    }

    func withdraw(batch: OutboxBatch) async throws(StoreError) {
        let filter: BSON = ["batch": .string(batch.rawValue), "state": "queued"]
        var found = Self.portion
        while found == Self.portion {
            found = try await database.run(MongoCall(MongoOutbox.collection, "withdraw")) { client in
                let query = MongoQuery(
                    collection: MongoOutbox.collection,
                    filter: filter,
                    limit: Self.portion,
                    projection: ["_id": 1, "bot": 1, "chat": 1]
                )
                let rows = try client.find(query)
                let emptied = rows.map { row in
                    // Not those whose turn came meanwhile.
                    MongoUpdate(filter: ["_id": row["_id"] ?? .null, "state": "queued"], change: ["forgotten": true])
                }
                _ = try client.update(emptied, in: MongoOutbox.collection)
                let conversations = rows.compactMap { row -> MongoConversation? in
                    guard let bot = row["bot"]?.string, let chat = row["chat"]?.integer else { return nil }
                    return MongoConversation(bot: BotName(rawValue: bot), chat: ChatID(rawValue: chat))
                }
                try MongoConversation.refresh(Set(conversations), client)
                return rows.count
            }
        }
    }
}
