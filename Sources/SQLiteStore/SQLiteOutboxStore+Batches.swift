import Domain
import Foundation
import GRDB

extension SQLiteOutboxStore {
    /// So many rows are withdrawn in one transaction, so that other writes come in between.
    private static let portion = 500

    func counts(batch: OutboxBatch) async throws(StoreError) -> OutboxCounts {
        try await database.read(Operation("outbox", "countsOfBatch")) { database in
            let rows = try database.rows(
                "SELECT state, count(*) AS rows FROM outbox WHERE batch = ? GROUP BY state",
                [batch.rawValue]
            )
            var counts = OutboxCounts()
            for row in rows { counts.set(row["rows"], of: row["state"]) }
            return counts
        }
    }

    func settled(after place: OutboxPlace, before end: Date, limit: Int) async throws(StoreError) -> [OutboxRecord] {
        try await database.read(Operation("outbox", "settled")) { database in
            let rows = try database.rows(
                """
                SELECT * FROM outbox WHERE settled_at IS NOT NULL AND (settled_at, sequence) > (?, ?) AND settled_at < ?
                ORDER BY settled_at, sequence LIMIT ?
                """,
                [
                    Timestamp.milliseconds(place.settledAt), place.sequence, Timestamp.milliseconds(end),
                    max(0, limit),
                ]
            )
            return try rows.map(OutboxRecord.init)
        }
    }

    func withdraw(batch: OutboxBatch) async throws(StoreError) {
        var withdrawn = Self.portion
        while withdrawn == Self.portion {
            withdrawn = try await database.write(Operation("outbox", "withdraw")) { transaction in
                let rows = try transaction.database.rows(
                    """
                    DELETE FROM outbox WHERE sequence IN (
                        SELECT sequence FROM outbox WHERE batch = ? AND state = 'queued' LIMIT ?
                    ) RETURNING bot, chat
                    """,
                    [batch.rawValue, Self.portion]
                )
                let conversations = Set(
                    rows.map { Conversation(bot: BotName(rawValue: $0["bot"]), chat: ChatID(rawValue: $0["chat"])) }
                )
                for conversation in conversations { try conversation.refresh(in: transaction.database) }
                return rows.count
            }
        }
    }
}
