import Domain
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ManualClockTests {
    private let clock = ManualClock()

    @Test func `the clock stands still until it is moved`() {
        #expect(clock.now == Fixtures.start)
        clock.advance(by: .milliseconds(1_500))
        #expect(clock.now == Fixtures.start + 1.5)
        #expect(clock.after(.seconds(1)) == Fixtures.start + 2.5)
    }

    @Test func `a sleeper wakes when its time has come, and no sooner`() async throws {
        let early = Task { try await clock.sleep(for: .seconds(5)) }
        let late = Task { try await clock.sleep(for: .seconds(10)) }
        await clock.waitForSleepers(2)
        clock.advance(by: .seconds(5))
        try await early.value
        #expect(clock.sleeperCount == 1)
        clock.advance(by: .seconds(5))
        try await late.value
        #expect(clock.sleeperCount == 0)
    }

    @Test func `a sleeper that is cancelled wakes at once`() async {
        let sleeper = Task { try await clock.sleep(for: .seconds(5)) }
        await clock.waitForSleepers(1)
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(clock.sleeperCount == 0)
    }

    @Test func `who is cancelled already does not lie down`() async {
        let sleeper = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await clock.sleep(for: .seconds(5))
        }
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    @Test func `no time at all is not slept`() async throws {
        try await clock.sleep(for: .zero)
        try await clock.sleep(for: .seconds(-1))
        #expect(clock.now == Fixtures.start)
    }

    @Test func `who waits for sleepers is let go when it is cancelled`() async {
        let watcher = Task { await clock.waitForSleepers(1) }
        watcher.cancel()
        await watcher.value
        #expect(clock.sleeperCount == 0)
    }
}
