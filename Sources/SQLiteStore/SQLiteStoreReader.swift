import Domain
import Foundation
import GRDB
import Synchronization

/// Shows the database as it was at one moment, to whoever copies it.
final class SQLiteStoreReader: StoreReader {
    private let database: SQLiteDatabase
    /// Given up by letting it go: that ends its transaction and closes its connection.
    private let snapshot: Mutex<DatabaseSnapshot?>

    init(database: SQLiteDatabase) async throws(StoreError) {
        self.database = database
        snapshot = Mutex(try await database.snapshot(Operation("database", "reader")))
    }

    func records(
        of collection: StoredCollection,
        after key: String?,
        limit: Int
    ) async throws(StoreError) -> [StoredRecord] {
        try await read(collection, "records") { database in
            let page = RecordPage(after: key, limit: max(0, limit), database: database)
            return switch collection {
            case .inboxOffsets: try page.inboxOffsets()
            case .inbox: try page.inbox()
            case .users: try page.documents(Member.self)
            case .podcasts: try page.documents(Podcast.self)
            case .liveSessions: try page.documents(LiveSession.self)
            case .rsvps: try page.documents(RSVP.self)
            case .thanks: try page.documents(Thanks.self)
            case .clubSettings: try page.documents(ClubSettings.self)
            case .signInLinks: try page.documents(SignInLink.self)
            case .invites: try page.documents(Invite.self)
            case .broadcasts: try page.documents(Broadcast.self)
            case .authSessions: try page.documents(AuthSession.self)
            case .xpCorrections: try page.documents(XPCorrection.self)
            case .badges: try page.documents(BadgeAward.self)
            case .toldProgress: try page.documents(ToldProgress.self)
            case .showFigures: try page.documents(ShowFigures.self)
            case .deliveryDays: try page.documents(DeliveryDay.self)
            case .xpTransactions: try page.xpTransactions()
            case .roomEvents: try page.roomEvents()
            case .chatMessages: try page.chatMessages()
            case .attendance: try page.attendance()
            case .listeningDays: try page.documents(ListeningDay.self)
            case .listens: try page.documents(Listen.self)
            case .episodeFigures: try page.documents(EpisodeFigures.self)
            case .downloadHits: try page.documents(DownloadHit.self)
            case .downloadCounts: try page.documents(DownloadCount.self)
            case .audit: try page.audit()
            case .outbox: try page.outbox()
            case .outboxHolds: try page.outboxHolds()
            case .outboxKeys: try page.outboxKeys()
            case .notifications: try page.notifications()
            }
        }
    }

    func count(of collection: StoredCollection) async throws(StoreError) -> Int {
        try await read(collection, "count") { database in
            switch collection {
            case .inboxOffsets, .inbox, .users, .podcasts, .liveSessions, .rsvps, .thanks, .clubSettings, .signInLinks,
                .invites, .broadcasts, .authSessions, .audit, .outbox, .notifications, .listeningDays, .listens,
                .episodeFigures, .downloadHits, .downloadCounts:
                try database.number("SELECT count(*) FROM \(collection.rawValue)")
            case .roomEvents, .chatMessages, .attendance, .xpCorrections, .badges, .toldProgress, .xpTransactions,
                .showFigures, .deliveryDays:
                try database.number("SELECT count(*) FROM \(collection.rawValue)")
            case .outboxHolds:
                try database.number("SELECT count(*) FROM conversations WHERE held_until > 0")
            case .outboxKeys:
                try database.number("SELECT count(*) FROM outbox_keys WHERE key NOT IN (\(RecordPage.keysInUse))")
            }
        }
    }

    func end() async {
        let last = snapshot.withLock { snapshot in
            defer { snapshot = nil }
            return snapshot
        }
        withExtendedLifetime(last) {}
    }

    private func read<Value: Sendable>(
        _ collection: StoredCollection,
        _ name: String,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let operation = Operation(collection.rawValue, name)
        guard let snapshot = snapshot.withLock({ $0 }) else {
            throw .unavailable(source: operation.source, code: SQLiteCode.closed)
        }
        return try await database.read(operation, from: snapshot, body)
    }
}
