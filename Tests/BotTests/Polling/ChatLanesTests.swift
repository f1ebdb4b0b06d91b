import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Bot

@Suite(.timeLimit(.minutes(1)))
struct ChatLanesTests {
    let club: BotClubFixture
    let arrived = Wakeup()
    let work = Workbench()

    init() throws {
        club = try BotClubFixture()
    }

    private func lanes(_ limits: ChatLanes.Limits = ChatLanes.Limits()) -> ChatLanes {
        let (work, clock) = (work, club.clock)
        return ChatLanes(
            bot: .club,
            inbox: club.store.inbox,
            clock: club.clock,
            arrived: arrived,
            warnings: club.warnings,
            outage: club.outage,
            logger: club.logger,
            limits: limits,
            handle: { entry in try await work.handle(entry, clock: clock) },
            apology: { entry in [Fixtures.draft("sorry-\(entry.updateID)", chat: 9, lane: .answers)] }
        )
    }

    private func running(_ lanes: ChatLanes, _ steps: () async throws -> Void) async throws {
        let running = Task { await lanes.run() }
        try await steps()
        await lanes.stop()
        running.cancel()
        await running.value
    }

    private func receive(_ ids: ClosedRange<Int64>, lane: String = "chat-1") async throws {
        let entries = ids.map { Fixtures.update($0, lane: lane) }
        _ = try await club.store.inbox.receive(entries, nextOffset: ids.upperBound + 1, bot: .club)
        arrived.notify()
    }

    @Test func `updates of a chat are handled in their order`() async throws {
        try await receive(1...40)

        try await running(lanes()) { await work.waitFor(40) }

        #expect(work.handled == Array(1...40))
        #expect(try await club.store.inbox.pendingCount(bot: .club) == 0)
    }

    @Test func `a chat that is stuck does not hold up another`() async throws {
        work.hold(1)
        try await receive(1...3, lane: "stuck")
        try await receive(4...5, lane: "free")

        try await running(lanes()) {
            await work.waitFor(2)
            #expect(work.handled == [4, 5])
            work.letGo(1)
            await work.waitFor(5)
        }
        #expect(work.handled == [4, 5, 1, 2, 3])
    }

    @Test func `a flood of one chat stays in the store, in order, and others are served meanwhile`() async throws {
        work.hold(1)
        try await receive(1...500, lane: "flood")
        try await receive(501...510, lane: "other")
        var limits = ChatLanes.Limits()
        limits.laneLimit = 8

        try await running(lanes(limits)) {
            await work.waitFor(10)
            #expect(work.handled == Array(501...510))
            work.letGo(1)
            await work.waitFor(510)
        }
        #expect(Array(work.handled.dropFirst(10)) == Array(1...500))
    }

    @Test func `what arrives while a chat is full is not overtaken and not forgotten`() async throws {
        work.hold(1)
        var limits = ChatLanes.Limits()
        limits.laneLimit = 2
        try await receive(1...6)

        try await running(lanes(limits)) {
            await work.waitUntilHeld(1)
            try await receive(7...12)
            work.letGo(1)
            await work.waitFor(12)
            try await receive(13...14)
            await work.waitFor(14)
        }
        #expect(work.handled == Array(1...14))
    }

    @Test func `a failing update is tried three times, set aside, and the rest goes on`() async throws {
        _ = try await club.owner()
        work.fail(2, times: 3)
        try await receive(1...3)

        try await running(lanes()) {
            await work.waitFor(1)
            for attempt in 1...2 {
                await work.waitForFailures(attempt)
                await club.clock.waitForSleepers(1, within: .seconds(2))
                club.clock.advance(by: .seconds(2))
            }
            await work.waitFor(2)
        }

        #expect(work.handled == [1, 3])
        let setAside = try await club.store.inbox.setAside(bot: .club, limit: 10)
        #expect(setAside.map(\.entry.updateID) == [2])
        #expect(setAside.map(\.entry.payload) == [Data("2".utf8)])
        let told = try await club.takeOutbox().map(\.dedupeKey)
        #expect(told.contains("sorry-2"))
        #expect(told.contains { $0.hasPrefix("set-aside:club:2:") })
    }

