import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

extension StoreContract {
    /// Each begins with a store that has told nobody anything, and looks whether the sender is woken.
    static let announcements = [
        StoreCheck("who is woken by the signal finds the message") { bench in
            async let woken: [String] = {
                await bench.signal.wakeup(for: .club).wait(atMost: .seconds(3_600), clock: bench.clock)
                return try await bench.claimed()
            }()
            await bench.clock.waitForSleepers(1)
            _ = try await bench.store.members.change(.id(Fixtures.member().id), cause: Fixtures.cause(1)) { _ in
                Change(Fixtures.member(), outbox: [Fixtures.draft("a")])
            }
            #expect(try await woken == ["a"])
        },
        StoreCheck("a finished, a set aside and an appended message wake the sender") { bench in
            let wakeup = bench.signal.wakeup(for: .club)
            let inbox = bench.store.inbox
            _ = try await inbox.receive([Fixtures.update(1), Fixtures.update(2)], nextOffset: 3, bot: .club)
            try await inbox.finish(bot: .club, updateID: 1, outbox: [Fixtures.draft("a")], now: bench.now)
            await wakeup.wait(atMost: .seconds(3_600), clock: bench.clock)
            try await inbox.setAside(
                bot: .club,
                updateID: 2,
                error: "odd",
                outbox: [Fixtures.draft("b")],
                now: bench.now
            )
            await wakeup.wait(atMost: .seconds(3_600), clock: bench.clock)
            try await bench.append(Fixtures.draft("c"))
            await wakeup.wait(atMost: .seconds(3_600), clock: bench.clock)
            #expect(await !isWoken(bench))
        },
        StoreCheck("a repeat, a refusal, a conflict and a known message wake nobody") { bench in
            let members = bench.store.members
            let draft = Fixtures.draft("a")
            _ = try await members.change(.id(Fixtures.member(1).id), cause: Fixtures.cause(1)) { _ in
                Change(Fixtures.member(1), outbox: [draft])
            }
            await bench.signal.wakeup(for: .club).wait(atMost: .seconds(3_600), clock: bench.clock)
            _ = try await members.change(.id(Fixtures.member(1).id), cause: Fixtures.cause(1)) { _ in
                Change(Fixtures.member(1), outbox: [Fixtures.draft("b")])
            }
            await #expect(throws: ChangeFailure.refused(.banned)) {
                _ = try await members.change(.id(Fixtures.member(1).id), cause: Fixtures.cause(2)) {
                    (_) throws(Refusal) in throw .banned
                }
            }
            await #expect(throws: ChangeFailure.store(.conflict(collection: "users"))) {
                _ = try await members.change(.id(Fixtures.member(2).id), cause: Fixtures.cause(2)) { _ in
                    Change(Fixtures.member(1), outbox: [Fixtures.draft("c")])
                }
            }
            try await bench.append(draft, Fixtures.draft("r", bot: .recorder))
            #expect(await !isWoken(bench))
        },
    ]

    /// Whether the store has woken the sender of the club's bot since it was woken the last time.
    static func isWoken(_ bench: StoreBench) async -> Bool {
        let clock = DozingClock()
        await bench.signal.wakeup(for: .club).wait(atMost: .seconds(60), clock: clock)
        return clock.wasDisturbed
    }
}

/// A clock whose sleepers let everybody else go first for a while, and that remembers whether one was disturbed.
private final class DozingClock: ClubClock {
    private let disturbed = Mutex(false)

    var now: Date { Fixtures.start }

    var wasDisturbed: Bool { disturbed.withLock { $0 } }

    func sleep(for duration: Duration) async throws(CancellationError) {
        for _ in 1...1_000 {
            await Task.yield()
            guard !Task.isCancelled else {
                disturbed.withLock { $0 = true }
                throw CancellationError()
            }
        }
    }
}
