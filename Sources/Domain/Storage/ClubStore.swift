import Foundation

/// Everything that one store keeps, each collection behind its own port.
///
/// An adapter (SQLite, MongoDB, memory) implements all of them over one database; `Wiring` opens it once.
public protocol ClubStore: Sendable {
    var members: any MemberStore { get }
    var podcasts: any PodcastStore { get }
    var liveSessions: any LiveSessionStore { get }
    var rsvps: any RSVPStore { get }
    var thanks: any ThanksStore { get }
    var settings: any ClubSettingsStore { get }
    var signInLinks: any SignInLinkStore { get }
    var authSessions: any AuthSessionStore { get }
    var inbox: any InboxStore { get }
    var outbox: any OutboxStore { get }
    var invites: any InviteStore { get }
    var leases: any LeaseStore { get }
    var broadcasts: any BroadcastStore { get }
    var notifications: any NotificationStore { get }
    var roomLog: any RoomLogStore { get }
    var chatMessages: any ChatMessageStore { get }
    var attendance: any AttendanceStore { get }
    var listeningDays: any ListeningDayStore { get }
    var listens: any ListenStore { get }
    var episodeFigures: any EpisodeFiguresStore { get }
    var downloadHits: any DownloadHitStore { get }
    var downloadCounts: any DownloadCountStore { get }
    var ledger: any LedgerStore { get }
    var xpCorrections: any XPCorrectionStore { get }
    var badges: any BadgeStore { get }
    var toldProgress: any ToldProgressStore { get }
    var showFigures: any ShowFiguresStore { get }
    var deliveryDays: any DeliveryDayStore { get }
    var audit: any AuditStore { get }
    var traces: any TraceStore { get }
    /// Takes what another store gave; see `StoreLoader`.
    var loader: any StoreLoader { get }

    /// What this store is, for people: the technology and where it keeps its data, without any password.
    var summary: String { get }

    /// Returns when the store answered a small question.
    /// - Throws: `.unavailable`, `.corrupt`.
    func ping() async throws(StoreError)

    /// Gives everything that is kept, as it is at this moment; to be ended by `StoreReader.end`.
    /// - Throws: `.unavailable`, `.corrupt`.
    func reader() async throws(StoreError) -> any StoreReader

    /// Forgets what is kept for a limited time only: applied causes and finished updates after 48 hours, messages
    /// 30 days after they were sent or given up (their dedupe keys stay), updates that were set aside after 90 days,
    /// sign-in links, invites and sessions a day after they ended, broadcasts that were never sent a day after they
    /// were written, notifications after `MemberNotification.lifetime`, raw downloads after `DownloadHit.lifetime`. The
    /// audit stays.
    func prune(now: Date) async throws(StoreError)

    /// Waits for what is under way and closes the database. Every later call throws `.unavailable`.
    func close() async
}