    @Test func `an update that fails twice and then works is handled once`() async throws {
        work.fail(1, times: 2)
        try await receive(1...1)

        try await running(lanes()) {
            for attempt in 1...2 {
                await work.waitForFailures(attempt)
                await club.clock.waitForSleepers(1, within: .seconds(2))
                club.clock.advance(by: .seconds(2))
            }
            await work.waitFor(1)
        }

        #expect(try await club.store.inbox.setAside(bot: .club, limit: 10).isEmpty)
    }

    @Test func `an update that takes longer than 30 seconds is given up like a failing one`() async throws {
        work.hang(1)
        try await receive(1...2)

        try await running(lanes()) {
            for attempt in 1...3 {
                await work.waitForHangs(attempt)
                await club.clock.waitForSleepers(1, within: .seconds(30))
                club.clock.advance(by: .seconds(30))
                guard attempt < 3 else { break }
                await club.clock.waitForSleepers(1, within: .seconds(3))
                club.clock.advance(by: .seconds(3))
            }
            await work.waitFor(1)
        }

        #expect(work.handled == [2])
        #expect(try await club.store.inbox.setAside(bot: .club, limit: 10).map(\.error) == ["it took too long"])
    }

    @Test func `a handler that does not end when it is told to keeps its chat back no longer`() async throws {
        let (work, clock) = (work, club.clock)
        // One for each try: the update is tried again.
        let stubborn = (0..<3).map { _ in Wakeup() }
        let tries = Atomic(0)
        let lanes = ChatLanes(
            bot: .club,
            inbox: club.store.inbox,
            clock: clock,
            arrived: arrived,
            warnings: club.warnings,
            outage: club.outage,
            logger: club.logger,
            handle: { entry in
                if entry.updateID == 1 {
                    let own = stubborn[tries.wrappingAdd(1, ordering: .relaxed).oldValue % stubborn.count]
                    await Task.detached { await own.wait(atMost: .seconds(1_000_000), clock: clock) }.value
                }
                return try await work.handle(entry, clock: clock)
            },
            apology: { _ in [] }
        )
        try await receive(1...2)
        try await running(lanes) {
            while work.handled.isEmpty {
                await clock.waitForSleepers(1)
                clock.advance(by: .seconds(1))
                await Task.yield()
            }
            for wakeup in stubborn { wakeup.notify() }
        }
        #expect(work.handled.first == 2)
    }

    @Test func `the owner hears of each time that an update is set aside`() async throws {
        _ = try await club.owner()
        _ = try await club.takeOutbox()
        work.fail(1, times: 6)
        try await receive(1...2)
        try await running(lanes()) {
            for time in 0...1 {
                if time == 1 {
                    #expect(try await club.store.inbox.retry(bot: .club, updateID: 1, audit: []))
                    try await receive(3...3)
                }
                for attempt in 1...2 {
                    await work.waitForFailures(3 * time + attempt)
                    await club.clock.waitForSleepers(1, within: .seconds(2))
                    club.clock.advance(by: .seconds(2))
                }
                // What follows it is handled when it is set aside.
                await work.waitFor(time + 1)
            }
        }
        let told = try await club.takeOutbox().filter { draft in
            if case .notice(.updateSetAside) = draft.body { true } else { false }
        }
        #expect(told.count == 2)
    }

    @Test func `a store that is away is no failure of the update`() async throws {
        work.fail(1, times: 5, with: StoreError.unavailable(source: "test", code: 1))
        try await receive(1...1)

        try await running(lanes()) {
            for attempt in 1...5 {
                await work.waitForFailures(attempt)
                // One is the pause after the failure, one the loading that looks again.
                await club.clock.waitForSleepers(2, within: .seconds(9))
                club.clock.advance(by: .seconds(9))
            }
            await work.waitFor(1)
        }

        #expect(work.handled == [1])
    }

