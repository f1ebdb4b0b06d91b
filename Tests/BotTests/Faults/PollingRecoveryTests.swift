import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Bot

/// Every fault that Telegram or the way to it can have while updates are fetched: what it costs, and how soon it is over.
@Suite(.timeLimit(.minutes(2)))
struct PollingRecoveryTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var name: String
        var answer: ScriptedBotAPI.Answer
        /// Within so long after the fault's end updates come again.
        var recovery: Duration = .seconds(35)

        var testDescription: String { name }
    }

    static let faults = [
        Fault(name: "no connection", answer: .broken(wasSent: false)),
        Fault(name: "a connection that breaks", answer: .broken(wasSent: true)),
        Fault(name: "502 with HTML", answer: .raw(status: 502, body: "<html><h1>Bad Gateway</h1></html>")),
        Fault(name: "500", answer: .refusal(500, "Internal Server Error: restart")),
        Fault(name: "no JSON", answer: .raw(status: 200, body: "garbage")),
        Fault(name: "half an answer", answer: .raw(status: 200, body: #"{"ok":true,"result":[{"update_id":1}"#)),
        Fault(name: "an empty answer", answer: .raw(status: 200, body: "")),
        Fault(name: "a refusal that nobody knows", answer: .refusal(400, "Bad Request: strange")),
        Fault(
            name: "a second poller",
            answer: .refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one runs")
        ),
        Fault(name: "401", answer: .refusal(401, "Unauthorized"), recovery: .seconds(70)),
        Fault(name: "404 for the token", answer: .refusal(404, "Not Found"), recovery: .seconds(70)),
    ]

    /// How many connections were made.
    private final class Tally: Sendable {
        private let state = Mutex(0)

        var count: Int { state.withLock { $0 } }

        func add() { state.withLock { $0 += 1 } }
    }

    let club: BotClubFixture
    let telegram = ScriptedBotAPI()
    private let connections = Tally()

    init() throws {
        club = try BotClubFixture()
    }

    private func poller() -> Poller {
        let (telegram, connections) = (telegram, connections)
        return Poller(
            bot: .club,
            connect: {
                connections.add()
                return TelegramConnection(api: try telegram.api(), close: {})
            },
            store: club.store,
            lease: PollerLease(
                name: "poller-4242",
                holder: "me",
                place: "here",
                leases: club.store.leases,
                clock: club.clock
            ),
            clock: club.clock,
            status: BotStatus(bot: .club),
            arrived: Wakeup(),
            warnings: club.warnings,
            outage: club.outage,
            logger: club.logger
        )
    }

    /// Moves the clock in quarters of a second while the poller has nothing but trouble.
    private func pass(_ duration: Duration, _ rate: inout RequestRate) async {
        let end = club.clock.after(duration)
        while club.clock.now < end {
            await club.clock.waitForSleepers(1)
            rate.note(total: telegram.polls.count, at: club.clock.now)
            club.clock.advance(by: .milliseconds(250))
        }
        await club.clock.waitForSleepers(1)
        rate.note(total: telegram.polls.count, at: club.clock.now)
    }

    private func pendingIDs() async throws -> [Int64] {
        try await club.store.inbox.pending(bot: .club, after: 0, limit: 100).map(\.entry.updateID)
    }

    @Test(arguments: faults)
    func `a fault of ten minutes costs two requests a second at most, and nothing is lost`(fault: Fault) async throws {
        telegram.disturb(fault.answer)
        let running = Task { await poller().run() }
        var rate = RequestRate()
        let start = club.clock.now
        await pass(.seconds(600), &rate)
        #expect(rate.most(since: start) <= 2)
        #expect(telegram.polls.count > 5)

        telegram.script("getUpdates", .result(#"[{"update_id":7},{"update_id":8}]"#))
        telegram.disturb(nil)
        let ended = club.clock.now
        while try await pendingIDs().isEmpty {
            let hasTime = club.clock.now.timeIntervalSince(ended) <= fault.recovery.seconds
            try #require(hasTime, "no update after \(fault.recovery)")
            club.clock.advance(by: .milliseconds(250))
            // Lets the poller go on, which may have several steps to do.
            for _ in 1...20 { await Task.yield() }
        }
        #expect(try await pendingIDs() == [7, 8])
        running.cancel()
        await running.value
    }

    @Test(arguments: [3, 2_282, 10_072])
    func `a request to wait is obeyed to its end, however long it is`(seconds: Int) async throws {
        telegram.disturb(
            .refusal(429, "Too Many Requests", parameters: #"{"retry_after":\#(seconds)}"#)
        )
        let running = Task { await poller().run() }
        await club.clock.waitForSleepers(1)
        #expect(telegram.polls.count == 1)
        telegram.disturb(nil)
        telegram.script("getUpdates", .result(#"[{"update_id":7}]"#))
        club.clock.advance(by: .seconds(seconds) - .milliseconds(1))
        await Task.yield()
        #expect(telegram.polls.count == 1)
        club.clock.advance(by: .milliseconds(1))
        await telegram.waitForCalls(3)
        #expect(try await pendingIDs() == [7])
        running.cancel()
        await running.value
    }

    @Test func `a poll that hangs is given up at its deadline, and the next one comes at once by another connection`()
        async throws
    {
        let start = club.clock.now
        telegram.script("getUpdates", .hangs(club.clock), .hangs(club.clock), .result(#"[{"update_id":7}]"#))
        let running = Task { await poller().run() }
        let deadline = Poller.pollTimeout + Poller.pollMargin
        for count in 1...2 {
            await telegram.waitForCalls(count)
            await club.clock.waitForSleepers(1)
            #expect(connections.count == count)
            club.clock.advance(by: deadline - .milliseconds(1))
            for _ in 0..<20 { await Task.yield() }
            #expect(telegram.polls.count == count)
            club.clock.advance(by: .milliseconds(1))
        }
        await telegram.waitForCalls(4)

        #expect(try await pendingIDs() == [7])
        #expect(connections.count == 3)
        #expect(club.clock.now.timeIntervalSince(start) == 80)
        running.cancel()
        await running.value
    }

    @Test func `without an answered poll for a minute and a half the connection is made anew`() async throws {
        telegram.disturb(.broken(wasSent: true))
        let running = Task { await poller().run() }
        var rate = RequestRate()
        await pass(.seconds(80), &rate)
        #expect(connections.count == 1)
        await pass(.seconds(50), &rate)
        #expect(connections.count == 2)
        running.cancel()
        await running.value
    }
}
