import Domain
import Foundation
import Synchronization

/// Gives what a MongoDB database holds, read in the order of `StoredCollection` while the club may go on.
final class MongoStoreReader: StoreReader {
    /// Messages are forgotten 30 days after they were settled; one that is this old may be forgotten while it is read.
    private static let old: Duration = .seconds(29 * 24 * 3600)

    private let database: MongoDatabase
    private let state = Mutex(State())

    private struct State {
        var isEnded = false
        /// Dedupe keys of old messages that were given.
        var given: Set<String> = []
    }

    init(database: MongoDatabase) {
        self.database = database
    }

    func records(
        of collection: StoredCollection,
        after key: String?,
        limit: Int
    ) async throws(StoreError) -> [StoredRecord] {
        try check(collection)
        guard limit > 0 else { return [] }
        let page = Page(key: key, limit: min(limit, Int(Int32.max)))
        return switch collection {
        case .inboxOffsets: try await read(collection, page, ordered: "_id", InboxOffsetRecord.init)
        case .inbox: try await read(collection, page, ordered: "sequence", InboxRecord.init)
        case .users: try await entities(Member.self, page)
        case .podcasts: try await entities(Podcast.self, page)
        case .liveSessions: try await entities(LiveSession.self, page)
        case .rsvps: try await entities(RSVP.self, page)
        case .thanks: try await entities(Thanks.self, page)
        case .clubSettings: try await entities(ClubSettings.self, page)
        case .signInLinks: try await entities(SignInLink.self, page)
        case .invites: try await entities(Invite.self, page)
        case .broadcasts: try await entities(Broadcast.self, page)
        case .authSessions: try await entities(AuthSession.self, page)
        case .xpCorrections: try await entities(XPCorrection.self, page)
        case .badges: try await entities(BadgeAward.self, page)
        case .toldProgress: try await entities(ToldProgress.self, page)
        case .showFigures: try await entities(ShowFigures.self, page)
        case .deliveryDays: try await entities(DeliveryDay.self, page)
        case .xpTransactions: try await lines(page)
        case .roomEvents: try await batches(page)
        case .chatMessages: try await read(collection, page, ordered: "_id", ChatMessage.init)
        case .attendance: try await read(collection, page, ordered: "_id", AttendanceInterval.init)
        case .listeningDays: try await entities(ListeningDay.self, page)
        case .listens: try await entities(Listen.self, page)
        case .episodeFigures: try await entities(EpisodeFigures.self, page)
        case .downloadHits: try await entities(DownloadHit.self, page)
        case .downloadCounts: try await entities(DownloadCount.self, page)
        case .audit: try await read(collection, page, ordered: "_id", AuditEntry.init)
        case .outbox: try await messages(page)
        case .outboxHolds: try await holds(page)
        case .outboxKeys: try await forgottenKeys(page)
        case .notifications: try await read(collection, page, ordered: "_id", MemberNotification.init)
        }
    }

    func count(of collection: StoredCollection) async throws(StoreError) -> Int {
        try check(collection)
        let place = Self.place(collection)
        return try await database.run(MongoCall(collection.rawValue, "count")) { client in
            try client.count(place.filter, in: place.collection)
        }
    }

    func end() async {
        state.withLock { $0.isEnded = true }
    }

    /// In which collection of the database it is, and which of its documents belong to it.
    static func place(_ collection: StoredCollection) -> (collection: String, filter: BSON) {
        switch collection {
        case .outbox: (MongoOutbox.collection, ["sequence": ["$exists": true]])
        case .outboxHolds: (MongoConversation.collection, ["held_until": ["$gt": 0]])
        case .outboxKeys: (MongoOutbox.collection, ["forgotten": true])
        case .xpTransactions: (MongoLedger.lines, ["member": ["$exists": true]])
        default: (collection.rawValue, .empty)
        }
    }

    // MARK: Parts

    private struct Page: Sendable {
        var key: String?
        var limit: Int

        /// What lies behind the key, by a field that holds it as text.
        func filter(_ field: String) -> BSON {
            guard let key else { return .empty }
            return .document([BSON.Field(name: field, value: ["$gt": .string(key)])])
        }

        /// As `filter`, by a field that holds its number.
        func filter(number field: String) -> BSON {
            guard let key, let number = Int64(key) else { return .empty }
            return .document([BSON.Field(name: field, value: ["$gt": .integer(number)])])
        }
    }

    private func check(_ collection: StoredCollection) throws(StoreError) {
        guard !state.withLock(\.isEnded) else {
            throw .unavailable(source: "MongoDB \(collection.rawValue).records", code: 0)
        }
    }

    private func read<Record: TransferRecord>(
        _ collection: StoredCollection,
        _ page: Page,
        ordered field: String,
        _ make: @escaping @Sendable (BSON) throws -> Record
    ) async throws(StoreError) -> [StoredRecord] {
        let place = Self.place(collection)
        let behind = field == "sequence" ? page.filter(number: field) : page.filter(field)
        return try await database.run(MongoCall(collection.rawValue, "records")) { client in
            let query = MongoQuery(
                collection: place.collection,
                filter: behind == .empty ? place.filter : behind,
                sort: .document([BSON.Field(name: field, value: 1)]),
                limit: page.limit
            )
            return try client.find(query).map { try StoredRecord(make($0)) }
        }
    }

