import Foundation
import TestSupport
import Testing

@testable import Domain

/// What happens outside of the rooms reaches them.
@Suite(.timeLimit(.minutes(1)))
struct RoomKeeperTests {
    private let store: any ClubStore
    private let directory: MemberDirectory
    private let shows: LiveSessions
    private let updates = RoomUpdates()
    private let listener = RoomListener()
    private let rooms: LiveRooms
    private let keeper: RoomKeeper
    private let host = Fixtures.member(1, role: .admin)
    private let guest = Fixtures.member(2)
    private let show = Fixtures.show(1)

    init() async throws {
        let clock = ManualClock()
        store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        directory = MemberDirectory(store: store, clock: clock, ids: ids, roomUpdates: updates)
        shows = LiveSessions(store: store, directory: directory, clock: clock, ids: ids)
        rooms = LiveRooms(store: store, shows: shows, clock: clock, ids: ids, audiences: [listener])
        keeper = RoomKeeper(rooms: rooms, shows: shows, updates: updates)
        for member in [host, guest] {
            _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(6)) { _ in Change(member) }
        }
        let show = show
        _ = try await store.liveSessions.change(.id(show.id), cause: Fixtures.cause(5)) { _ in Change(show) }
    }

    @Test func `who sits in the room hears that the show begins and ends`() async throws {
        try await enter("door", guest)
        _ = try await shows.start(show.id, by: host, cause: Fixtures.cause(1))
        try await keeper.work()
        let begun = try await rooms.snapshot(of: show.id, for: RoomPerson(guest))
        #expect(begun.phase == .live(since: Fixtures.start))
        _ = try await shows.end(show.id, by: host, cause: Fixtures.cause(2))
        try await keeper.work()
        let told = listener.signals.compactMap { signal -> RoomNews? in
            if case .numbered(_, let fact) = signal { fact.news } else { nil }
        }
        #expect(told.contains { if case .started = $0 { true } else { false } })
        #expect(told.contains(.ended(why: .host)))
        await rooms.close()
    }

    @Test func `who is banned is out of the room`() async throws {
        _ = try await shows.start(show.id, by: host, cause: Fixtures.cause(1))
        try await keeper.work()
        try await enter("seat", guest)
        _ = try await directory.decide(.ban, about: guest.id, by: host, cause: Fixtures.cause(3))
        try await keeper.work()
        #expect(listener.signals.contains(.closed(guest.id, .expelled)))
        await rooms.close()
    }

    @Test func `a planned show opens no room, a live one does when the program starts`() async throws {
        _ = try await shows.edit(show.id, ShowEdit(title: "Another title"), by: host, cause: Fixtures.cause(4))
        try await keeper.work()
        #expect(rooms.open.isEmpty)
        _ = try await shows.start(show.id, by: host, cause: Fixtures.cause(1))
        try await keeper.openLive()
        #expect(rooms.open == [show.id])
        await rooms.close()
    }

    @Test func `what the store could not take is taken over later`() async throws {
        _ = try await shows.start(show.id, by: host, cause: Fixtures.cause(1))
        await rooms.close()
        await #expect(throws: ChangeFailure.self) { try await keeper.work() }
        let later = LiveRooms(
            store: store,
            shows: shows,
            clock: ManualClock(),
            ids: Fixtures.ids(seed: 2),
            audiences: [listener]
        )
        try await RoomKeeper(rooms: later, shows: shows, updates: updates).work()
        #expect(later.open == [show.id])
        await later.close()
    }

    @Test func `a room that cannot be read keeps back no other, and nobody who is banned stays in one`() async throws {
        let others = (2...9).map { Fixtures.show($0, status: .live, host: Int64($0 + 10)) }
        for (number, other) in others.enumerated() {
            let cause = Fixtures.cause(20 + number)
            _ = try await store.liveSessions.change(.id(other.id), cause: cause) { _ in Change(other) }
        }
        let broken = others[0].id
        let shows = BrokenShows(shows: shows, broken: broken)
        let clock = ManualClock()
        let rooms = LiveRooms(store: store, shows: shows, clock: clock, ids: Fixtures.ids(), audiences: [listener])
        let keeper = RoomKeeper(rooms: rooms, shows: self.shows, updates: updates)
        try await keeper.openLive()
        let open = Set(others.map(\.id)).subtracting([broken])
        #expect(Set(rooms.open).isSuperset(of: open))

        for other in others { updates.changed(other.id, by: nil) }
        let id = ConnectionID(rawValue: "seat")
        try await rooms.enter(id, .browser, by: RoomActor(RoomPerson(guest)), in: others[1].id)
        _ = try await directory.decide(.ban, about: guest.id, by: host, cause: Fixtures.cause(3))
        await #expect(throws: ChangeFailure.store(BrokenShows.fault)) { try await keeper.work() }
        #expect(listener.signals.contains(.closed(guest.id, .expelled)))
        #expect(updates.next() == .show(broken, by: nil))
        #expect(updates.next() == nil)
        await rooms.close()
    }

    private func enter(_ connection: String, _ member: Member) async throws {
        let id = ConnectionID(rawValue: connection)
        try await rooms.enter(id, .browser, by: RoomActor(RoomPerson(member)), in: show.id)
    }
}

/// Shows one of which cannot be read.
private struct BrokenShows: RoomShows {
    static let fault = StoreError.corrupt(collection: RoomBatch.collection, detail: "a line of the log")

    let shows: LiveSessions
    let broken: LiveSessionID

    func show(_ id: LiveSessionID) async throws(ChangeFailure) -> RoomShow? {
        guard id != broken else { throw .store(Self.fault) }
        return try await shows.show(id)
    }

    func endSilent(_ id: LiveSessionID) async throws(ChangeFailure) {
        try await shows.endSilent(id)
    }
}
