import Domain
import Foundation
import Synchronization

/// Shows a `MemoryClubStore` as it was when the reader was made.
final class MemoryStoreReader: StoreReader {
    private let state: Mutex<MemoryState?>

    init(state: MemoryState) {
        self.state = Mutex(state)
    }

    func records(
        of collection: StoredCollection,
        after key: String?,
        limit: Int
    ) async throws(StoreError) -> [StoredRecord] {
        let behind = try current().records(of: collection).filter { RecordKey.precedes(key ?? "", $0.key) }
        return Array(behind.prefix(max(0, limit)))
    }

    func count(of collection: StoredCollection) async throws(StoreError) -> Int {
        try current().records(of: collection).count
    }

    func end() async {
        state.withLock { $0 = nil }
    }

    private func current() throws(StoreError) -> MemoryState {
        guard let state = state.withLock({ $0 }) else { throw .unavailable(source: "memory.reader", code: 0) }
        return state
    }
}

struct MemoryStoreLoader: StoreLoader {
    let club: MemoryClubStore

    func load(_ records: [StoredRecord], into collection: StoredCollection) async throws(StoreError) {
        try club.write(isAnnounced: false) { (state) throws(StoreError) in
            for record in records {
                guard try state.load(record, into: collection) else { throw .conflict(collection: collection.rawValue) }
            }
        }
    }

    func lastKey(of collection: StoredCollection) async throws(StoreError) -> String? {
        try club.read { (state) throws(StoreError) in try state.records(of: collection).last?.key }
    }
}

extension MemoryState {
    /// All records of a collection in the order of their keys.
    fileprivate func records(of collection: StoredCollection) throws(StoreError) -> [StoredRecord] {
        let records =
            switch collection {
            case .inboxOffsets:
                try Self.written(inbox.offsets.map { InboxOffsetRecord(bot: $0.key, nextOffset: $0.value) })
            case .inbox: try Self.written(inbox.records)
            case .users: try Self.written(members.records)
            case .podcasts: try Self.written(podcasts.records)
            case .liveSessions: try Self.written(liveSessions.records)
            case .rsvps: try Self.written(rsvps.records)
            case .thanks: try Self.written(thanks.records)
            case .clubSettings: try Self.written(settings.records)
            case .signInLinks: try Self.written(signInLinks.records)
            case .invites: try Self.written(invites.records)
            case .broadcasts: try Self.written(broadcasts.records)
            case .authSessions: try Self.written(authSessions.records)
            case .roomEvents: try Self.written(Array(roomEvents.values))
            case .chatMessages: try Self.written(Array(chatMessages.values))
            case .attendance: try Self.written(Array(attendance.values))
            case .listeningDays: try Self.written(listeningDays.records)
            case .listens: try Self.written(listens.records)
            case .episodeFigures: try Self.written(episodeFigures.records)
            case .downloadHits: try Self.written(downloadHits.records)
            case .downloadCounts: try Self.written(downloadCounts.records)
            case .xpCorrections: try Self.written(xpCorrections.records)
            case .badges: try Self.written(badges.records)
            case .toldProgress: try Self.written(toldProgress.records)
            case .showFigures: try Self.written(showFigures.records)
            case .deliveryDays: try Self.written(deliveryDays.records)
            case .xpTransactions: try Self.written(Array(ledger.values))
            case .audit: try Self.written(Array(audit.values))
            case .outbox: try Self.written(outbox.rows.filter { !$0.isForgotten }.map(\.record))
            case .outboxHolds:
                try Self.written(
                    outbox.holds.map { OutboxHoldRecord(bot: $0.key.bot, chat: $0.key.chat, until: $0.value) }
                )
            case .outboxKeys: try Self.written(outbox.forgottenKeys.map(OutboxKeyRecord.init))
            case .notifications: try Self.written(Array(notifications.values))
            }
        return records.sorted { RecordKey.precedes($0.key, $1.key) }
    }

    private static func written(_ records: [some TransferRecord]) throws(StoreError) -> [StoredRecord] {
        var written: [StoredRecord] = []
        for record in records { written.append(try StoredRecord(record)) }
        return written
    }

