import Domain
import Foundation
import Synchronization
import TestSupport

/// A store in memory whose ping has no answer until the test lets it go on.
final class HangingStore: ClubStore {
    private struct State {
        var questions = 0
        var isHanging = true
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    let memory: MemoryClubStore
    private let state = Mutex(State())

    init(clock: any ClubClock) {
        memory = MemoryClubStore(clock: clock)
    }

    /// How often it was asked.
    var questions: Int { state.withLock(\.questions) }

    /// From now on it answers, also what it was asked before.
    func goOn() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.isHanging = false
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func ping() async throws(StoreError) {
        await withCheckedContinuation { continuation in
            let isAnswered = state.withLock { state in
                state.questions += 1
                if state.isHanging { state.waiting.append(continuation) }
                return !state.isHanging
            }
            if isAnswered { continuation.resume() }
        }
        try await memory.ping()
    }

    var members: any MemberStore { memory.members }
    var podcasts: any PodcastStore { memory.podcasts }
    var settings: any ClubSettingsStore { memory.settings }
    var signInLinks: any SignInLinkStore { memory.signInLinks }
    var authSessions: any AuthSessionStore { memory.authSessions }
    var inbox: any InboxStore { memory.inbox }
    var outbox: any OutboxStore { memory.outbox }
    var liveSessions: any LiveSessionStore { memory.liveSessions }
    var rsvps: any RSVPStore { memory.rsvps }
    var thanks: any ThanksStore { memory.thanks }
    var invites: any InviteStore { memory.invites }
    var leases: any LeaseStore { memory.leases }
    var broadcasts: any BroadcastStore { memory.broadcasts }
    var listeningDays: any ListeningDayStore { memory.listeningDays }
    var listens: any ListenStore { memory.listens }
    var episodeFigures: any EpisodeFiguresStore { memory.episodeFigures }
    var downloadHits: any DownloadHitStore { memory.downloadHits }
    var downloadCounts: any DownloadCountStore { memory.downloadCounts }
    var ledger: any LedgerStore { memory.ledger }
    var xpCorrections: any XPCorrectionStore { memory.xpCorrections }
    var badges: any BadgeStore { memory.badges }
    var toldProgress: any ToldProgressStore { memory.toldProgress }
    var showFigures: any ShowFiguresStore { memory.showFigures }
    var deliveryDays: any DeliveryDayStore { memory.deliveryDays }
    var notifications: any NotificationStore { memory.notifications }
    var roomLog: any RoomLogStore { memory.roomLog }
    var chatMessages: any ChatMessageStore { memory.chatMessages }
    var attendance: any AttendanceStore { memory.attendance }
    var audit: any AuditStore { memory.audit }
    var traces: any TraceStore { memory.traces }
    var loader: any StoreLoader { memory.loader }
    var summary: String { memory.summary }

    func reader() async throws(StoreError) -> any StoreReader { try await memory.reader() }
    func prune(now: Date) async throws(StoreError) { try await memory.prune(now: now) }
    func close() async { await memory.close() }
}
