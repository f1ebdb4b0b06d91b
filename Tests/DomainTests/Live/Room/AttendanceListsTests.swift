import Foundation
import TestSupport
import Testing

@testable import Domain

/// Who was in a show that is over.
@Suite(.timeLimit(.minutes(1)))
struct AttendanceListsTests {
    private let process = RoomProcess(shows: ScriptedShows(.over))

    private func keep(_ member: String, _ part: AttendanceInterval.Part = .seat(.browser)) async throws {
        let interval = Fixtures.interval(
            "\(member) \(part.rawValue)",
            of: MemberID(rawValue: member),
            part,
            in: RoomProcess.session,
            from: Fixtures.start
        )
        try await process.store.attendance.keep([interval])
    }

    private func names() async throws -> [String] {
        try await process.rooms.attended(RoomProcess.session).map(\.member.rawValue)
    }

    @Test func `all pages are cut from one list, which is read anew after a minute`() async throws {
        for member in ["b", "a"] { try await keep(member) }
        try await keep("b", .stage)
        let list = try await process.rooms.attended(RoomProcess.session)
        #expect(list.map(\.member.rawValue) == ["a", "b"] && list.map(\.isOnStage) == [false, true])
        try await keep("c")
        process.clock.advance(by: .milliseconds(59_999))
        #expect(try await names() == ["a", "b"])
        process.clock.advance(by: .milliseconds(1))
        #expect(try await names() == ["a", "b", "c"])
    }

    @Test func `who is forgotten is in no list any more`() async throws {
        for member in ["a", "b"] { try await keep(member) }
        #expect(try await names() == ["a", "b"])
        try await process.store.attendance.forget(MemberID(rawValue: "a"))
        try await process.rooms.forget(MemberID(rawValue: "a"))
        #expect(try await names() == ["b"])
    }

    @Test func `a list that could not be read is read again`() async throws {
        let clock = ManualClock()
        let store = MemoryClubStore(clock: clock)
        let rooms = LiveRooms(
            store: store,
            shows: ScriptedShows(.over),
            clock: clock,
            ids: Fixtures.ids(),
            audiences: []
        )
        let outage = StoreError.unavailable(source: "memory", code: 1)
        store.setOutage(outage)
        await #expect(throws: ChangeFailure.store(outage)) { try await rooms.attended(RoomProcess.session) }
        store.setOutage(nil)
        #expect(try await rooms.attended(RoomProcess.session).isEmpty)
    }
}
