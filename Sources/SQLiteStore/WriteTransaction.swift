import Domain
import Foundation
import GRDB

/// One write while it runs, in its savepoint of a shared transaction.
struct WriteTransaction {
    let database: Database
    /// The messages that it added to the outbox: what is to be announced after the commit.
    private(set) var added: [OutboxDraft] = []

    init(database: Database) {
        self.database = database
    }

    /// Stores drafts, passing over those whose dedupe key was used before, and what of them stands in people's lists.
    mutating func append(_ drafts: [OutboxDraft], now: Date) throws {
        var conversations: Set<Conversation> = []
        for draft in drafts {
            let key = "INSERT INTO outbox_keys (key) VALUES (?) ON CONFLICT DO NOTHING"
            guard try database.run(key, [draft.dedupeKey]) > 0 else { continue }
            try draft.notification(at: now)?.insert(isReplacing: false, in: database)
            guard draft.isSent else { continue }
            try database.run(
                """
                INSERT INTO outbox (dedupe_key, bot, chat, lane, body, expires_at, created_at, state, batch)
                VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', ?)
                """,
                [
                    draft.dedupeKey, draft.bot.rawValue, draft.chat.rawValue, draft.lane.rawValue,
                    try draft.body.stored,
                    draft.expiresAt.map(Timestamp.milliseconds), Timestamp.milliseconds(now), draft.batch?.rawValue,
                ]
            )
            conversations.insert(Conversation(bot: draft.bot, chat: draft.chat))
            added.append(draft)
        }
        for conversation in conversations { try conversation.refresh(in: database) }
    }

    /// Writes down who did what.
    func append(_ entries: [AuditEntry]) throws {
        for entry in entries { try entry.insert(isReplacing: false, in: database) }
    }

    /// Applies a rule to the document that `key` names and stores what it decided.
    mutating func change<Entity: IndexedDocument>(
        _ key: Entity.Key,
        cause: Cause,
        now: Date,
        _ rule: (Entity?) throws(Refusal) -> Change<Entity>
    ) throws -> Result<Change<Entity>, Refusal> {
        let current = try Entity.find(key, in: database)
        if let current, try isApplied(cause, to: current) {
            return .success(Change(current, isRepeat: true))
        }
        let decision = Result { () throws(Refusal) in try rule(current) }
        guard case .success(let change) = decision else { return decision }
        let state = change.state
        if let current {
            guard current.id == state.id else { throw StoreError.conflict(collection: Entity.collection) }
            if current != state { try state.update(replacing: current, in: database) }
        } else {
            try state.insert(in: database)
        }
        try database.run(
            "INSERT INTO applied_causes (collection, entity, cause, applied_at) VALUES (?, ?, ?, ?)",
            [Entity.collection, state.id.rawValue, cause.rawValue, Timestamp.milliseconds(now)]
        )
        try append(change.outbox, now: now)
        try append(change.audit)
        return .success(Change(state, outbox: change.outbox, audit: change.audit))
    }

    private func isApplied(_ cause: Cause, to entity: some IndexedDocument) throws -> Bool {
        let sql = "SELECT 1 FROM applied_causes WHERE collection = ? AND entity = ? AND cause = ?"
        let collection = type(of: entity).collection
        return try database.row(sql, [collection, entity.id.rawValue, cause.rawValue]) != nil
    }
}
