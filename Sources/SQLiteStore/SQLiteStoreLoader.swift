import Domain
import Foundation
import GRDB

/// Writes what another store gave into the tables, columns and side tables included.
struct SQLiteStoreLoader: StoreLoader {
    let database: SQLiteDatabase

    func load(_ records: [StoredRecord], into collection: StoredCollection) async throws(StoreError) {
        try await database.write(Operation(collection.rawValue, "load")) { transaction in
            let loading = Loading(records: records, database: transaction.database)
            switch collection {
            case .inboxOffsets: try loading.inboxOffsets()
            case .inbox: try loading.inbox()
            case .users: try loading.documents(Member.self)
            case .podcasts: try loading.documents(Podcast.self)
            case .liveSessions: try loading.documents(LiveSession.self)
            case .rsvps: try loading.documents(RSVP.self)
            case .thanks: try loading.documents(Thanks.self)
            case .clubSettings: try loading.documents(ClubSettings.self)
            case .signInLinks: try loading.documents(SignInLink.self)
            case .invites: try loading.documents(Invite.self)
            case .broadcasts: try loading.documents(Broadcast.self)
            case .authSessions: try loading.documents(AuthSession.self)
            case .xpCorrections: try loading.documents(XPCorrection.self)
            case .badges: try loading.documents(BadgeAward.self)
            case .toldProgress: try loading.documents(ToldProgress.self)
            case .showFigures: try loading.documents(ShowFigures.self)
            case .deliveryDays: try loading.documents(DeliveryDay.self)
            case .xpTransactions: try loading.xpTransactions()
            case .roomEvents: try loading.roomEvents()
            case .chatMessages: try loading.chatMessages()
            case .attendance: try loading.attendance()
            case .listeningDays: try loading.documents(ListeningDay.self)
            case .listens: try loading.documents(Listen.self)
            case .episodeFigures: try loading.documents(EpisodeFigures.self)
            case .downloadHits: try loading.documents(DownloadHit.self)
            case .downloadCounts: try loading.documents(DownloadCount.self)
            case .audit: try loading.audit()
            case .outbox: try loading.outbox()
            case .outboxHolds: try loading.outboxHolds()
            case .outboxKeys: try loading.outboxKeys()
            case .notifications: try loading.notifications()
            }
        }
    }

    func lastKey(of collection: StoredCollection) async throws(StoreError) -> String? {
        try await database.read(Operation(collection.rawValue, "lastKey")) { database in
            switch collection {
            case .inboxOffsets:
                return try database.row("SELECT max(bot) FROM inbox_offsets")?[0]
            case .inbox, .outbox:
                let last: Int64? = try database.row("SELECT max(sequence) FROM \(collection.rawValue)")?[0]
                return last.map(RecordKey.text(sequence:))
            case .users, .podcasts, .liveSessions, .rsvps, .thanks, .clubSettings, .signInLinks, .invites, .broadcasts,
                .authSessions, .audit, .notifications, .listeningDays, .listens, .episodeFigures, .downloadHits,
                .downloadCounts:
                return try database.row("SELECT max(id) FROM \(collection.rawValue)")?[0]
            case .chatMessages, .attendance, .xpCorrections, .badges, .toldProgress, .showFigures, .deliveryDays:
                return try database.row("SELECT max(id) FROM \(collection.rawValue)")?[0]
            case .roomEvents:
                let sql = "SELECT session, number FROM room_events ORDER BY session DESC, number DESC LIMIT 1"
                let row = try database.row(sql)
                return row.map { RoomBatch.key(LiveSessionID(rawValue: $0["session"]), $0["number"]) }
            case .xpTransactions:
                return try LedgerTables(database: database).lastID()
            case .outboxHolds:
                let row = try database.row(
                    "SELECT bot, chat FROM conversations WHERE held_until > 0 ORDER BY bot DESC, chat DESC LIMIT 1"
                )
                return row.map {
                    RecordKey.text(bot: BotName(rawValue: $0["bot"]), chat: ChatID(rawValue: $0["chat"]))
                }
            case .outboxKeys:
                let sql = "SELECT max(key) FROM outbox_keys WHERE key NOT IN (\(RecordPage.keysInUse))"
                return try database.row(sql)?[0]
            }
        }
    }
}

/// Records on their way into one table, in a write transaction.
private struct Loading {
    let records: [StoredRecord]
    let database: Database

    func documents<Entity: IndexedDocument>(_ type: Entity.Type) throws {
        for stored in records {
            let record = try stored.decoded(as: EntityRecord<Entity>.self)
            let id = record.document.id.rawValue
            try database.run("DELETE FROM \(Entity.collection) WHERE id = ?", [id])
            try database.run("DELETE FROM applied_causes WHERE collection = ? AND entity = ?", [Entity.collection, id])
            try record.document.insert(in: database)
            for applied in record.causes {
                try database.run(
                    "INSERT INTO applied_causes (collection, entity, cause, applied_at) VALUES (?, ?, ?, ?)",
                    [Entity.collection, id, applied.cause.rawValue, Timestamp.milliseconds(applied.at)]
                )
            }
        }
    }

