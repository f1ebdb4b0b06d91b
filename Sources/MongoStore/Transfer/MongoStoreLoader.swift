import Domain
import Foundation

/// Takes what another store gave.
struct MongoStoreLoader: StoreLoader {
    let database: MongoDatabase

    func load(_ records: [StoredRecord], into collection: StoredCollection) async throws(StoreError) {
        guard !records.isEmpty else { return }
        try await database.run(MongoCall(collection.rawValue, "load")) { client in
            switch collection {
            case .inboxOffsets:
                try put(records, InboxOffsetRecord.self, into: collection, client) { $0.document }
            case .inbox:
                let loaded = try put(records, InboxRecord.self, into: collection, client) { $0.document }
                try client.raise(MongoInboxStore.collection, to: loaded.map(\.sequence).max())
            case .users: try put(records, Member.self, client)
            case .podcasts: try put(records, Podcast.self, client)
            case .liveSessions: try put(records, LiveSession.self, client)
            case .rsvps: try put(records, RSVP.self, client)
            case .thanks: try put(records, Thanks.self, client)
            case .clubSettings: try put(records, ClubSettings.self, client)
            case .signInLinks: try put(records, SignInLink.self, client)
            case .invites: try put(records, Invite.self, client)
            case .broadcasts: try put(records, Broadcast.self, client)
            case .authSessions: try put(records, AuthSession.self, client)
            case .xpCorrections: try put(records, XPCorrection.self, client)
            case .badges: try put(records, BadgeAward.self, client)
            case .toldProgress: try put(records, ToldProgress.self, client)
            case .showFigures: try put(records, ShowFigures.self, client)
            case .deliveryDays: try put(records, DeliveryDay.self, client)
            case .xpTransactions: try putLines(records, client)
            case .roomEvents: try put(records, RoomBatch.self, into: collection, client) { try $0.document() }
            case .chatMessages: try put(records, ChatMessage.self, into: collection, client) { try $0.document() }
            case .attendance:
                try put(records, AttendanceInterval.self, into: collection, client) { try $0.document() }
            case .listeningDays: try put(records, ListeningDay.self, client)
            case .listens: try put(records, Listen.self, client)
            case .episodeFigures: try put(records, EpisodeFigures.self, client)
            case .downloadHits: try put(records, DownloadHit.self, client)
            case .downloadCounts: try put(records, DownloadCount.self, client)
            case .audit: try put(records, AuditEntry.self, into: collection, client) { try $0.document() }
            case .outbox: try putMessages(records, client)
            case .outboxHolds:
                for record in records {
                    let hold = try record.decoded(as: OutboxHoldRecord.self)
                    let conversation = MongoConversation(bot: hold.bot, chat: hold.chat)
                    try conversation.hold(until: hold.until, replacing: true, client)
                }
            case .outboxKeys: try putKeys(records, client)
            case .notifications:
                try put(records, MemberNotification.self, into: collection, client) { try $0.document() }
            }
        }
    }

    func lastKey(of collection: StoredCollection) async throws(StoreError) -> String? {
        let place = MongoStoreReader.place(collection)
        return try await database.run(MongoCall(collection.rawValue, "lastKey")) { client in
            var query = MongoQuery(collection: place.collection, filter: place.filter)
            switch collection {
            case .inbox, .outbox: query.sort = ["sequence": -1]
            case .outboxHolds: query.sort = ["bot": -1, "chat": -1]
            default: query.sort = ["_id": -1]
            }
            guard let last = try client.first(query) else { return nil }
            switch collection {
            case .inbox, .outbox: return last["sequence"]?.integer.map(RecordKey.text(sequence:))
            case .outboxHolds: return try OutboxHoldRecord(last).key
            default: return last["_id"]?.string
            }
        }
    }

    // MARK: Parts

    /// Writes whole documents, in place of those that are there.
    @discardableResult
    private func put<Record: TransferRecord>(
        _ records: [StoredRecord],
        _ type: Record.Type,
        into collection: StoredCollection,
        _ client: MongoClient,
        _ document: (Record) throws -> BSON
    ) throws -> [Record] {
        let read = try records.map { try $0.decoded(as: type) }
        try client.put(try read.map(document), into: MongoStoreReader.place(collection).collection)
        return read
    }

    private func put<Entity: MongoEntity>(
        _ records: [StoredRecord],
        _ type: Entity.Type,
        _ client: MongoClient
    ) throws {
        var documents: [BSON] = []
        var spilledCauses: [BSON] = []
        for stored in records {
            let record = try stored.decoded(as: EntityRecord<Entity>.self)
            var document = MongoDocument(entity: record.document)
            document.version = 1
            let applied = record.causes.sorted { $0.at < $1.at }
            let held = applied.suffix(MongoChange<Entity>.heldCauses - 1)
            document.causes = held.map { cause in
                .init(cause: cause.cause.rawValue, at: Timestamp.milliseconds(cause.at), by: "")
            }
            let spilled = applied.dropLast(held.count)
            if let last = spilled.last { document.spilledAt = Timestamp.milliseconds(last.at) }
            spilledCauses += spilled.map { cause in
                SpilledCause(Entity.collection, record.key, cause.cause.rawValue)
                    .document(at: Timestamp.milliseconds(cause.at))
            }
            documents.append(try document.encoded())
        }
        try client.put(spilledCauses, into: SpilledCause.collection)
        try client.put(documents, into: Entity.collection)
    }

    private func putMessages(_ records: [StoredRecord], _ client: MongoClient) throws {
        let loaded = try put(records, OutboxRecord.self, into: .outbox, client) { try $0.document() }
        try client.raise(MongoOutbox.collection, to: loaded.map(\.sequence).max())
        let rows = Dictionary(grouping: loaded) { MongoConversation(bot: $0.draft.bot, chat: $0.draft.chat) }
        for (conversation, rows) in rows {
            let sending = rows.filter { $0.state == .sending }.map(\.sequence)
            if !sending.isEmpty { try conversation.lock(sending, client) }
        }
        try MongoConversation.refresh(rows.keys, client)
    }

    /// With what the lines come to.
    private func putLines(_ records: [StoredRecord], _ client: MongoClient) throws {
        let lines = try records.map { try $0.decoded(as: XPTransaction.self) }
        let ledger = MongoLedger(client: client, now: database.clock.now)
        for portion in LedgerPortion.portions(of: lines) { try ledger.post(portion, isReplacing: true) }
    }

    /// A key whose message is there stays with it.
    private func putKeys(_ records: [StoredRecord], _ client: MongoClient) throws {
        let keys = try records.map { try $0.decoded(as: OutboxKeyRecord.self).dedupeKey }
        let documents = keys.map { key -> BSON in ["_id": .string(key), "forgotten": true] }
        _ = try client.insert(documents, into: MongoOutbox.collection)
    }
}

extension MongoClient {
    /// Writes whole documents, each in place of the one that has its `_id`.
    /// - Throws: `.duplicate` where another one holds a unique value.
    fileprivate func put(_ documents: [BSON], into collection: String) throws(MongoFailure) {
        guard !documents.isEmpty else { return }
        let updates = documents.map { document in
            MongoUpdate(filter: ["_id": document["_id"] ?? .null], change: document, isUpsert: true)
        }
        _ = try update(updates, in: collection)
    }

}

extension MongoClubStore {
    public var loader: any StoreLoader { MongoStoreLoader(database: database) }

    public func reader() async throws(StoreError) -> any StoreReader {
        try await ping()
        return MongoStoreReader(database: database)
    }
}