    @Test func `a store that is away at the start delays nothing for long`() async throws {
        try await receive(1...3)
        club.store.setOutage(.unavailable(source: "test", code: 5))

        try await running(lanes()) {
            await club.clock.waitForSleepers(1, within: .seconds(1))
            club.store.setOutage(nil)
            club.clock.advance(by: .seconds(1))
            await work.waitFor(3)
        }

        #expect(work.handled == [1, 2, 3])
    }

    @Test func `what was not handled before a stop is handled after the next start`() async throws {
        work.hold(2)
        try await receive(1...3)
        try await running(lanes()) { await work.waitUntilHeld(2) }
        #expect(work.handled == [1])
        work.letGo(2)

        try await running(lanes()) { await work.waitFor(3) }

        #expect(work.handled == [1, 2, 3])
    }
}

/// Handles updates as a test wants it.
final class Workbench: Sendable {
    struct Trouble: Error {}

    private struct State {
        var handled: [Int64] = []
        var failures = 0
        var failing: [Int64: (times: Int, error: any Error)] = [:]
        var hanging: Set<Int64> = []
        var hangs = 0
        var held: [Int64: Wakeup] = [:]
        var isHeld: Set<Int64> = []
        var watchers: [(@Sendable (State) -> Bool, CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var handled: [Int64] { state.withLock(\.handled) }

    func hold(_ id: Int64) { state.withLock { $0.held[id] = Wakeup() } }
    func letGo(_ id: Int64) { state.withLock { $0.held.removeValue(forKey: id) }?.notify() }
    func hang(_ id: Int64) { _ = state.withLock { $0.hanging.insert(id) } }
    func fail(_ id: Int64, times: Int, with error: any Error = Trouble()) {
        state.withLock { $0.failing[id] = (times, error) }
    }

    func waitFor(_ count: Int) async { await wait { $0.handled.count >= count } }
    func waitForFailures(_ count: Int) async { await wait { $0.failures >= count } }
    func waitForHangs(_ count: Int) async { await wait { $0.hangs >= count } }
    func waitUntilHeld(_ id: Int64) async { await wait { $0.isHeld.contains(id) } }

    func handle(_ entry: InboxEntry, clock: any ClubClock) async throws -> [OutboxDraft] {
        let id = entry.updateID
        let isHanging = change { state in
            if state.hanging.contains(id) { state.hangs += 1 }
            return state.hanging.contains(id)
        }
        if isHanging { try await clock.sleep(for: .seconds(1_000_000)) }
        if let held = change({ state in
            if state.held[id] != nil { state.isHeld.insert(id) }
            return state.held[id]
        }) {
            await held.wait(atMost: .seconds(1_000_000), clock: clock)
            try Task.checkCancellation()
        }
        let error = change { state -> (any Error)? in
            guard let failing = state.failing[id], failing.times > 0 else { return nil }
            state.failing[id]?.times -= 1
            state.failures += 1
            return failing.error
        }
        if let error { throw error }
        change { $0.handled.append(id) }
        return []
    }

    private func change<Value>(_ body: (inout sending State) -> sending Value) -> Value {
        let value = state.withLock { body(&$0) }
        let due = state.withLock { state in
            let due = state.watchers.filter { $0.0(state) }.map(\.1)
            let left = state.watchers.filter { !$0.0(state) }
            state.watchers = left
            return due
        }
        for continuation in due { continuation.resume() }
        return value
    }

    private func wait(until isDone: @escaping @Sendable (State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                if isDone(state) { return true }
                state.watchers.append((isDone, continuation))
                return false
            }
            if goesOn { continuation.resume() }
        }
    }
}
