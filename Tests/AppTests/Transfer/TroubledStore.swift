import Domain
import Foundation
import Synchronization

/// A store that works for a while: some calls of its loader or reader fail, or are not what they should be.
final class TroubledStore: ClubStore {
    /// What goes wrong.
    struct Trouble: Sendable {
        /// After so many calls of `load` every further one fails, as if the process had been killed.
        var loadsLeft: Int?
        /// After so many pages were read every further one fails.
        var pagesLeft: Int?
        /// What becomes of records on their way into the store.
        var change: (@Sendable ([StoredRecord], StoredCollection) -> [StoredRecord])?
        /// Runs behind each page that was read.
        var afterPage: (@Sendable () async throws -> Void)?
    }

    private let store: any ClubStore
    private let trouble: Mutex<Trouble>
    private let loads = Mutex(0)

    init(_ store: any ClubStore, _ trouble: Trouble) {
        self.store = store
        self.trouble = Mutex(trouble)
    }

    /// How many pages were loaded.
    var loadCount: Int { loads.withLock { $0 } }

    var members: any MemberStore { store.members }
    var podcasts: any PodcastStore { store.podcasts }
    var settings: any ClubSettingsStore { store.settings }
    var signInLinks: any SignInLinkStore { store.signInLinks }
    var authSessions: any AuthSessionStore { store.authSessions }
    var inbox: any InboxStore { store.inbox }
    var outbox: any OutboxStore { store.outbox }
    var liveSessions: any LiveSessionStore { store.liveSessions }
    var rsvps: any RSVPStore { store.rsvps }
    var thanks: any ThanksStore { store.thanks }
    var invites: any InviteStore { store.invites }
    var leases: any LeaseStore { store.leases }
    var broadcasts: any BroadcastStore { store.broadcasts }
    var listeningDays: any ListeningDayStore { store.listeningDays }
    var listens: any ListenStore { store.listens }
    var episodeFigures: any EpisodeFiguresStore { store.episodeFigures }
    var downloadHits: any DownloadHitStore { store.downloadHits }
    var downloadCounts: any DownloadCountStore { store.downloadCounts }
    var ledger: any LedgerStore { store.ledger }
    var xpCorrections: any XPCorrectionStore { store.xpCorrections }
    var badges: any BadgeStore { store.badges }
    var toldProgress: any ToldProgressStore { store.toldProgress }
    var showFigures: any ShowFiguresStore { store.showFigures }
    var deliveryDays: any DeliveryDayStore { store.deliveryDays }
    var notifications: any NotificationStore { store.notifications }
    var roomLog: any RoomLogStore { store.roomLog }
    var chatMessages: any ChatMessageStore { store.chatMessages }
    var attendance: any AttendanceStore { store.attendance }
    var audit: any AuditStore { store.audit }
    var traces: any TraceStore { store.traces }
    var summary: String { store.summary }
    var loader: any StoreLoader { Loader(troubled: self) }

    func reader() async throws(StoreError) -> any StoreReader {
        Reader(troubled: self, reader: try await store.reader())
    }

    func ping() async throws(StoreError) { try await store.ping() }

    func prune(now: Date) async throws(StoreError) { try await store.prune(now: now) }

    func close() async { await store.close() }

    private static let failure = StoreError.unavailable(source: "test", code: 7)

    private struct Loader: StoreLoader {
        let troubled: TroubledStore

        func load(_ records: [StoredRecord], into collection: StoredCollection) async throws(StoreError) {
            let change = try troubled.trouble.withLock { (trouble) throws(StoreError) in
                if trouble.loadsLeft == 0 { throw TroubledStore.failure }
                trouble.loadsLeft = trouble.loadsLeft.map { $0 - 1 }
                return trouble.change
            }
            troubled.loads.withLock { $0 += 1 }
            try await troubled.store.loader.load(change?(records, collection) ?? records, into: collection)
        }

        func lastKey(of collection: StoredCollection) async throws(StoreError) -> String? {
            try await troubled.store.loader.lastKey(of: collection)
        }
    }

    private struct Reader: StoreReader {
        let troubled: TroubledStore
        let reader: any StoreReader

        func records(
            of collection: StoredCollection,
            after key: String?,
            limit: Int
        ) async throws(StoreError) -> [StoredRecord] {
            let afterPage = try troubled.trouble.withLock { (trouble) throws(StoreError) in
                if trouble.pagesLeft == 0 { throw TroubledStore.failure }
                trouble.pagesLeft = trouble.pagesLeft.map { $0 - 1 }
                return trouble.afterPage
            }
            let records = try await reader.records(of: collection, after: key, limit: limit)
            do {
                try await afterPage?()
            } catch {
                throw TroubledStore.failure
            }
            return records
        }

        func count(of collection: StoredCollection) async throws(StoreError) -> Int {
            try await reader.count(of: collection)
        }

        func end() async {
            await reader.end()
        }
    }
}
