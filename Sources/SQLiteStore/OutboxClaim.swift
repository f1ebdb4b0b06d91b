import Domain
import Foundation
import GRDB

/// Finds the rows that may be sent now, in a write transaction, and marks them as being sent.
struct OutboxClaim {
    let bot: BotName
    let lanes: Set<OutboxLane>
    let excluded: Set<ChatID>
    let limit: Int
    /// Milliseconds since 1970.
    let now: Int64

    /// Where a walk over the conversations has come to.
    private struct Place {
        var lane: Int
        var head: Int64
    }

    /// How many conversations are looked at between two claims of one round.
    private static let roundSize = 256

    func rows(in database: Database) throws -> [OutboxRow] {
        guard let lastLane = lanes.max() else { return [] }
        var sequences: [Int64] = []
        var place: Place? = Place(lane: -1, head: 0)
        while let from = place, sequences.count < limit {
            let round = try ready(after: from, upTo: lastLane, in: database)
            for row in round where sequences.count < limit {
                let conversation = Conversation(bot: bot, chat: ChatID(rawValue: row["chat"]))
                guard !excluded.contains(conversation.chat) else { continue }
                if let sequence = try first(of: conversation, in: database) { sequences.append(sequence) }
            }
            place = round.count < Self.roundSize ? nil : round.last.map { Place(lane: $0["lane"], head: $0["head"]) }
        }
        return try sequences.compactMap { try begin($0, in: database) }.sorted {
            ($0.draft.lane, $0.sequence) < ($1.draft.lane, $1.sequence)
        }
    }

    /// Conversations whose first row is due, in the order in which those rows go.
    private func ready(after place: Place, upTo lastLane: OutboxLane, in database: Database) throws -> [Row] {
        try database.rows(
            """
            SELECT lane, head, chat FROM conversations
            WHERE head IS NOT NULL AND is_sending = 0 AND bot = ? AND (lane, head) > (?, ?) AND lane <= ?
                AND due_at <= ? AND held_until <= ?
            ORDER BY lane, head LIMIT ?
            """,
            [bot.rawValue, place.lane, place.head, lastLane.rawValue, now, now, Self.roundSize]
        )
    }

    /// The row of a conversation that may go now. What has expired before it makes way.
    private func first(of conversation: Conversation, in database: Database) throws -> Int64? {
        var place = Place(lane: -1, head: 0)
        var hasDropped = false
        while let row = try next(of: conversation, after: place, in: database) {
            let lane: Int = row["lane"]
            if let expiresAt: Int64 = row["expires_at"], expiresAt < now {
                try drop(row["sequence"], in: database)
                hasDropped = true
                place = Place(lane: lane, head: row["sequence"])
            } else if let notBefore: Int64 = row["not_before"], notBefore > now {
                break
            } else if lanes.contains(where: { $0.rawValue == lane }) {
                return row["sequence"]
            } else {
                place = Place(lane: lane, head: Int64.max)
            }
        }
        if hasDropped { try conversation.refresh(in: database) }
        return nil
    }

    private func next(of conversation: Conversation, after place: Place, in database: Database) throws -> Row? {
        try database.row(
            """
            SELECT sequence, lane, not_before, expires_at FROM outbox
            WHERE state = 'queued' AND bot = ? AND chat = ? AND (lane, sequence) > (?, ?)
            ORDER BY lane, sequence LIMIT 1
            """,
            [bot.rawValue, conversation.chat.rawValue, place.lane, place.head]
        )
    }

    /// One that may have been delivered before it expired is unknown, any other has failed.
    private func drop(_ sequence: Int64, in database: Database) throws {
        try database.run(
            """
            UPDATE outbox SET state = iif(is_uncertain, 'unknown', 'failed'), reason = 'expired', settled_at = ?
            WHERE sequence = ?
            """,
            [now, sequence]
        )
    }

    /// Marks a row as being sent. One that cannot be read fails, so that it does not stop the others.
    private func begin(_ sequence: Int64, in database: Database) throws -> OutboxRow? {
        let row = try database.row(
            "UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE sequence = ? RETURNING *",
            [sequence]
        )
        guard let row else { return nil }
        let claimed = try? OutboxRow(row)
        if claimed == nil {
            try database.run(
                "UPDATE outbox SET state = 'failed', reason = 'unreadable', settled_at = ? WHERE sequence = ?",
                [now, sequence]
            )
        }
        try Conversation(bot: bot, chat: ChatID(rawValue: row["chat"])).refresh(in: database)
        return claimed
    }
}

extension OutboxRow {
    /// - Throws: A `DecodingError` where the row was damaged.
    fileprivate init(_ row: Row) throws {
        let body: String = row["body"]
        guard let lane = OutboxLane(rawValue: row["lane"]) else {
            throw StoreError.corrupt(collection: "outbox", detail: "a lane that is not known")
        }
        let draft = OutboxDraft(
            dedupeKey: row["dedupe_key"],
            bot: BotName(rawValue: row["bot"]),
            chat: ChatID(rawValue: row["chat"]),
            lane: lane,
            body: try OutboxDraft.Body(stored: body),
            expiresAt: (row["expires_at"] as Int64?).map(Timestamp.date),
            batch: (row["batch"] as String?).map(OutboxBatch.init(rawValue:))
        )
        self.init(
            sequence: row["sequence"],
            draft: draft,
            attempts: row["attempts"],
            isUncertain: row["is_uncertain"],
            createdAt: Timestamp.date(milliseconds: row["created_at"])
        )
    }
}