    /// - Returns: Whether it could be kept: false where another record holds a unique value of it.
    fileprivate mutating func load(
        _ record: StoredRecord,
        into collection: StoredCollection
    ) throws(StoreError) -> Bool {
        switch collection {
        case .inboxOffsets:
            let offset = try record.decoded(as: InboxOffsetRecord.self)
            inbox.offsets[offset.bot] = offset.nextOffset
        case .inbox: return inbox.load(try record.decoded(as: InboxRecord.self))
        case .users: return members.load(try record.decoded(as: EntityRecord<Member>.self))
        case .podcasts: return podcasts.load(try record.decoded(as: EntityRecord<Podcast>.self))
        case .liveSessions: return liveSessions.load(try record.decoded(as: EntityRecord<LiveSession>.self))
        case .rsvps: return rsvps.load(try record.decoded(as: EntityRecord<RSVP>.self))
        case .thanks: return thanks.load(try record.decoded(as: EntityRecord<Thanks>.self))
        case .clubSettings: return settings.load(try record.decoded(as: EntityRecord<ClubSettings>.self))
        case .signInLinks: return signInLinks.load(try record.decoded(as: EntityRecord<SignInLink>.self))
        case .invites: return invites.load(try record.decoded(as: EntityRecord<Invite>.self))
        case .broadcasts: return broadcasts.load(try record.decoded(as: EntityRecord<Broadcast>.self))
        case .authSessions: return authSessions.load(try record.decoded(as: EntityRecord<AuthSession>.self))
        case .roomEvents:
            let batch = try record.decoded(as: RoomBatch.self)
            roomEvents[batch.key] = batch
        case .chatMessages:
            let message = try record.decoded(as: ChatMessage.self)
            chatMessages[message.id] = message
        case .attendance:
            let interval = try record.decoded(as: AttendanceInterval.self)
            attendance[interval.id] = interval
        case .listeningDays: return listeningDays.load(try record.decoded(as: EntityRecord<ListeningDay>.self))
        case .listens: return listens.load(try record.decoded(as: EntityRecord<Listen>.self))
        case .episodeFigures: return episodeFigures.load(try record.decoded(as: EntityRecord<EpisodeFigures>.self))
        case .downloadHits: return downloadHits.load(try record.decoded(as: EntityRecord<DownloadHit>.self))
        case .downloadCounts: return downloadCounts.load(try record.decoded(as: EntityRecord<DownloadCount>.self))
        case .xpCorrections: return xpCorrections.load(try record.decoded(as: EntityRecord<XPCorrection>.self))
        case .badges: return badges.load(try record.decoded(as: EntityRecord<BadgeAward>.self))
        case .toldProgress: return toldProgress.load(try record.decoded(as: EntityRecord<ToldProgress>.self))
        case .showFigures: return showFigures.load(try record.decoded(as: EntityRecord<ShowFigures>.self))
        case .deliveryDays: return deliveryDays.load(try record.decoded(as: EntityRecord<DeliveryDay>.self))
        case .xpTransactions:
            let line = try record.decoded(as: XPTransaction.self)
            ledger[line.id] = line
        case .audit:
            let entry = try record.decoded(as: AuditEntry.self)
            audit[entry.id] = entry
        case .outbox: outbox.load(try record.decoded(as: OutboxRecord.self))
        case .outboxHolds:
            let hold = try record.decoded(as: OutboxHoldRecord.self)
            outbox.holds[MemoryOutbox.Conversation(bot: hold.bot, chat: hold.chat)] = hold.until
        case .outboxKeys: outbox.load(try record.decoded(as: OutboxKeyRecord.self))
        case .notifications:
            let entry = try record.decoded(as: MemberNotification.self)
            notifications[entry.id] = entry
        }
        return true
    }
}

extension MemoryCollection {
    fileprivate var records: [EntityRecord<Entity>] {
        documents.values.map { document in
            let causes = applied[document.id] ?? [:]
            return EntityRecord(document, causes: causes.map { AppliedCause(cause: $0.key, at: $0.value) })
        }
    }
}

extension MemoryInbox {
    fileprivate var records: [InboxRecord] {
        rows.values.map { $0.record(isPast: false) } + pastRows.map { $0.record(isPast: true) }
    }
}

extension MemoryInbox.Row {
    fileprivate func record(isPast: Bool) -> InboxRecord {
        var record = InboxRecord(sequence: item.sequence, entry: item.entry, isPast: isPast)
        record.handledAt = standing.handledAt
        switch standing {
        case .pending: record.state = .pending
        case .finished: record.state = .finished
        case .setAside(_, let error):
            record.state = .setAside
            record.error = error
        }
        return record
    }
}

extension MemoryInbox.Standing {
    /// What a record says, with the moment of its arrival where none is told.
    init(_ record: InboxRecord) {
        let at = record.handledAt ?? record.entry.receivedAt
        self =
            switch record.state {
            case .pending: .pending
            case .finished: .finished(at)
            case .setAside: .setAside(at, error: record.error ?? "")
            }
    }
}
