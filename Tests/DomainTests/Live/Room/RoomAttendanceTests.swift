import Foundation
import TestSupport
import Testing

@testable import Domain

/// What is written down of who was in a room, beyond one process and beyond a membership.
@Suite(.timeLimit(.minutes(1)))
struct RoomAttendanceTests {
    private let store: MemoryClubStore
    private let process: RoomProcess
    private let ann = MemberID(rawValue: "ann")

    init() {
        let clock = ManualClock()
        store = MemoryClubStore(clock: clock)
        process = RoomProcess(clock: clock, store: store)
    }

    private func kept() async throws -> [AttendanceInterval] {
        try await store.attendance.intervals(of: RoomProcess.session, after: nil, limit: 99)
    }

    @Test func `who listened on through a restart was there before it, too`() async throws {
        let sound = ConnectionID(rawValue: "livekit-PA_1")
        try await process.rooms.enter(sound, .audio, by: RoomProcess.actor("ann"), in: RoomProcess.session)
        process.clock.advance(by: .seconds(30))
        try await process.say("a sign of life", by: "host")
        await process.rooms.close()
        process.clock.advance(by: .seconds(5))
        let second = process.another()
        try await second.rooms.enter(sound, .audio, by: RoomProcess.actor("ann"), in: RoomProcess.session)
        process.clock.advance(by: .seconds(60))
        try await second.perform(.leave(sound), by: "ann")
        await second.rooms.close()
        let times = try await kept().map { $0.to?.timeIntervalSince($0.from) }
        #expect(times == [30, 60])
    }

    @Test func `who is forgotten during the show leaves no attendance, whatever was on its way to the store`()
        async throws
    {
        store.attendanceKeeping.close()
        try await process.enter("a1", by: "ann")
        while !store.attendanceKeeping.isAwaited { await Task.yield() }
        try await process.enter("h1", by: "host")
        try await process.perform(.promote(ann), by: "host")
        try await process.perform(.acceptInvite, by: "ann")
        try await process.rooms.expel(ann)
        try await store.attendance.forget(ann)
        let forgetting = Task { try await process.rooms.forget(ann) }
        store.attendanceKeeping.open()
        try await forgetting.value
        #expect(try await store.attendance.attended(by: ann, limit: 9).isEmpty)
        try await process.perform(.leave(ConnectionID(rawValue: "a1")), by: "ann")
        await process.rooms.close()
        #expect(try await Set(kept().map(\.member.rawValue)) == ["host"])
    }
}