    private func messages(_ page: Page) async throws(StoreError) -> [StoredRecord] {
        let old = Timestamp.milliseconds(database.clock.now.addingTimeInterval(-Self.old.seconds))
        return try await read(.outbox, page, ordered: "sequence") { [self] document in
            let record = try OutboxRecord(document)
            if let settledAt = record.settledAt, Timestamp.milliseconds(settledAt) < old {
                state.withLock { _ = $0.given.insert(record.draft.dedupeKey) }
            }
            return record
        }
    }

    /// Before batches are given, their messages are brought to where they are read afterwards.
    private func batches(_ page: Page) async throws(StoreError) -> [StoredRecord] {
        try await database.run(MongoCall(RoomBatch.collection, "records")) { client in
            _ = try MongoRoomMessages(client: client).handOnAll()
        }
        return try await read(.roomEvents, page, ordered: "_id", RoomBatch.init)
    }

    /// Before lines are given, what was decided about them is carried out.
    private func lines(_ page: Page) async throws(StoreError) -> [StoredRecord] {
        let now = database.clock.now
        return try await database.run(MongoCall(XPTransaction.collection, "records")) { client in
            try MongoLedger(client: client, now: now).finish()
            let query = MongoQuery(
                collection: MongoLedger.lines,
                filter: Self.place(.xpTransactions).filter.with(["_id": ["$gt": .string(page.key ?? "")]]),
                sort: ["_id": 1],
                limit: page.limit
            )
            return try client.find(query).map { try StoredRecord(XPTransaction($0)) }
        }
    }

    private func forgottenKeys(_ page: Page) async throws(StoreError) -> [StoredRecord] {
        var records: [StoredRecord] = []
        var page = page
        while records.count < page.limit {
            let (keys, next) = try await keys(page)
            let given = state.withLock(\.given)
            for key in keys where !given.contains(key) {
                guard records.count < page.limit else { break }
                records.append(try StoredRecord(OutboxKeyRecord(dedupeKey: key)))
            }
            guard let next else { break }
            page.key = next
        }
        return records
    }

    /// - Returns: Keys, and behind which there may be more.
    private func keys(_ page: Page) async throws(StoreError) -> (keys: [String], next: String?) {
        try await database.run(MongoCall(StoredCollection.outboxKeys.rawValue, "records")) { client in
            let query = MongoQuery(
                collection: MongoOutbox.collection,
                filter: Self.place(.outboxKeys).filter.with(page.filter("_id")),
                sort: ["_id": 1],
                limit: page.limit,
                projection: ["_id": 1]
            )
            let keys = try client.find(query).compactMap { $0["_id"]?.string }
            return (keys, keys.count < page.limit ? nil : keys.last)
        }
    }

    private func holds(_ page: Page) async throws(StoreError) -> [StoredRecord] {
        try await database.run(MongoCall(StoredCollection.outboxHolds.rawValue, "records")) { client in
            var filter = Self.place(.outboxHolds).filter
            if let (bot, chat) = page.key.flatMap(RecordKey.conversation) {
                let name = BSON.string(bot.rawValue)
                filter = filter.with([
                    "$or": [
                        ["bot": ["$gt": name]], ["bot": name, "chat": ["$gt": .integer(chat.rawValue)]],
                    ]
                ])
            }
            let query = MongoQuery(
                collection: MongoConversation.collection,
                filter: filter,
                sort: ["bot": 1, "chat": 1],
                limit: page.limit
            )
            return try client.find(query).map { try StoredRecord(OutboxHoldRecord($0)) }
        }
    }

    /// Before a document is given, what its last change still has to do is done.
    private func entities<Entity: MongoEntity>(
        _ type: Entity.Type,
        _ page: Page
    ) async throws(StoreError) -> [StoredRecord] {
        let database = database
        return try await database.run(MongoCall(Entity.collection, "records")) { client in
            let query = MongoQuery(
                collection: Entity.collection,
                filter: page.filter("_id"),
                sort: ["_id": 1],
                limit: page.limit,
                projection: MongoDocument<Entity>.projection
            )
            return try client.find(query).map { found in
                let document: MongoDocument<Entity>
                do {
                    document = try MongoDocument<Entity>(found)
                } catch let error as DecodingError {
                    let detail = "the document \(found["_id"]?.string ?? "") cannot be read: \(error.place)"
                    throw StoreError.corrupt(collection: Entity.collection, detail: detail)
                }
                if document.hasEffects {
                    try MongoEffects(database: database, client: client).handOn(document)
                }
                return try StoredRecord(EntityRecord(document.entity, causes: try self.causes(of: document, client)))
            }
        }
    }

    private func causes<Entity: MongoEntity>(
        of document: MongoDocument<Entity>,
        _ client: MongoClient
    ) throws -> [AppliedCause] {
        var causes = document.causes.map { applied in
            AppliedCause(
                cause: Cause(rawValue: applied.cause),
                at: Timestamp.date(milliseconds: applied.at)
            )
        }
        guard document.spilledAt != nil else { return causes }
        let held = Set(document.causes.map(\.cause))
        let query = MongoQuery(
            collection: SpilledCause.collection,
            filter: ["collection": .string(Entity.collection), "entity": .string(document.entity.id.rawValue)],
            projection: ["cause": 1, "at": 1]
        )
        for spilled in try client.find(query) {
            guard let cause = spilled["cause"]?.string, let at = spilled["at"]?.integer, !held.contains(cause) else {
                continue
            }
            causes.append(AppliedCause(cause: Cause(rawValue: cause), at: Timestamp.date(milliseconds: at)))
        }
        return causes
    }
}
