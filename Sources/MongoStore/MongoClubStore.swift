import Domain
import Foundation
import Logging

/// The club's store in a MongoDB database, for clubs that run on a server.
///
/// What a call has answered is acknowledged by most members of a replica set and their journals; a standalone server
/// serves as well. Several processes, also of several machines, may use the same database.
public final class MongoClubStore: ClubStore {
    let database: MongoDatabase

    init(database: MongoDatabase) {
        self.database = database
    }

    public var members: any MemberStore { MongoEntityStore<Member>(database: database) }
    public var podcasts: any PodcastStore { MongoEntityStore<Podcast>(database: database) }
    public var liveSessions: any LiveSessionStore { MongoEntityStore<LiveSession>(database: database) }
    public var rsvps: any RSVPStore { MongoEntityStore<RSVP>(database: database) }
    public var thanks: any ThanksStore { MongoEntityStore<Thanks>(database: database) }
    public var settings: any ClubSettingsStore { MongoEntityStore<ClubSettings>(database: database) }
    public var signInLinks: any SignInLinkStore { MongoEntityStore<SignInLink>(database: database) }
    public var authSessions: any AuthSessionStore { MongoEntityStore<AuthSession>(database: database) }
    public var inbox: any InboxStore { MongoInboxStore(database: database) }
    public var outbox: any OutboxStore { MongoOutboxStore(database: database) }
    public var leases: any LeaseStore { MongoLeaseStore(database: database) }
    public var invites: any InviteStore { MongoEntityStore<Invite>(database: database) }
    public var broadcasts: any BroadcastStore { MongoEntityStore<Broadcast>(database: database) }
    public var notifications: any NotificationStore { MongoNotificationStore(database: database) }
    public var roomLog: any RoomLogStore { MongoRoomLogStore(database: database) }
    public var chatMessages: any ChatMessageStore { MongoChatMessageStore(database: database) }
    public var attendance: any AttendanceStore { MongoAttendanceStore(database: database) }
    public var listeningDays: any ListeningDayStore { MongoEntityStore<ListeningDay>(database: database) }
    public var listens: any ListenStore { MongoEntityStore<Listen>(database: database) }
    public var episodeFigures: any EpisodeFiguresStore { MongoEntityStore<EpisodeFigures>(database: database) }
    public var downloadHits: any DownloadHitStore { MongoEntityStore<DownloadHit>(database: database) }
    public var downloadCounts: any DownloadCountStore { MongoEntityStore<DownloadCount>(database: database) }
    public var ledger: any LedgerStore { MongoLedgerStore(database: database) }
    public var xpCorrections: any XPCorrectionStore { MongoEntityStore<XPCorrection>(database: database) }
    public var badges: any BadgeStore { MongoEntityStore<BadgeAward>(database: database) }
    public var toldProgress: any ToldProgressStore { MongoEntityStore<ToldProgress>(database: database) }
    public var showFigures: any ShowFiguresStore { MongoEntityStore<ShowFigures>(database: database) }
    public var deliveryDays: any DeliveryDayStore { MongoEntityStore<DeliveryDay>(database: database) }
    public var audit: any AuditStore { MongoAuditStore(database: database) }
    public var traces: any TraceStore { MongoTraceStore(database: database) }

    public var summary: String { "\(database.connection.address), database \(database.connection.database)" }

    /// Heals what a crash has left half done; to be run beside everything else.
    public func sweep(logger: Logger) -> MongoSweep {
        MongoSweep(database: database, logger: logger)
    }

    public func ping() async throws(StoreError) {
        try await database.run(MongoCall("database", "ping")) { _ = try $0.read(["ping": 1]) }
    }

    public func close() async {
        await database.connection.close()
    }
}
