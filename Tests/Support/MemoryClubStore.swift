import Domain
import Foundation
import Synchronization

/// A club store that forgets everything with the process: the model by which other stores are judged, and what tests
/// of services use. One lock makes every call atomic.
public final class MemoryClubStore: ClubStore {
    private let state = Mutex(MemoryState())
    private let signal: OutboxSignal
    let clock: any ClubClock
    /// While a test keeps it closed, whoever reads a room's log waits.
    public let roomReading = Gate()
    /// While a test keeps it closed, whoever stores attendance waits.
    public let attendanceKeeping = Gate()

    /// - Parameters:
    ///   - signal: Told after each change that added messages.
    ///   - clock: Says when a cause was applied and when a change's messages were decided.
    public init(signal: OutboxSignal = OutboxSignal(), clock: any ClubClock) {
        self.signal = signal
        self.clock = clock
    }

    public var members: any MemberStore { MemoryEntityStore(club: self, place: \.members) }
    public var podcasts: any PodcastStore { MemoryEntityStore(club: self, place: \.podcasts) }
    public var liveSessions: any LiveSessionStore { MemoryEntityStore(club: self, place: \.liveSessions) }
    public var rsvps: any RSVPStore { MemoryEntityStore(club: self, place: \.rsvps) }
    public var thanks: any ThanksStore { MemoryEntityStore(club: self, place: \.thanks) }
    public var settings: any ClubSettingsStore { MemoryEntityStore(club: self, place: \.settings) }
    public var signInLinks: any SignInLinkStore { MemoryEntityStore(club: self, place: \.signInLinks) }
    public var authSessions: any AuthSessionStore { MemoryEntityStore(club: self, place: \.authSessions) }
    public var inbox: any InboxStore { MemoryInboxStore(club: self) }
    public var outbox: any OutboxStore { MemoryOutboxStore(club: self) }
    public var leases: any LeaseStore { MemoryLeaseStore(club: self) }
    public var invites: any InviteStore { MemoryEntityStore(club: self, place: \.invites) }
    public var broadcasts: any BroadcastStore { MemoryEntityStore(club: self, place: \.broadcasts) }
    public var notifications: any NotificationStore { MemoryNotificationStore(club: self) }
    public var roomLog: any RoomLogStore { MemoryRoomLogStore(club: self) }
    public var chatMessages: any ChatMessageStore { MemoryChatMessageStore(club: self) }
    public var attendance: any AttendanceStore { MemoryAttendanceStore(club: self) }
    public var listeningDays: any ListeningDayStore { MemoryEntityStore(club: self, place: \.listeningDays) }
    public var listens: any ListenStore { MemoryEntityStore(club: self, place: \.listens) }
    public var episodeFigures: any EpisodeFiguresStore { MemoryEntityStore(club: self, place: \.episodeFigures) }
    public var downloadHits: any DownloadHitStore { MemoryEntityStore(club: self, place: \.downloadHits) }
    public var downloadCounts: any DownloadCountStore { MemoryEntityStore(club: self, place: \.downloadCounts) }
    public var ledger: any LedgerStore { MemoryLedgerStore(club: self) }
    public var xpCorrections: any XPCorrectionStore { MemoryEntityStore(club: self, place: \.xpCorrections) }
    public var badges: any BadgeStore { MemoryEntityStore(club: self, place: \.badges) }
    public var toldProgress: any ToldProgressStore { MemoryEntityStore(club: self, place: \.toldProgress) }
    public var showFigures: any ShowFiguresStore { MemoryEntityStore(club: self, place: \.showFigures) }
    public var deliveryDays: any DeliveryDayStore { MemoryEntityStore(club: self, place: \.deliveryDays) }
    public var audit: any AuditStore { MemoryAuditStore(club: self) }
    public var traces: any TraceStore { MemoryTraceStore(club: self) }
    public var loader: any StoreLoader { MemoryStoreLoader(club: self) }

    public var summary: String { "memory" }

    public func ping() async throws(StoreError) {
        try read { _ in }
    }

    public func reader() async throws(StoreError) -> any StoreReader {
        MemoryStoreReader(state: try read { $0 })
    }

    public func prune(now: Date) async throws(StoreError) {
        try write { $0.prune(now: now) }
    }

    public func close() async {
        setOutage(.unavailable(source: "memory", code: 0))
    }

    /// From now on every call throws `error`; with nil the store is well again.
    public func setOutage(_ error: StoreError?) {
        state.withLock { $0.outage = error }
    }

    /// From now on what has this id cannot be read; with nil everything can.
    public func spoil(_ id: String?) {
        state.withLock { $0.spoilt = id }
    }

    /// So many more changes succeed, as if the program crashed after them; every later one throws `.unavailable`, until
    /// nil says that the program runs again.
    public func crash(afterWrites count: Int?) {
        state.withLock { $0.writesLeft = count }
    }

    /// Every draft that was ever stored, in the order of arrival, whatever became of it.
    public var storedDrafts: [OutboxDraft] {
        state.withLock { $0.outbox.rows.map(\.record.draft) }
    }

