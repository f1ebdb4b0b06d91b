import Domain
import Foundation
import GRDB

/// The records of a table behind a key, in the order of their keys.
struct RecordPage {
    /// The dedupe keys that are not forgotten; goes through the outbox once for each page of keys.
    static let keysInUse = "SELECT dedupe_key FROM outbox"

    let after: String?
    let limit: Int
    let database: Database

    func documents<Entity: IndexedDocument>(_ type: Entity.Type) throws -> [StoredRecord] {
        let rows = try database.rows(
            "SELECT id, schema, body FROM \(Entity.collection) WHERE id > ? ORDER BY id LIMIT ?",
            [after ?? "", limit]
        )
        guard let first = rows.first, let last = rows.last else { return [] }
        var causes: [String: [AppliedCause]] = [:]
        let applied = try database.rows(
            """
            SELECT entity, cause, applied_at FROM applied_causes
            WHERE collection = ? AND entity BETWEEN ? AND ?
            """,
            [Entity.collection, first["id"] as String, last["id"] as String]
        )
        for row in applied {
            let cause = Cause(rawValue: row["cause"])
            causes[row["entity"], default: []].append(AppliedCause(cause: cause, at: Self.moment(row["applied_at"])))
        }
        return try rows.map { row in
            let id: String = row["id"]
            return try StoredRecord(EntityRecord(Self.document(row, as: type), causes: causes[id] ?? []))
        }
    }

    /// - Throws: `StoreError.corrupt`, naming the document.
    private static func document<Entity: IndexedDocument>(_ row: Row, as type: Entity.Type) throws -> Entity {
        do {
            return try Entity.decode(row)
        } catch {
            let id: String = row["id"]
            let failure = StoreError(error, during: Operation(Entity.collection, "records"))
            guard case .corrupt(let collection, let detail) = failure else { throw failure }
            throw StoreError.corrupt(collection: collection, detail: "\(id): \(detail)")
        }
    }

    func inboxOffsets() throws -> [StoredRecord] {
        let rows = try database.rows(
            "SELECT bot, next_offset FROM inbox_offsets WHERE bot > ? ORDER BY bot LIMIT ?",
            [after ?? "", limit]
        )
        return try rows.map {
            try StoredRecord(InboxOffsetRecord(bot: BotName(rawValue: $0["bot"]), nextOffset: $0["next_offset"]))
        }
    }

    func audit() throws -> [StoredRecord] {
        let rows = try database.rows("SELECT body FROM audit WHERE id > ? ORDER BY id LIMIT ?", [after ?? "", limit])
        return try rows.map { try StoredRecord(AuditEntry($0)) }
    }

    func notifications() throws -> [StoredRecord] {
        let rows = try database.rows(
            "SELECT * FROM notifications WHERE id > ? ORDER BY id LIMIT ?",
            [after ?? "", limit]
        )
        return try rows.map { try StoredRecord(MemberNotification($0)) }
    }

    func roomEvents() throws -> [StoredRecord] {
        let last = after.flatMap(RoomBatch.place)
        let rows = try database.rows(
            "SELECT body FROM room_events WHERE (session, number) > (?, ?) ORDER BY session, number LIMIT ?",
            [last?.session.rawValue ?? "", last?.number ?? 0, limit]
        )
        return try rows.map { try StoredRecord(RoomBatch($0)) }
    }

    func chatMessages() throws -> [StoredRecord] {
        try identified("chat_messages").map { try StoredRecord(ChatMessage($0)) }
    }

    func attendance() throws -> [StoredRecord] {
        try identified("attendance").map { try StoredRecord(AttendanceInterval($0)) }
    }

    func xpTransactions() throws -> [StoredRecord] {
        try LedgerTables(database: database).lines(after: after, limit: limit).map { try StoredRecord($0) }
    }

