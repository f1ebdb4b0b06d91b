import Domain
import Foundation
import GRDB

/// What came in, in the table `inbox`; the offsets in `inbox_offsets`.
struct SQLiteInboxStore: InboxStore {
    let database: SQLiteDatabase

    func receive(_ entries: [InboxEntry], nextOffset: Int64, bot: BotName) async throws(StoreError) -> Int {
        try await database.write(Operation("inbox", "receive")) { transaction in
            var count = 0
            for entry in entries where try Self.add(entry, in: transaction.database) { count += 1 }
            try transaction.database.run(
                """
                INSERT INTO inbox_offsets (bot, next_offset) VALUES (?, ?)
                ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset
                """,
                [bot.rawValue, nextOffset]
            )
            return count
        }
    }

    func offset(bot: BotName) async throws(StoreError) -> Int64? {
        try database.lookUp(Operation("inbox", "offset")) { database in
            try database.row("SELECT next_offset FROM inbox_offsets WHERE bot = ?", [bot.rawValue])?["next_offset"]
        }
    }

    func pending(bot: BotName, after sequence: Int64, limit: Int) async throws(StoreError) -> [InboxItem] {
        try await pending("bot = ?", [bot.rawValue], after: sequence, limit: limit)
    }

    func pending(
        bot: BotName,
        lane: String,
        after sequence: Int64,
        limit: Int
    ) async throws(StoreError) -> [InboxItem] {
        try await pending("bot = ? AND lane = ?", [bot.rawValue, lane], after: sequence, limit: limit)
    }

    func pendingCount(bot: BotName) async throws(StoreError) -> Int {
        try await database.read(Operation("inbox", "pendingCount")) { database in
            try database.number("SELECT count(*) FROM inbox WHERE state = 'pending' AND bot = ?", [bot.rawValue])
        }
    }

    func finish(bot: BotName, updateID: Int64, outbox: [OutboxDraft], now: Date) async throws(StoreError) {
        try await database.write(Operation("inbox", "finish")) { transaction in
            let changed = try transaction.database.run(
                """
                UPDATE inbox SET state = 'finished', handled_at = ?, payload = x'', error = NULL
                WHERE bot = ? AND update_id = ? AND is_past = 0 AND state <> 'finished'
                """,
                [Timestamp.milliseconds(now), bot.rawValue, updateID]
            )
            if changed == 0 { try Self.requireEntry(bot, updateID, in: transaction.database) }
            try transaction.append(outbox, now: now)
        }
    }

    func recordFailure(bot: BotName, updateID: Int64) async throws(StoreError) -> Int {
        try await database.write(Operation("inbox", "recordFailure")) { transaction in
            let row = try transaction.database.row(
                """
                UPDATE inbox SET failures = failures + 1 WHERE bot = ? AND update_id = ? AND is_past = 0
                RETURNING failures
                """,
                [bot.rawValue, updateID]
            )
            guard let row else { throw StoreError.missing(collection: "inbox") }
            return row["failures"]
        }
    }

    func setAside(
        bot: BotName,
        updateID: Int64,
        error: String,
        outbox: [OutboxDraft],
        now: Date
    ) async throws(StoreError) {
        try await database.write(Operation("inbox", "setAside")) { transaction in
            let changed = try transaction.database.run(
                """
                UPDATE inbox SET state = 'set_aside', handled_at = ?, error = ?
                WHERE bot = ? AND update_id = ? AND is_past = 0 AND state = 'pending'
                """,
                [Timestamp.milliseconds(now), error, bot.rawValue, updateID]
            )
            if changed == 0 { try Self.requireEntry(bot, updateID, in: transaction.database) }
            try transaction.append(outbox, now: now)
        }
    }

    func setAside(bot: BotName, limit: Int) async throws(StoreError) -> [SetAsideUpdate] {
        try await database.read(Operation("inbox", "setAside")) { database in
            let rows = try database.rows(
                """
                SELECT * FROM inbox WHERE state = 'set_aside' AND bot = ?
                ORDER BY handled_at DESC, sequence DESC LIMIT ?
                """,
                [bot.rawValue, max(0, limit)]
            )
            return rows.map { SetAsideUpdate(entry: InboxEntry($0), error: $0["error"] ?? "") }
        }
    }

    private func pending(
        _ condition: String,
        _ arguments: StatementArguments,
        after sequence: Int64,
        limit: Int
    ) async throws(StoreError) -> [InboxItem] {
        try await database.read(Operation("inbox", "pending")) { database in
            let rows = try database.rows(
                """
                SELECT * FROM inbox WHERE state = 'pending' AND \(condition) AND sequence > ?
                ORDER BY sequence LIMIT ?
                """,
                arguments + [sequence, max(0, limit)]
            )
            return rows.map { InboxItem(sequence: $0["sequence"], entry: InboxEntry($0)) }
        }
    }

    /// - Returns: Whether it was new.
    private static func add(_ entry: InboxEntry, in database: Database) throws -> Bool {
        if try insert(entry, in: database) { return true }
        let freed = try database.run(
            """
            UPDATE inbox SET is_past = 1
            WHERE bot = ? AND update_id = ? AND is_past = 0 AND state <> 'pending' AND handled_at < ?
            """,
            [
                entry.bot.rawValue, entry.updateID,
                Timestamp.milliseconds(entry.receivedAt.addingTimeInterval(-Cause.remembered.seconds)),
            ]
        )
        return try freed > 0 && insert(entry, in: database)
    }

    /// - Returns: Whether the number was free.
    static func insert(_ entry: InboxEntry, in database: Database) throws -> Bool {
        let inserted = try database.run(
            """
            INSERT INTO inbox (bot, update_id, lane, payload, received_at, failures, state)
            VALUES (?, ?, ?, ?, ?, ?, 'pending') ON CONFLICT DO NOTHING
            """,
            [
                entry.bot.rawValue, entry.updateID, entry.lane, entry.payload,
                Timestamp.milliseconds(entry.receivedAt), entry.failures,
            ]
        )
        return inserted > 0
    }

    private static func requireEntry(_ bot: BotName, _ updateID: Int64, in database: Database) throws {
        let sql = "SELECT 1 FROM inbox WHERE bot = ? AND update_id = ? AND is_past = 0"
        guard try database.row(sql, [bot.rawValue, updateID]) != nil else {
            throw StoreError.missing(collection: "inbox")
        }
    }
}

extension InboxEntry {
    /// The entry of a whole row of `inbox`.
    init(_ row: Row) {
        self.init(
            bot: BotName(rawValue: row["bot"]),
            updateID: row["update_id"],
            lane: row["lane"],
            payload: row["payload"],
            receivedAt: Timestamp.date(milliseconds: row["received_at"]),
            failures: row["failures"]
        )
    }
}
