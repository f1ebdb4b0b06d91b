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
