import Domain
import GRDB

/// A bot's conversation: rows of the outbox that go one after another. Its row in `conversations` says what of it is
/// first and since when that may be sent.
struct Conversation: Hashable {
    let bot: BotName
    let chat: ChatID

    /// Looks anew at what is first in the queue. To be called after its rows have changed.
    ///
    /// A first row that expires is due at that moment too: not to be sent, but to make way.
    func refresh(in database: Database) throws {
        try database.run(
            """
            INSERT INTO conversations (bot, chat, is_sending, lane, head, due_at)
            SELECT ?1, ?2,
                EXISTS (SELECT 1 FROM outbox WHERE state = 'sending' AND bot = ?1 AND chat = ?2),
                first.lane, first.sequence, first.due_at
            FROM (SELECT 1) LEFT JOIN (
                SELECT lane, sequence, min(coalesce(not_before, 0), coalesce(expires_at + 1, ?3)) AS due_at
                FROM outbox WHERE state = 'queued' AND bot = ?1 AND chat = ?2
                ORDER BY lane, sequence LIMIT 1
            ) AS first ON TRUE
            WHERE TRUE
            ON CONFLICT DO UPDATE SET is_sending = excluded.is_sending, lane = excluded.lane,
                head = excluded.head, due_at = excluded.due_at
            """,
            [bot.rawValue, chat.rawValue, Int64.max]
        )
    }
}
