import Domain
import Foundation
import GRDB

/// What has to be sent, in the table `outbox`; what is first in each conversation, in `conversations`.
struct SQLiteOutboxStore: OutboxStore {
    let database: SQLiteDatabase

    func append(_ drafts: [OutboxDraft], now: Date) async throws(StoreError) {
        try await write("append") { try $0.append(drafts, now: now) }
    }

    func claim(
        bot: BotName,
        lanes: Set<OutboxLane>,
        excluding excluded: Set<ChatID>,
        limit: Int,
        now: Date
    ) async throws(StoreError) -> [OutboxRow] {
        let claim = OutboxClaim(
            bot: bot,
            lanes: lanes,
            excluded: excluded,
            limit: limit,
            now: Timestamp.milliseconds(now)
        )
        return try await write("claim") { try claim.rows(in: $0.database) }
    }

    func settle(_ outcomes: [(sequence: Int64, outcome: OutboxOutcome)], now: Date) async throws(StoreError) {
        try await write("settle") { transaction in
            var conversations: Set<Conversation> = []
            for (sequence, outcome) in outcomes {
                let row = try Self.settle(sequence, outcome, now: now, in: transaction.database)
                guard let row else { continue }
                conversations.insert(
                    Conversation(bot: BotName(rawValue: row["bot"]), chat: ChatID(rawValue: row["chat"]))
                )
            }
            for conversation in conversations { try conversation.refresh(in: transaction.database) }
        }
    }

    func hold(bot: BotName, chat: ChatID, until: Date) async throws(StoreError) {
        try await write("hold") { transaction in
            _ = try transaction.database.run(
                """
                INSERT INTO conversations (bot, chat, held_until) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET held_until = max(held_until, excluded.held_until)
                """,
                [bot.rawValue, chat.rawValue, Timestamp.milliseconds(until)]
            )
        }
    }

    func recover(bot: BotName, now: Date) async throws(StoreError) -> Int {
        try await write("recover") { transaction in
            let database = transaction.database
            let chats = try database.rows(
                "SELECT DISTINCT chat FROM outbox WHERE state = 'sending' AND bot = ?",
                [bot.rawValue]
            )
            let given = try database.run(
                """
                UPDATE outbox SET state = 'unknown', settled_at = ?
                WHERE state = 'sending' AND bot = ? AND is_uncertain
                """,
                [Timestamp.milliseconds(now), bot.rawValue]
            )
            let queued = try database.run(
                """
                UPDATE outbox SET state = 'queued', is_uncertain = TRUE, not_before = NULL
                WHERE state = 'sending' AND bot = ?
                """,
                [bot.rawValue]
            )
            for row in chats {
                try Conversation(bot: bot, chat: ChatID(rawValue: row["chat"])).refresh(in: database)
            }
            return given + queued
        }
    }

    func move(bot: BotName, from: ChatID, to: ChatID) async throws(StoreError) {
        try await write("move") { transaction in
            for state in ["queued", "sending"] {
                try transaction.database.run(
                    "UPDATE outbox SET chat = ? WHERE state = '\(state)' AND bot = ? AND chat = ?",
                    [to.rawValue, bot.rawValue, from.rawValue]
                )
            }
            try Conversation(bot: bot, chat: from).refresh(in: transaction.database)
            try Conversation(bot: bot, chat: to).refresh(in: transaction.database)
        }
    }

    func counts(bot: BotName) async throws(StoreError) -> OutboxCounts {
        try await database.read(Operation("outbox", "counts")) { database in
            func count(_ condition: String) throws -> Int {
                try database.number("SELECT count(*) FROM outbox WHERE \(condition) AND bot = ?", [bot.rawValue])
            }
            var counts = OutboxCounts()
            counts.queued = try count("state = 'queued'")
            counts.sending = try count("state = 'sending'")
            counts.sent = try count("settled_at IS NOT NULL AND state = 'sent'")
            counts.failed = try count("settled_at IS NOT NULL AND state = 'failed'")
            counts.unreachable = try count("settled_at IS NOT NULL AND state = 'unreachable'")
            counts.unknown = try count("settled_at IS NOT NULL AND state = 'unknown'")
            return counts
        }
    }

    private func write<Value: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (inout WriteTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        try await database.write(Operation("outbox", name), body)
    }

    /// - Returns: The conversation of the row, nil where the row is not being sent.
    private static func settle(
        _ sequence: Int64,
        _ outcome: OutboxOutcome,
        now: Date,
        in database: Database
    ) throws -> Row? {
        let now = Timestamp.milliseconds(now)
        let change: (sql: String, arguments: StatementArguments) =
            switch outcome {
            case .sent(let message):
                ("state = 'sent', settled_at = ?, message = ?", [now, message])
            case .retry(let notBefore):
                ("state = 'queued', not_before = ?", [Timestamp.milliseconds(notBefore)])
            case .unknown(let notBefore):
                (
                    """
                    state = iif(is_uncertain, 'unknown', 'queued'), settled_at = iif(is_uncertain, ?, NULL),
                    not_before = ?, is_uncertain = TRUE
                    """,
                    [now, Timestamp.milliseconds(notBefore)]
                )
            case .failed(let reason):
                ("state = 'failed', settled_at = ?, reason = ?", [now, reason])
            case .unreachable(let reason):
                ("state = 'unreachable', settled_at = ?, reason = ?", [now, reason])
            }
        return try database.row(
            "UPDATE outbox SET \(change.sql) WHERE sequence = ? AND state = 'sending' RETURNING bot, chat",
            change.arguments + [sequence]
        )
    }
}
