import Domain
import Foundation
import GRDB

/// What is kept of a person in passing. It is looked for rarely, so no index of the outbox is kept for it: its rows are
/// found by a read, beside which others write.
struct SQLiteTraceStore: TraceStore {
    /// So many rows of the outbox are erased in one transaction, so that other writes come in between.
    private static let portion = 500
    private static let confirmed = "json_extract(body, '$.confirmedBy') = ?"

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
            var traces = Traces(
                sessions: try sessions.map(AuthSession.decode),
                links: try links.map(SignInLink.decode)
            )
            guard let chat = person.telegramID?.privateChat, let lane = person.lane else { return traces }
            traces.messages = try database.rows(
                "SELECT * FROM outbox WHERE chat = ? ORDER BY sequence DESC LIMIT ?",
                [chat.rawValue, limit]
            ).map(OutboxRecord.init)
            traces.updates = try database.rows(
                """
                SELECT * FROM inbox WHERE lane = ? AND state IN ('pending', 'set_aside')
                ORDER BY sequence DESC LIMIT ?
                """,
                [lane, limit]
            ).map(InboxEntry.init)
            return traces
        }
    }

    func erase(_ person: TracedPerson) async throws(StoreError) {
        try await database.write(Operation("traces", "erase")) { transaction in
            let database = transaction.database
            let member = person.member.rawValue
            try database.run("DELETE FROM auth_sessions WHERE member_id = ?", [member])
            try database.run("DELETE FROM sign_in_links WHERE \(Self.confirmed)", [member])
            guard let lane = person.lane else { return }
            try database.run("DELETE FROM inbox WHERE lane = ? AND state = 'set_aside'", [lane])
        }
        if let chat = person.telegramID?.privateChat { try await eraseMessages(to: chat) }
    }

    private func eraseMessages(to chat: ChatID) async throws(StoreError) {
        var last: Int64 = 0
        while true {
            let from = last
            let found = try await database.read(Operation("traces", "find")) { database in
                try database.rows(
                    """
                    SELECT sequence, bot FROM outbox WHERE chat = ? AND state <> 'sending' AND sequence > ?
                    ORDER BY sequence LIMIT ?
                    """,
                    [chat.rawValue, from, Self.portion]
                ).map { (sequence: $0["sequence"] as Int64, bot: BotName(rawValue: $0["bot"])) }
            }
            guard let end = found.last?.sequence else { return }
            try await database.write(Operation("traces", "erase")) { transaction in
                for row in found {
                    try transaction.database.run(
                        "DELETE FROM outbox WHERE sequence = ? AND state <> 'sending'",
                        [row.sequence]
                    )
                }
                for bot in Set(found.map(\.bot)) {
                    try Conversation(bot: bot, chat: chat).refresh(in: transaction.database)
                }
            }
            last = end
        }
    }
}