    private func identified(_ table: String) throws -> [Row] {
        try database.rows("SELECT body FROM \(table) WHERE id > ? ORDER BY id LIMIT ?", [after ?? "", limit])
    }

    func inbox() throws -> [StoredRecord] {
        try numbered("inbox").map { row in
            guard let state = InboxRecord.State(rawValue: row["state"]) else {
                throw StoreError.corrupt(collection: "inbox", detail: "a state that is not known")
            }
            return try StoredRecord(
                InboxRecord(
                    sequence: row["sequence"],
                    entry: InboxEntry(row),
                    state: state,
                    handledAt: (row["handled_at"] as Int64?).map(Self.moment),
                    error: row["error"],
                    isPast: row["is_past"]
                )
            )
        }
    }

    func outbox() throws -> [StoredRecord] {
        try numbered("outbox").map { try StoredRecord(OutboxRecord($0)) }
    }

    func outboxHolds() throws -> [StoredRecord] {
        let last = after.flatMap(RecordKey.conversation)
        let rows = try database.rows(
            """
            SELECT bot, chat, held_until FROM conversations WHERE held_until > 0 AND (bot, chat) > (?, ?)
            ORDER BY bot, chat LIMIT ?
            """,
            [last?.bot.rawValue ?? "", last?.chat.rawValue ?? Int64.min, limit]
        )
        return try rows.map { row in
            let chat = ChatID(rawValue: row["chat"])
            let until = Self.moment(row["held_until"])
            return try StoredRecord(OutboxHoldRecord(bot: BotName(rawValue: row["bot"]), chat: chat, until: until))
        }
    }

    func outboxKeys() throws -> [StoredRecord] {
        let rows = try database.rows(
            "SELECT key FROM outbox_keys WHERE key > ? AND key NOT IN (\(Self.keysInUse)) ORDER BY key LIMIT ?",
            [after ?? "", limit]
        )
        return try rows.map { try StoredRecord(OutboxKeyRecord(dedupeKey: $0["key"])) }
    }

    private func numbered(_ table: String) throws -> [Row] {
        try database.rows(
            "SELECT * FROM \(table) WHERE sequence > ? ORDER BY sequence LIMIT ?",
            [after.flatMap { Int64($0) } ?? 0, limit]
        )
    }

    static func moment(_ milliseconds: Int64) -> Date {
        Timestamp.date(milliseconds: milliseconds)
    }
}

extension OutboxRecord {
    /// A message that cannot be read travels as one that has failed, with what stands there as its body: it would
    /// fail here too as soon as it was its turn.
    init(_ row: Row) throws {
        let text: String = row["body"]
        let body = try? OutboxDraft.Body(stored: text)
        let lane = OutboxLane(rawValue: row["lane"])
        guard let state = State(rawValue: row["state"]) else {
            throw StoreError.corrupt(collection: "outbox", detail: "a state that is not known")
        }
        let createdAt = RecordPage.moment(row["created_at"])
        self.init(
            sequence: row["sequence"],
            draft: OutboxDraft(
                dedupeKey: row["dedupe_key"],
                bot: BotName(rawValue: row["bot"]),
                chat: ChatID(rawValue: row["chat"]),
                lane: lane ?? .digests,
                body: body ?? .prepared(Data(text.utf8)),
                expiresAt: (row["expires_at"] as Int64?).map(RecordPage.moment),
                batch: (row["batch"] as String?).map(OutboxBatch.init(rawValue:))
            ),
            createdAt: createdAt,
            state: state,
            attempts: row["attempts"],
            isUncertain: row["is_uncertain"],
            notBefore: (row["not_before"] as Int64?).map(RecordPage.moment),
            settledAt: (row["settled_at"] as Int64?).map(RecordPage.moment),
            message: row["message"],
            reason: row["reason"]
        )
        guard body == nil || lane == nil, settledAt == nil else { return }
        self.state = .failed
        settledAt = createdAt
        reason = "unreadable"
    }
}
