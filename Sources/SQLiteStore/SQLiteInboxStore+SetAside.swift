import Domain
import Foundation
import GRDB

extension SQLiteInboxStore {
    func retry(bot: BotName, updateID: Int64, audit: [AuditEntry]) async throws(StoreError) -> Bool {
        try await database.write(Operation("inbox", "retry")) { transaction in
            let database = transaction.database
            let row = try database.row(
                """
                DELETE FROM inbox WHERE bot = ? AND update_id = ? AND is_past = 0 AND state = 'set_aside'
                RETURNING *
                """,
                [bot.rawValue, updateID]
            )
            guard let row else { return false }
            // With a new number, so that those who handle updates in order come to it.
            var entry = InboxEntry(row)
            entry.failures = 0
            guard try Self.insert(entry, in: database) else { throw StoreError.conflict(collection: "inbox") }
            try transaction.append(audit)
            return true
        }
    }

    func discard(
        bot: BotName,
        updateID: Int64,
        audit: [AuditEntry],
        now: Date
    ) async throws(StoreError) -> Bool {
        try await database.write(Operation("inbox", "discard")) { transaction in
            let changed = try transaction.database.run(
                """
                UPDATE inbox SET state = 'finished', handled_at = ?, payload = x'', error = NULL
                WHERE bot = ? AND update_id = ? AND is_past = 0 AND state = 'set_aside'
                """,
                [Timestamp.milliseconds(now), bot.rawValue, updateID]
            )
            guard changed > 0 else { return false }
            try transaction.append(audit)
            return true
        }
    }
}