    func inboxOffsets() throws {
        for stored in records {
            let record = try stored.decoded(as: InboxOffsetRecord.self)
            try database.run(
                """
                INSERT INTO inbox_offsets (bot, next_offset) VALUES (?, ?)
                ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset
                """,
                [record.bot.rawValue, record.nextOffset]
            )
        }
    }

    func inbox() throws {
        for stored in records {
            let record = try stored.decoded(as: InboxRecord.self)
            try replace(
                "inbox",
                [
                    ("bot", record.entry.bot.rawValue), ("update_id", record.entry.updateID),
                    ("lane", record.entry.lane), ("payload", record.entry.payload),
                    ("received_at", Timestamp.milliseconds(record.entry.receivedAt)),
                    ("failures", record.entry.failures), ("state", record.state.rawValue),
                    ("handled_at", record.handledAt.map(Timestamp.milliseconds)), ("error", record.error),
                    ("is_past", record.isPast),
                ],
                sequence: record.sequence
            )
        }
    }

    func outbox() throws {
        var conversations: Set<Conversation> = []
        for stored in records {
            let record = try stored.decoded(as: OutboxRecord.self)
            let draft = record.draft
            try database.run("INSERT INTO outbox_keys (key) VALUES (?) ON CONFLICT DO NOTHING", [draft.dedupeKey])
            try replace(
                "outbox",
                [
                    ("dedupe_key", draft.dedupeKey), ("bot", draft.bot.rawValue), ("chat", draft.chat.rawValue),
                    ("lane", draft.lane.rawValue),
                    ("body", try draft.body.stored),
                    ("expires_at", draft.expiresAt.map(Timestamp.milliseconds)),
                    ("created_at", Timestamp.milliseconds(record.createdAt)), ("state", record.state.rawValue),
                    ("attempts", record.attempts), ("is_uncertain", record.isUncertain),
                    ("not_before", record.notBefore.map(Timestamp.milliseconds)),
                    ("settled_at", record.settledAt.map(Timestamp.milliseconds)), ("message", record.message),
                    ("reason", record.reason), ("batch", draft.batch?.rawValue),
                ],
                sequence: record.sequence
            )
            conversations.insert(Conversation(bot: draft.bot, chat: draft.chat))
        }
        for conversation in conversations { try conversation.refresh(in: database) }
    }

    func audit() throws {
        for stored in records {
            try stored.decoded(as: AuditEntry.self).insert(isReplacing: true, in: database)
        }
    }

    func notifications() throws {
        for stored in records {
            try stored.decoded(as: MemberNotification.self).insert(isReplacing: true, in: database)
        }
    }

    func roomEvents() throws {
        for stored in records {
            let batch = try stored.decoded(as: RoomBatch.self)
            let place: StatementArguments = [batch.session.rawValue, batch.number]
            try database.run("DELETE FROM room_events WHERE session = ? AND number = ?", place)
            try batch.insert(in: database)
        }
    }

    func chatMessages() throws {
        for stored in records {
            let message = try stored.decoded(as: ChatMessage.self)
            try database.run("DELETE FROM chat_messages WHERE id = ?", [message.id.rawValue])
            try message.insert(in: database)
        }
    }

    func xpTransactions() throws {
        let lines = try records.map { try $0.decoded(as: XPTransaction.self) }
        try LedgerTables(database: database).post(lines, isReplacing: true)
    }

    func attendance() throws {
        for stored in records { try stored.decoded(as: AttendanceInterval.self).keep(in: database) }
    }

    func outboxHolds() throws {
        for stored in records {
            let record = try stored.decoded(as: OutboxHoldRecord.self)
            try database.run(
                """
                INSERT INTO conversations (bot, chat, held_until) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET held_until = excluded.held_until
                """,
                [record.bot.rawValue, record.chat.rawValue, Timestamp.milliseconds(record.until)]
            )
        }
    }

    func outboxKeys() throws {
        for stored in records {
            let record = try stored.decoded(as: OutboxKeyRecord.self)
            let sql = "INSERT INTO outbox_keys (key) VALUES (?) ON CONFLICT DO NOTHING"
            try database.run(sql, [record.dedupeKey])
        }
    }

    /// Writes a whole row in place of the one with its number. SQLite numbers later rows higher than it.
    private func replace(
        _ table: String,
        _ values: [(column: String, value: (any DatabaseValueConvertible)?)],
        sequence: Int64
    ) throws {
        let columns = values.map(\.column)
        let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let updates = columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        try database.run(
            """
            INSERT INTO \(table) (sequence, \(columns.joined(separator: ", "))) VALUES (?, \(places))
            ON CONFLICT (sequence) DO UPDATE SET \(updates)
            """,
            [sequence] + StatementArguments(values.map(\.value))
        )
    }
}
