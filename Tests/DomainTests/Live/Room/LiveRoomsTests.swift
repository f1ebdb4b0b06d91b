import Foundation
import TestSupport
import Testing

@testable import Domain

/// Rooms as the program uses them: with a log, audiences, and several processes.
@Suite(.timeLimit(.minutes(1)))
struct LiveRoomsTests {
    @Test func `what was said is in the log before the author is answered, and told to all`() async throws {
        let process = RoomProcess()
        let answer = try await process.say("hello")
        #expect(!answer.isRepeat)
        let logged = try await process.log().flatMap(\.numbered)
        #expect(logged.last?.seq == answer.seq)
        #expect(process.listener.texts == ["hello"])
        let stored = try await process.store.chatMessages.page(of: RoomProcess.session, before: nil, limit: 9)
        #expect(stored.map(\.text) == ["hello"] && stored.map(\.seq) == [answer.seq])
        #expect(process.listener.broadcasts.last?.people.values.map(\.name) == ["Name of ann"])
        await process.rooms.close()
    }

    @Test func `a refused command changes nothing and tells why`() async throws {
        let process = RoomProcess()
        try await process.say("first")
        let before = try await process.log().count
        await #expect(throws: ChangeFailure.refused(.notAllowed)) {
            try await process.perform(.lowerAll, by: "ann")
        }
        #expect(try await process.log().count == before)
        await process.rooms.close()
    }

    @Test func `a show that is not there has no room`() async throws {
        let process = RoomProcess(shows: ScriptedShows(nil))
        for _ in 1...2 {
            await #expect(throws: ChangeFailure.refused(.notFound)) { try await process.say("hello") }
        }
        #expect(process.rooms.open.isEmpty)
        await process.rooms.close()
    }

    @Test func `many who write at once are answered with numbers of their own, in the order of the log`() async throws {
        let process = RoomProcess()
        let seqs = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...100 {
                group.addTask { try await process.say("m\(number)", by: "member \(number)").seq }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(Set(seqs).count == 100)
        let heard = process.listener.signals.compactMap { signal -> Int? in
            if case .numbered(let seq, _) = signal, signal.text != nil { seq } else { nil }
        }
        #expect(heard == heard.sorted() && heard.count == 100)
        await process.rooms.close()
    }

    @Test func `where the log cannot be written nothing is told, and the same message is taken later`() async throws {
        let clock = ManualClock()
        let store = MemoryClubStore(clock: clock)
        let process = RoomProcess(clock: clock, store: store)
        try await process.say("before")
        store.crash(afterWrites: 0)
        await #expect(throws: ChangeFailure.store(.unavailable(source: "memory", code: 0))) {
            try await process.say("lost", as: "x")
        }
        #expect(process.listener.texts == ["before"])
        store.crash(afterWrites: nil)
        #expect(try await !process.say("lost", as: "x").isRepeat)
        #expect(process.listener.texts == ["before", "lost"])
        await process.rooms.close()
    }

    @Test func `two processes on one store make one log and tell each the other's`() async throws {
        let first = RoomProcess()
        try await first.say("one")
        let second = first.another()
        try await second.say("two", by: "bob")
        // The first does not know of it yet: its batch is refused, and decided anew behind it.
        let answer = try await first.say("three")
        #expect(first.listener.texts == ["one", "two", "three"])
        try await second.say("four", by: "bob")
        #expect(second.listener.texts == ["two", "three", "four"])
        let numbers = try await first.log().map(\.number)
        #expect(numbers == Array(1...numbers.count))
        #expect(try await first.log().flatMap(\.numbered).map(\.seq) == Array(1...(answer.seq + 1)))
        for process in [first, second] { await process.rooms.close() }
    }

    @Test func `a message that another process took is known again`() async throws {
        let first = RoomProcess()
        try await first.say("open")
        let second = first.another()
        let taken = try await second.say("same", as: "x")
        let again = try await first.say("same", as: "x")
        #expect(again.isRepeat && again.seq == taken.seq)
        #expect(try await first.log().flatMap(\.messages).count == 0)
        let stored = try await first.store.chatMessages.page(of: RoomProcess.session, before: nil, limit: 9)
        #expect(stored.map(\.text) == ["open", "same"])
        for process in [first, second] { await process.rooms.close() }
    }

    @Test func `what another process has logged is told within a second, without being asked`() async throws {
        let first = RoomProcess()
        try await first.say("one")
        let second = first.another()
        try await second.say("two", by: "bob")
        for _ in 1...3 {
            await first.clock.waitForSleepers(2)
            first.clock.advance(by: .seconds(1))
        }
        await first.listener.wait { $0.text == "two" }
        for process in [first, second] { await process.rooms.close() }
    }

    @Test func `who was there is kept, and ended where a process died`() async throws {
        let first = RoomProcess()
        try await first.enter("h1", by: "host")
        try await first.enter("a1", by: "ann")
        first.clock.advance(by: .seconds(30))
        try await first.perform(.leave(ConnectionID(rawValue: "a1")), by: "ann")
        try await first.say("a sign of life", by: "host")
        let died = first.clock.now
        await first.rooms.close()
        first.clock.advance(by: .seconds(600))
        let second = first.another()
        _ = try await second.snapshot()

        let kept = try await first.store.attendance.intervals(of: RoomProcess.session, after: nil, limit: 99)
        let seats = kept.filter { if case .seat = $0.part { true } else { false } }
        #expect(seats.map(\.member.rawValue) == ["ann", "host"])
        #expect(seats.map { $0.to?.timeIntervalSince($0.from) } == [30, 30])
        let stage = kept.filter { $0.part == .stage }
        #expect(stage.first?.member == RoomBench.host && stage.first?.to == died)
        await second.rooms.close()
    }

    @Test func `a room follows its show`() async throws {
        let shows = ScriptedShows(.waiting)
        let process = RoomProcess(shows: shows)
        await #expect(throws: ChangeFailure.refused(.room(.notBegun))) {
            try await process.perform(.raiseHand(topic: nil), by: "ann")
        }
        shows.become(.live)
        try await process.rooms.follow(RoomProcess.session, by: RoomProcess.actor("host"))
        try await process.perform(.raiseHand(topic: nil), by: "ann")
        shows.become(.over)
        try await process.rooms.follow(RoomProcess.session)
        await #expect(throws: ChangeFailure.refused(.room(.over))) { try await process.enter("late") }
        let news = try await process.log().flatMap(\.facts).map(\.news)
        #expect(news.contains(.ended(why: .host)))
        await process.rooms.close()
    }

    @Test func `the show of a host who is silent is ended`() async throws {
        let process = RoomProcess()
        try await process.say("anybody there?")
        while process.shows.silentEnds == 0 {
            if process.clock.sleeperCount > 0 { process.clock.advance(by: .seconds(30)) }
            await Task.yield()
        }
        let news = try await process.log().flatMap(\.facts).map(\.news)
        #expect(news.contains(.asked) && news.contains(.ended(why: .silence)))
        let heard = process.listener.signals.compactMap { signal -> RoomNews? in
            if case .noted(let fact) = signal { fact.news } else { nil }
        }
        #expect(heard.contains(.asked))
        await process.rooms.close()
    }

    @Test func `who is removed or is no member any more is shut out`() async throws {
        let process = RoomProcess()
        for name in ["ann", "bob"] { try await process.enter(name, by: name) }
        try await process.perform(.kick(MemberID(rawValue: "ann")), by: "host")
        try await process.rooms.expel(MemberID(rawValue: "bob"))
        let closed = process.listener.signals.filter { if case .closed = $0 { true } else { false } }
        #expect(
            closed == [
                .closed(MemberID(rawValue: "ann"), .removed), .closed(MemberID(rawValue: "bob"), .expelled),
            ]
        )
        await #expect(throws: ChangeFailure.refused(.room(.removed))) { try await process.enter("ann2") }
        await process.rooms.close()
    }

    @Test func `who is removed in the moment of coming in is not let in, nor who is expelled in it`() async throws {
        let process = RoomProcess()
        var desk = try await process.desk()
        let (ann, bob) = (RoomProcess.actor("ann"), RoomProcess.actor("bob"))
        let names = ["a1", "b1", "c1"].map(ConnectionID.init(rawValue:))
        let results = await desk.handle([
            .enter(names[0], .browser, ann, since: nil), .enter(names[1], .browser, bob, since: nil),
            .enter(names[2], .browser, RoomProcess.actor("carl"), since: nil),
            .command(.kick(ann.id), RoomProcess.actor("host")), .order(.expel(bob.id)),
        ])
        #expect(results[0] == .failure(.refused(.room(.removed))))
        #expect(results[1] == .failure(.refused(.notAMember)))
        #expect(names.map { process.listener.welcome($0) != nil } == [false, false, true])
    }

    @Test func `who comes in the moment in which the show ends is told that it is over`() async throws {
        let process = RoomProcess()
        var desk = try await process.desk()
        let name = ConnectionID(rawValue: "a1")
        let results = await desk.handle([.enter(name, .browser, RoomProcess.actor("ann"), since: nil), .order(.end)])
        #expect(results[0] == .failure(.refused(.room(.over))))
        #expect(process.listener.welcome(name) == nil)
    }

    @Test func `who is expelled is sent away though what others did at the same time could not be logged`()
        async throws
    {
        let clock = ManualClock()
        let store = MemoryClubStore(clock: clock)
        let process = RoomProcess(clock: clock, store: store)
        var desk = try await process.desk()
        _ = await desk.handle([.enter(ConnectionID(rawValue: "a1"), .browser, RoomProcess.actor("ann"), since: nil)])
        store.crash(afterWrites: 0)
        let results = await desk.handle([
            .order(.expel(MemberID(rawValue: "ann"))),
            .command(.chat("lost", clientID: "x", isQuestion: false), RoomProcess.actor("bob")),
        ])
        #expect(results[1] == .failure(.store(.unavailable(source: "memory", code: 0))))
        #expect(process.listener.signals.contains(.closed(MemberID(rawValue: "ann"), .expelled)))
    }

    @Test func `who is expelled is sent away though a room has no show`() async throws {
        let shows = ScriptedShows()
        let process = RoomProcess(shows: shows)
        try await process.enter("a1")
        shows.hold()
        let foreign = (1...20).map { LiveSessionID(rawValue: "foreign \($0)") }
        let looks = foreign.map { id in
            Task { _ = try? await process.rooms.snapshot(of: id, for: RoomProcess.actor("eve").person) }
        }
        while process.rooms.open.count <= foreign.count { await Task.yield() }
        let expulsion = Task { try await process.rooms.expel(MemberID(rawValue: "ann")) }
        shows.release(foreign)
        try await expulsion.value
        for look in looks { await look.value }
        #expect(process.listener.signals.contains(.closed(MemberID(rawValue: "ann"), .expelled)))
        await process.rooms.close()
    }

    @Test func `who is shut out was there until then`() async throws {
        let process = RoomProcess()
        for name in ["ann", "bob"] { try await process.enter(name, by: name) }
        process.clock.advance(by: .seconds(30))
        try await process.perform(.kick(MemberID(rawValue: "ann")), by: "host")
        try await process.rooms.expel(MemberID(rawValue: "bob"))
        process.clock.advance(by: .seconds(30))
        for name in ["ann", "bob"] { try await process.perform(.leave(ConnectionID(rawValue: name)), by: name) }
        await process.rooms.close()
        let kept = try await process.store.attendance.intervals(of: RoomProcess.session, after: nil, limit: 9)
        #expect(kept.map(\.member.rawValue) == ["ann", "bob"])
        #expect(kept.map { $0.to?.timeIntervalSince($0.from) } == [30, 30])
    }

    @Test func `where the clock is set back, nothing happens before what happened already`() async throws {
        let process = RoomProcess()
        for text in ["one", "two"] {
            try await process.say(text)
            process.clock.advance(by: .seconds(-60))
        }
        try await process.say("three", by: "bob")
        await process.rooms.close()
        let moments = try await process.log().flatMap(\.facts).map(\.at)
        #expect(moments == moments.sorted() && moments.last == Fixtures.start)
    }

    @Test func `who waits for a show that is called off is told so`() async throws {
        let shows = ScriptedShows(.waiting)
        let process = RoomProcess(shows: shows)
        try await process.enter("a1")
        shows.become(.over)
        try await process.rooms.follow(RoomProcess.session)
        let ended = process.listener.signals.compactMap { signal -> RoomNews? in
            if case .numbered(_, let fact) = signal { fact.news } else { nil }
        }
        #expect(ended == [.ended(why: .host)])
        await #expect(throws: ChangeFailure.refused(.room(.over))) { try await process.enter("a2") }
        await process.rooms.close()
    }

    @Test func `a message of long ago is deleted by its author, once`() async throws {
        let process = RoomProcess()
        let seq = try await process.say("mine").seq
        for number in 1...100 { try await process.say("m\(number)", by: "member \(number)") }
        let old = RoomCommand.deleteMessage(RoomMessageID(rawValue: "show.\(seq)"))
        await #expect(throws: ChangeFailure.refused(.notAllowed)) { try await process.perform(old, by: "bob") }
        for name in ["ann", "ann", "host"] { try await process.perform(old, by: name) }
        let deletions = try await process.log().flatMap(\.facts).count { fact in
            if case .deleted = fact.news { true } else { false }
        }
        #expect(deletions == 1)
        await process.rooms.close()
    }

    @Test func `a room at which somebody looks all the time is given up, too`() async throws {
        let process = RoomProcess(shows: ScriptedShows(.waiting))
        try await process.say("hello")
        let hour = process.clock.now.later(by: .seconds(3_600))
        while !process.rooms.open.isEmpty, process.clock.now < hour {
            if process.clock.sleeperCount > 0 {
                _ = try await process.snapshot()
                process.clock.advance(by: .seconds(30))
            }
            await Task.yield()
        }
        #expect(process.clock.now < hour)
        await process.rooms.close()
    }

    @Test func `a room that nobody uses is given up, and read again when somebody does`() async throws {
        let process = RoomProcess(shows: ScriptedShows(.waiting))
        try await process.say("hello")
        while !process.rooms.open.isEmpty {
            if process.clock.sleeperCount > 0 { process.clock.advance(by: .seconds(30)) }
            await Task.yield()
        }
        #expect(process.clock.now.timeIntervalSince(Fixtures.start) >= 600)
        #expect(try await process.snapshot().messages.map(\.message.words?.text) == ["hello"])
        await process.rooms.close()
    }
}