    /// Marks all that waits for the club's bot as sent.
    /// - Returns: What people read of it, in order: menus are none of it.
    public func sendAll(now: Date) async throws(StoreError) -> [OutboxDraft] {
        var drafts: [OutboxDraft] = []
        while true {
            let rows = try await outbox.claim(
                bot: .club,
                lanes: Set(OutboxLane.allCases),
                excluding: [],
                limit: 100,
                now: now
            )
            guard !rows.isEmpty else { return drafts.filter { $0.body != .notice(.menuChanged) } }
            drafts += rows.map(\.draft)
            try await outbox.settle(rows.map { ($0.sequence, .sent(message: 1)) }, now: now)
        }
    }

    func read<Value: Sendable>(_ body: (MemoryState) throws(StoreError) -> Value) throws(StoreError) -> Value {
        try state.withLock { (state) throws(StoreError) -> Value in
            if let outage = state.outage { throw outage }
            return try body(state)
        }
    }

    /// Runs `body` on a copy that is kept where it succeeds, then tells who sends what messages were added.
    func write<Value: Sendable>(
        isAnnounced: Bool = true,
        _ body: (inout MemoryState) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        let (value, added) = try state.withLock { (state) throws(StoreError) -> (Value, [OutboxDraft]) in
            if let outage = state.outage { throw outage }
            if state.writesLeft == 0 { throw .unavailable(source: "memory", code: 0) }
            var next = state
            next.writesLeft = state.writesLeft.map { $0 - 1 }
            let value = try body(&next)
            let added = next.outbox.rows.dropFirst(state.outbox.rows.count).map(\.record.draft)
            state = next
            return (value, added)
        }
        if isAnnounced, !added.isEmpty { signal.committed(added) }
        return value
    }
}

/// All that a `MemoryClubStore` keeps.
struct MemoryState: Sendable {
    /// What every call throws, where the store is down.
    var outage: StoreError?
    /// The id of what cannot be read.
    var spoilt: String?
    /// How many more changes succeed; nil: all.
    var writesLeft: Int?
    var members = MemoryCollection<Member>()
    var podcasts = MemoryCollection<Podcast>()
    var liveSessions = MemoryCollection<LiveSession>()
    var rsvps = MemoryCollection<RSVP>()
    var thanks = MemoryCollection<Thanks>()
    var settings = MemoryCollection<ClubSettings>()
    var signInLinks = MemoryCollection<SignInLink>()
    var invites = MemoryCollection<Invite>()
    var broadcasts = MemoryCollection<Broadcast>()
    var notifications: [NotificationID: MemberNotification] = [:]
    var authSessions = MemoryCollection<AuthSession>()
    var inbox = MemoryInbox()
    var outbox = MemoryOutbox()
    var leases: [String: Lease] = [:]
    var roomEvents: [String: RoomBatch] = [:]
    var chatMessages: [RoomMessageID: ChatMessage] = [:]
    var attendance: [AttendanceID: AttendanceInterval] = [:]
    var listeningDays = MemoryCollection<ListeningDay>()
    var listens = MemoryCollection<Listen>()
    var episodeFigures = MemoryCollection<EpisodeFigures>()
    var downloadHits = MemoryCollection<DownloadHit>()
    var downloadCounts = MemoryCollection<DownloadCount>()
    var xpCorrections = MemoryCollection<XPCorrection>()
    var badges = MemoryCollection<BadgeAward>()
    var toldProgress = MemoryCollection<ToldProgress>()
    var showFigures = MemoryCollection<ShowFigures>()
    var deliveryDays = MemoryCollection<DeliveryDay>()
    /// The lines by their ids.
    var ledger: [String: XPTransaction] = [:]
    var audit: [AuditID: AuditEntry] = [:]

    mutating func prune(now: Date) {
        let causes = now.addingTimeInterval(-Cause.remembered.seconds)
        members.forgetCauses(before: causes)
        podcasts.forgetCauses(before: causes)
        liveSessions.forgetCauses(before: causes)
        rsvps.forgetCauses(before: causes)
        thanks.forgetCauses(before: causes)
        settings.forgetCauses(before: causes)
        signInLinks.forgetCauses(before: causes)
        invites.forgetCauses(before: causes)
        broadcasts.forgetCauses(before: causes)
        authSessions.forgetCauses(before: causes)
        listeningDays.forgetCauses(before: causes)
        listens.forgetCauses(before: causes)
        episodeFigures.forgetCauses(before: causes)
        downloadHits.forgetCauses(before: causes)
        downloadCounts.forgetCauses(before: causes)
        xpCorrections.forgetCauses(before: causes)
        badges.forgetCauses(before: causes)
        toldProgress.forgetCauses(before: causes)
        showFigures.forgetCauses(before: causes)
        deliveryDays.forgetCauses(before: causes)
        inbox.forget(finishedBefore: causes, setAsideBefore: now.addingTimeInterval(-90 * 86_400))
        outbox.forgetSettled(before: now.addingTimeInterval(-30 * 86_400))
        let yesterday = now.addingTimeInterval(-86_400)
        invites.remove { $0.endsAt < yesterday }
        broadcasts.remove { $0.draftedAt.map { $0 < yesterday } ?? false }
        let told = now.addingTimeInterval(-MemberNotification.lifetime.seconds)
        notifications = notifications.filter { $0.value.createdAt >= told }
        let fetched = now.addingTimeInterval(-DownloadHit.lifetime.seconds)
        downloadHits.remove { $0.lastAt < fetched }
        signInLinks.remove { $0.expiresAt < yesterday }
        authSessions.remove { min($0.endedAt ?? $0.expiresAt, $0.expiresAt) < yesterday }
    }
}
