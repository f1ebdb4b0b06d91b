import Foundation
import Synchronization
import TestSupport

@testable import Domain

/// Hears a room, and lets tests wait for what they expect.
final class RoomListener: RoomAudience {
    private struct State {
        var signals: [RoomSignal] = []
        var broadcasts: [RoomBroadcast] = []
        var waiters: [(fits: @Sendable (RoomSignal) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    func hear(_ broadcast: RoomBroadcast) {
        let done = state.withLock { state in
            state.signals += broadcast.signals
            state.broadcasts.append(broadcast)
            let done = state.waiters.filter { waiter in broadcast.signals.contains(where: waiter.fits) }
            state.waiters.removeAll { waiter in broadcast.signals.contains(where: waiter.fits) }
            return done
        }
        for waiter in done { waiter.continuation.resume() }
    }

    var signals: [RoomSignal] { state.withLock(\.signals) }
    var broadcasts: [RoomBroadcast] { state.withLock(\.broadcasts) }

    /// Returns as soon as something like this was heard.
    func wait(for fits: @escaping @Sendable (RoomSignal) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isHeard = state.withLock { state in
                if state.signals.contains(where: fits) { return true }
                state.waiters.append((fits, continuation))
                return false
            }
            if isHeard { continuation.resume() }
        }
    }

    /// The texts of the chat in the order in which they were heard.
    var texts: [String] { signals.compactMap(\.text) }

    func welcome(_ connection: ConnectionID) -> RoomWelcome? {
        signals.reversed().compactMap { signal in
            if case .welcome(connection, let welcome) = signal { welcome } else { nil }
        }.first
    }
}

extension RoomSignal {
    var text: String? {
        guard case .numbered(_, let fact) = self, case .said(let message) = fact.news else { return nil }
        return message.words?.text
    }
}

/// Shows that a test begins and ends.
final class ScriptedShows: RoomShows {
    private let state: Mutex<(show: RoomShow?, silentEnds: Int)>
    /// Where somebody asks while it is closed, they wait.
    private let gate = Gate()

    init(_ phase: RoomShow.Phase? = .live) {
        state = Mutex((phase.map { RoomShow(phase: $0, crew: RoomBench.crew, hands: .everyone) }, 0))
    }

    /// From now on who asks for a show waits for `release`.
    func hold() { gate.close() }

    /// Answers those who wait; there are no shows of these ids.
    func release(_ missing: [LiveSessionID]) {
        self.missing.withLock { $0.formUnion(missing) }
        gate.open()
    }

    private let missing = Mutex<Set<LiveSessionID>>([])

    func become(_ phase: RoomShow.Phase) {
        state.withLock { $0.show = RoomShow(phase: phase, crew: RoomBench.crew, hands: .everyone) }
    }

    var silentEnds: Int { state.withLock(\.silentEnds) }

    func show(_ id: LiveSessionID) async throws(ChangeFailure) -> RoomShow? {
        await gate.pass()
        return missing.withLock { $0.contains(id) } ? nil : state.withLock(\.show)
    }

    func endSilent(_ id: LiveSessionID) async throws(ChangeFailure) {
        state.withLock { $0.silentEnds += 1 }
        become(.over)
    }
}

/// A process with a room in it.
struct RoomProcess {
    static let session = LiveSessionID(rawValue: "show")

    let clock: ManualClock
    let store: any ClubStore
    let shows: ScriptedShows
    let listener = RoomListener()
    let rooms: LiveRooms

    init(
        clock: ManualClock = ManualClock(),
        store: (any ClubStore)? = nil,
        shows: ScriptedShows = ScriptedShows(),
        seed: UInt64 = 1
    ) {
        self.clock = clock
        let store = store ?? MemoryClubStore(clock: clock)
        self.store = store
        self.shows = shows
        rooms = LiveRooms(
            store: store,
            shows: shows,
            clock: clock,
            ids: Fixtures.ids(seed: seed),
            audiences: [listener]
        )
    }

    /// Another process on the same store.
    func another(seed: UInt64 = 2) -> RoomProcess {
        RoomProcess(clock: clock, store: store, shows: shows, seed: seed)
    }

    static func actor(_ member: String) -> RoomActor {
        RoomActor(RoomPerson(id: MemberID(rawValue: member), name: "Name of \(member)"))
    }

    @discardableResult
    func say(_ text: String, as clientID: String? = nil, by member: String = "ann") async throws -> RoomAnswer {
        try await rooms.perform(
            .chat(text, clientID: clientID ?? text, isQuestion: false),
            by: Self.actor(member),
            in: Self.session
        )
    }

    func perform(_ command: RoomCommand, by member: String) async throws {
        try await rooms.perform(command, by: Self.actor(member), in: Self.session)
    }

    @discardableResult
    func enter(
        _ connection: String,
        by member: String = "ann",
        since place: RoomPlace? = nil
    ) async throws -> RoomWelcome? {
        let id = ConnectionID(rawValue: connection)
        try await rooms.enter(id, .browser, by: Self.actor(member), in: Self.session, since: place)
        return listener.welcome(id)
    }

    /// The room in the test's own hands.
    func desk() async throws -> RoomDesk {
        var desk = try await RoomDesk.open(
            Self.session,
            store: store,
            shows: shows,
            clock: clock,
            audiences: [listener],
            news: AttendanceNews()
        )
        let orders = try await desk.orders(by: Self.actor("host"), epoch: "first")
        _ = await desk.handle(orders.map(RoomDesk.Work.order))
        return desk
    }

    func snapshot() async throws -> RoomSnapshot {
        try await rooms.snapshot(of: Self.session, for: Self.actor("eve").person)
    }

    func log() async throws -> [RoomBatch] {
        try await store.roomLog.batches(of: Self.session, after: 0, limit: 1_000)
    }
}
