import Foundation
import TestSupport
import Testing

@testable import Domain

/// A room while its store does not answer, as decision 0020 has it.
@Suite(.timeLimit(.minutes(1)))
struct LiveRoomsOutageTests {
    private let store: MemoryClubStore
    private let process: RoomProcess

    init() {
        let clock = ManualClock()
        store = MemoryClubStore(clock: clock)
        process = RoomProcess(clock: clock, store: store)
    }

    /// Nothing can be logged, and whoever reads the log waits.
    private func goAway() async throws {
        try await process.enter("h1", by: "host")
        try await process.say("before")
        store.crash(afterWrites: 0)
        store.roomReading.close()
        await #expect(throws: ChangeFailure.store(.unavailable(source: "memory", code: 0))) {
            try await process.say("lost")
        }
    }

    private func comeBack() {
        store.crash(afterWrites: nil)
        store.roomReading.open()
    }

    @Test func `people come in, react and are refused at once while the store is away`() async throws {
        try await goAway()
        #expect(try await process.enter("b1", by: "bob") != nil)
        try await process.perform(.react("👏"), by: "bob")
        await #expect(throws: ChangeFailure.refused(.room(.messageEmpty))) { try await process.say(" ", as: "x") }
        await #expect(throws: ChangeFailure.refused(.notAllowed)) { try await process.perform(.lowerAll, by: "bob") }
        #expect(try await process.snapshot().stats.present == 2)
        await process.listener.wait { $0 == .reactions(["👏": 1]) }
        comeBack()
        await process.rooms.close()
    }

    @Test func `what is written while the store is away waits for it, and is told when it is back`() async throws {
        try await goAway()
        let waiting = Task { try await process.say("later") }
        try await process.enter("b1", by: "bob")
        #expect(process.listener.texts == ["before"])
        comeBack()
        #expect(try await !waiting.value.isRepeat)
        #expect(process.listener.texts == ["before", "later"])
        await process.rooms.close()
    }

    @Test func `what is written is refused where the store says that it is away`() async throws {
        try await goAway()
        let outage = StoreError.unavailable(source: "memory", code: 7)
        let waiting = Task { try await process.say("later") }
        try await process.enter("b1", by: "bob")
        store.setOutage(outage)
        store.roomReading.open()
        await #expect(throws: ChangeFailure.store(outage)) { try await waiting.value }
        #expect(process.listener.texts == ["before"])
        await process.rooms.close()
    }

    @Test func `of what was done together only that fails which needs the log`() async throws {
        var desk = try await process.desk()
        store.crash(afterWrites: 0)
        let (ann, bob) = (RoomProcess.actor("ann"), RoomProcess.actor("bob"))
        let results = await desk.handle([
            .command(.chat("lost", clientID: "x", isQuestion: false), ann),
            .enter(ConnectionID(rawValue: "b1"), .browser, bob, since: nil),
            .command(.react("👏"), bob), .command(.lowerHand, bob),
        ])
        #expect(results[0] == .failure(.store(.unavailable(source: "memory", code: 0))))
        #expect(process.listener.welcome(ConnectionID(rawValue: "b1")) != nil)
        if case .success = results[2] {} else { Issue.record("a reaction failed") }
        #expect(results[3] == .failure(.refused(.room(.noHandUp))))
        #expect(process.listener.texts.isEmpty)
    }

    @Test func `the room goes on while nobody can write down who is there`() async throws {
        store.attendanceKeeping.close()
        try await process.enter("a1", by: "ann")
        for text in ["one", "two", "three"] { try await process.say(text) }
        #expect(process.listener.texts == ["one", "two", "three"])
        store.attendanceKeeping.open()
        await process.rooms.close()
        let kept = try await store.attendance.intervals(of: RoomProcess.session, after: nil, limit: 9)
        #expect(kept.map(\.member.rawValue) == ["ann"])
    }
}
