import Domain
import Foundation
import GRDB

/// The club's store in one SQLite file: the default.
///
/// What a call has answered is on the disk (write-ahead log, `synchronous = FULL`). Several processes of one machine
/// may open the same file.
public final class SQLiteClubStore: ClubStore {
    let database: SQLiteDatabase

    init(database: SQLiteDatabase) {
        self.database = database
    }

    /// Opens the store, making its folder and file where they are not there, and migrates an older one. It blocks
    /// meanwhile: at most 5 s for another process's lock, and the time of a migration.
    /// - Parameters:
    ///   - path: The file. SQLite keeps two more beside it, with `-wal` and `-shm` behind the name.
    ///   - signal: Told of the messages that a write added, after it was committed.
    ///   - clock: Says when a cause was applied and when a change's messages were decided.
    /// - Returns: The store, ready for use.
    /// - Throws: `.corrupt` where the file is no database, another program's, or a newer version's: it is left as it
    ///   is. `.unavailable` where it cannot be opened.
    public static func open(
        path: String,
        signal: OutboxSignal,
        clock: any ClubClock
    ) throws(StoreError) -> SQLiteClubStore {
        SQLiteClubStore(database: try SQLiteDatabase.open(path: path, signal: signal, clock: clock))
    }

    public var members: any MemberStore { SQLiteEntityStore<Member>(database: database) }
    public var podcasts: any PodcastStore { SQLiteEntityStore<Podcast>(database: database) }
    public var liveSessions: any LiveSessionStore { SQLiteEntityStore<LiveSession>(database: database) }
    public var rsvps: any RSVPStore { SQLiteEntityStore<RSVP>(database: database) }
    public var thanks: any ThanksStore { SQLiteEntityStore<Thanks>(database: database) }
    public var settings: any ClubSettingsStore { SQLiteEntityStore<ClubSettings>(database: database) }
    public var signInLinks: any SignInLinkStore { SQLiteEntityStore<SignInLink>(database: database) }
    public var authSessions: any AuthSessionStore { SQLiteEntityStore<AuthSession>(database: database) }
    public var inbox: any InboxStore { SQLiteInboxStore(database: database) }
    public var outbox: any OutboxStore { SQLiteOutboxStore(database: database) }
    public var leases: any LeaseStore { SQLiteLeaseStore(database: database) }
    public var invites: any InviteStore { SQLiteEntityStore<Invite>(database: database) }
    public var broadcasts: any BroadcastStore { SQLiteEntityStore<Broadcast>(database: database) }
    public var notifications: any NotificationStore { SQLiteNotificationStore(database: database) }
    public var roomLog: any RoomLogStore { SQLiteRoomLogStore(database: database) }
    public var chatMessages: any ChatMessageStore { SQLiteChatMessageStore(database: database) }
    public var attendance: any AttendanceStore { SQLiteAttendanceStore(database: database) }
    public var listeningDays: any ListeningDayStore { SQLiteEntityStore<ListeningDay>(database: database) }
    public var listens: any ListenStore { SQLiteEntityStore<Listen>(database: database) }
    public var episodeFigures: any EpisodeFiguresStore { SQLiteEntityStore<EpisodeFigures>(database: database) }
    public var downloadHits: any DownloadHitStore { SQLiteEntityStore<DownloadHit>(database: database) }
    public var downloadCounts: any DownloadCountStore { SQLiteEntityStore<DownloadCount>(database: database) }
    public var ledger: any LedgerStore { SQLiteLedgerStore(database: database) }
    public var xpCorrections: any XPCorrectionStore { SQLiteEntityStore<XPCorrection>(database: database) }
    public var badges: any BadgeStore { SQLiteEntityStore<BadgeAward>(database: database) }
    public var toldProgress: any ToldProgressStore { SQLiteEntityStore<ToldProgress>(database: database) }
    public var showFigures: any ShowFiguresStore { SQLiteEntityStore<ShowFigures>(database: database) }
    public var deliveryDays: any DeliveryDayStore { SQLiteEntityStore<DeliveryDay>(database: database) }
    public var audit: any AuditStore { SQLiteAuditStore(database: database) }
    public var traces: any TraceStore { SQLiteTraceStore(database: database) }
    public var loader: any StoreLoader { SQLiteStoreLoader(database: database) }

    public var summary: String { "SQLite, \(database.path)" }

    public func ping() async throws(StoreError) {
        try await database.read(Operation("database", "ping")) { database in
            _ = try database.number("SELECT 1 FROM club_settings WHERE id = ?", [ClubID.club.rawValue])
        }
    }

    public func reader() async throws(StoreError) -> any StoreReader {
        try await SQLiteStoreReader(database: database)
    }

    public func close() async {
        await database.close()
    }
}
