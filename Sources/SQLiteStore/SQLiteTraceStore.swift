import Domain
import Foundation
import GRDB

/// What is kept of a person in passing.
///
/// Settled messages are looked for by their state: an index by conversation would cost every message something, and
/// this is asked for rarely. Such a look is a read, beside which others write.
struct SQLiteTraceStore: TraceStore {
    /// So many rows of the outbox are erased in one transaction, so that other writes come in between.
    private static let portion = 500
    private static let bots = [BotName.club, .recorder]
    private static let confirmed = "json_extract(body, '$.confirmedBy') = ?"
    /// What has to hold of rows of the outbox that are in the queue or on their way, and of settled ones.
    private static let unsettled = ["state = 'queued'", "state = 'sending'"]
    private static let settled = ["sent", "failed", "unreachable", "unknown"].map {
        "state = '\($0)' AND settled_at IS NOT NULL"
    }

    let database: SQLiteDatabase

    func traces(of person: TracedPerson, limit: Int) async throws(StoreError) -> Traces {
        let limit = max(0, limit)
        return try await database.read(Operation("traces", "list")) { database in
            let sessions = try database.rows(
                "SELECT schema, body FROM auth_sessions WHERE member_id = ? ORDER BY created_at DESC, id DESC LIMIT ?",
                [person.member.rawValue, limit]
            )
            let links = try database.rows(
                "SELECT schema, body FROM sign_in_links WHERE \(Self.confirmed) ORDER BY ends_at DESC, id DESC LIMIT ?",
                [person.member.rawValue, limit]
            )
            return Traces(
                sessions: try sessions.map(AuthSession.decode),
                links: try links.map(SignInLink.decode),
                messages: try person.telegramID.map { try Self.messages(to: $0.privateChat, limit, database) } ?? [],
                notifications: try database.rows(
                    """
                    SELECT * FROM notifications WHERE member_id = ? ORDER BY created_at DESC, id DESC LIMIT ?
                    """,
                    [person.member.rawValue, limit]
                ).map(MemberNotification.init),
                updates: try person.lane.map { try Self.updates(in: $0, limit, database) } ?? []
            )
        }
    }

    private static func messages(to chat: ChatID, _ limit: Int, _ database: Database) throws -> [OutboxRecord] {
        var found: [OutboxRecord] = []
        for bot in bots {
            for condition in unsettled + settled {
                let sql =
                    "SELECT * FROM outbox WHERE \(condition) AND bot = ? AND chat = ? ORDER BY sequence DESC LIMIT ?"
                found += try database.rows(sql, [bot.rawValue, chat.rawValue, limit]).map(OutboxRecord.init)
            }
        }
        return Array(found.sorted { $0.sequence > $1.sequence }.prefix(limit))
    }

    private static func updates(in lane: String, _ limit: Int, _ database: Database) throws -> [InboxEntry] {
        var found: [(sequence: Int64, entry: InboxEntry)] = []
        for bot in bots {
            for state in ["pending", "set_aside"] {
                let sql = """
                    SELECT * FROM inbox WHERE state = '\(state)' AND bot = ? AND lane = ? ORDER BY sequence DESC LIMIT ?
                    """
                found += try database.rows(sql, [bot.rawValue, lane, limit]).map { ($0["sequence"], InboxEntry($0)) }
            }
        }
        return found.sorted { $0.sequence > $1.sequence }.prefix(limit).map(\.entry)
    }

    func erase(_ person: TracedPerson) async throws(StoreError) {
        try await database.write(Operation("traces", "erase")) { transaction in
            let database = transaction.database
            let member = person.member.rawValue
            try database.run("DELETE FROM auth_sessions WHERE member_id = ?", [member])
            try database.run("DELETE FROM sign_in_links WHERE \(Self.confirmed)", [member])
            try database.run("DELETE FROM notifications WHERE member_id = ?", [member])
            guard let lane = person.lane else { return }
            for bot in Self.bots {
                try database.run(
                    "DELETE FROM inbox WHERE state = 'set_aside' AND bot = ? AND lane = ?",
                    [bot.rawValue, lane]
                )
            }
        }
        guard let chat = person.telegramID?.privateChat else { return }
        for bot in Self.bots {
            for condition in ["state = 'queued'"] + Self.settled {
                try await erase(condition, in: Conversation(bot: bot, chat: chat))
            }
        }
    }

    /// Erases rows of the outbox until none is left for which the condition holds.
    private func erase(_ condition: String, in conversation: Conversation) async throws(StoreError) {
        let place: StatementArguments = [conversation.bot.rawValue, conversation.chat.rawValue]
        while true {
            let found = try await database.read(Operation("traces", "find")) { database in
                let sql = "SELECT sequence FROM outbox WHERE \(condition) AND bot = ? AND chat = ? LIMIT ?"
                return try database.rows(sql, place + [Self.portion]).map { $0["sequence"] as Int64 }
            }
            guard !found.isEmpty else { return }
            try await database.write(Operation("traces", "erase")) { transaction in
                for sequence in found {
                    // Not those whose turn came meanwhile.
                    try transaction.database.run(
                        "DELETE FROM outbox WHERE sequence = ? AND \(condition)",
                        [sequence]
                    )
                }
                try conversation.refresh(in: transaction.database)
            }
        }
    }
}
