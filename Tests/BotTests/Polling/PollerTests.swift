import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

@Suite(.timeLimit(.minutes(1)))
struct PollerTests {
    let club: BotClubFixture
    let telegram = ScriptedBotAPI()
    let status = BotStatus(bot: .club)
    let arrived = Wakeup()

    init() throws {
        club = try BotClubFixture()
    }

    private func poller(holder: String = "me", place: String = "here") -> Poller {
        let telegram = telegram
        return Poller(
            bot: .club,
            connect: { TelegramConnection(api: try telegram.api(), close: {}) },
            store: club.store,
            lease: PollerLease(
                name: "poller-4242",
                holder: holder,
                place: place,
                leases: club.store.leases,
                clock: club.clock
            ),
            clock: club.clock,
            status: status,
            arrived: arrived,
            warnings: club.warnings,
            outage: club.outage,
            logger: club.logger
        )
    }

    /// Runs a poller until `steps` are done, then stops it.
    private func polling(_ poller: Poller, _ steps: () async throws -> Void) async throws {
        let running = Task { await poller.run() }
        telegram.script("getUpdates")
        try await steps()
        running.cancel()
        await running.value
    }

    private func pendingIDs() async throws -> [Int64] {
        try await club.store.inbox.pending(bot: .club, after: 0, limit: 100).map(\.entry.updateID)
    }

    @Test func `updates are stored before the next poll asks for what follows`() async throws {
        telegram.script("getUpdates", .result(#"[{"update_id":7},{"update_id":8}]"#))

        try await polling(poller()) {
            await telegram.waitForCalls(2)
            let ids = try await pendingIDs()
            #expect(ids == [7, 8])
        }

        #expect(telegram.polls[0].parameter("offset") == nil)
        #expect(telegram.polls[1].parameter("offset") == "9")
        #expect(telegram.polls[0].parameter("timeout") == "30")
    }

    @Test func `after a clean stop Telegram knows what was stored`() async throws {
        telegram.script("getUpdates", .result(#"[{"update_id":7}]"#))

        try await polling(poller()) { await telegram.waitForCalls(2) }

        #expect(telegram.polls.last?.parameter("offset") == "8")
        #expect(status.snapshot.phase == .stopped)
    }

    @Test func `updates without numbers do not make it poll in a circle`() async throws {
        telegram.script("getUpdates", .result(#"[{"no":1}]"#))

        try await polling(poller()) {
            await club.clock.waitForSleepers(1)
            #expect(telegram.polls.count == 1)
            #expect(status.snapshot.pollFailures == 1)
        }
    }

    @Test func `who never had the lease tells Telegram nothing at the end`() async throws {
        let lease = Lease(
            name: "poller-4242",
            holder: "other",
            place: "elsewhere",
            expiresAt: club.clock.after(.seconds(120))
        )
        _ = try await club.store.leases.acquire(lease, now: club.clock.now, takesOverSamePlace: false)

        try await polling(poller()) { await club.clock.waitForSleepers(1) }

        #expect(telegram.polls.isEmpty)
    }

    @Test func `while Telegram asks for hours of peace, nobody else gets the lease`() async throws {
        telegram.script(
            "getUpdates",
            .refusal(429, "Too Many Requests", parameters: #"{"retry_after":10072}"#)
        )
        try await polling(poller()) {
            for _ in 1..<168 {
                await club.clock.waitForSleepers(1)
                club.clock.advance(by: .seconds(60))
            }
            await club.clock.waitForSleepers(1)
            let wanted = Lease(
                name: "poller-4242",
                holder: "other",
                place: "elsewhere",
                expiresAt: club.clock.after(.seconds(120))
            )
            let held = try await club.store.leases.acquire(
                wanted,
                now: club.clock.now,
                takesOverSamePlace: false
            )
            #expect(held.holder == "me")
            #expect(telegram.polls.count == 1)
        }
    }

    @Test func `an update that comes twice is stored once`() async throws {
        telegram.script("getUpdates", .result(#"[{"update_id":7}]"#), .result(#"[{"update_id":7},{"update_id":8}]"#))

        try await polling(poller()) {
            await telegram.waitForCalls(3)
            let ids = try await pendingIDs()
            #expect(ids == [7, 8])
        }
    }

    @Test func `ids that begin anew after a quiet week are taken`() async throws {
        telegram.script("getUpdates", .result(#"[{"update_id":900000}]"#), .result(#"[{"update_id":12}]"#))

        try await polling(poller()) {
            await telegram.waitForCalls(3)
            let ids = try await pendingIDs()
            #expect(ids == [900_000, 12])
        }
        #expect(telegram.polls[2].parameter("offset") == "13")
    }

    @Test(arguments: [
        ScriptedBotAPI.Answer.broken(wasSent: false), .broken(wasSent: true), .raw(status: 502, body: "<html>"),
        .raw(status: 200, body: "garbage"), .raw(status: 200, body: #"{"ok":true,"result":[{"update_id":7}"#),
        .refusal(500, "Internal Server Error: restart"), .refusal(400, "Bad Request: strange"),
    ])
    func `after any trouble it polls again, at most twice a second`(answer: ScriptedBotAPI.Answer) async throws {
        telegram.script("getUpdates", answer, .result(#"[{"update_id":7}]"#))

        try await polling(poller()) {
            await club.clock.waitForSleepers(1)
            #expect(telegram.polls.count == 1)
            #expect(status.snapshot.pollFailures == 1)
            club.clock.advance(by: .milliseconds(499))
            #expect(telegram.polls.count == 1)
            club.clock.advance(by: .seconds(1))
            await telegram.waitForCalls(3)
            let ids = try await pendingIDs()
            #expect(ids == [7])
            #expect(status.snapshot.phase == .polling)
        }
    }

    @Test func `a refused token is left alone for a minute and tried again`() async throws {
        telegram.script("getUpdates", .refusal(401, "Unauthorized"), .result("[]"))

        try await polling(poller()) {
            await club.clock.waitForSleepers(1)
            #expect(status.snapshot.phase == .tokenRefused)
            club.clock.advance(by: .seconds(59))
            #expect(telegram.polls.count == 1)
            club.clock.advance(by: .seconds(1))
            await telegram.waitForCalls(3)
            #expect(status.snapshot.phase == .polling)
        }
    }

    @Test func `a request to wait is obeyed to its end`() async throws {
        telegram.script(
            "getUpdates",
            .refusal(429, "Too Many Requests: retry after 40", parameters: #"{"retry_after":40}"#),
            .result("[]")
        )

        try await polling(poller()) {
            await club.clock.waitForSleepers(1)
            club.clock.advance(by: .milliseconds(39_999))
            #expect(telegram.polls.count == 1)
            club.clock.advance(by: .milliseconds(1))
            await telegram.waitForCalls(3)
        }
    }

    @Test func `a webhook that somebody set is removed without losing updates`() async throws {
        telegram.script(
            "getUpdates",
            .refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete")
        )
        telegram.script("deleteWebhook", .result("true"))

        try await polling(poller()) {
            await telegram.waitForCalls(2)
            await club.clock.waitForSleepers(1)
            club.clock.advance(by: .seconds(1))
            await telegram.waitForCalls(3)
        }

        #expect(telegram.calls.map(\.method) == ["deleteWebhook"])
        #expect(telegram.calls[0].parameter("drop_pending_updates") == "0")
    }

    @Test func `a second poller is waited out, and the owner is told once`() async throws {
        _ = try await club.owner()
        let conflict = ScriptedBotAPI.Answer.refusal(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        )
        telegram.script("getUpdates", conflict, conflict, .result("[]"))

        try await polling(poller()) {
            await club.clock.waitForSleepers(1)
            #expect(status.snapshot.phase == .secondPoller)
            club.clock.advance(by: .milliseconds(2_999))
            #expect(telegram.polls.count == 1)
            club.clock.advance(by: .milliseconds(1))
            await telegram.waitForCalls(2)
            await club.clock.waitForSleepers(1)
            club.clock.advance(by: .seconds(30))
            await telegram.waitForCalls(4)
            #expect(status.snapshot.phase == .polling)
        }

        #expect(try await club.takeOutbox().map(\.body) == [.notice(.menuChanged), .notice(.secondPoller(bot: .club))])
    }

    @Test func `while another process has the lease nothing is fetched`() async throws {
        let lease = Lease(
            name: "poller-4242",
            holder: "other",
            place: "elsewhere",
            expiresAt: club.clock.after(.seconds(120))
        )
        _ = try await club.store.leases.acquire(lease, now: club.clock.now, takesOverSamePlace: false)

        try await polling(poller()) {
            await club.clock.waitForSleepers(1)
            #expect(telegram.polls.isEmpty)
            for _ in 1...24 {
                club.clock.advance(by: .seconds(5))
                await club.clock.waitForSleepers(telegram.polls.isEmpty ? 1 : 0)
            }
            club.clock.advance(by: .seconds(5))
            await telegram.waitForCalls(1)
        }
    }

    @Test func `a start after a crash at the same place takes the lease over at once`() async throws {
        let lease = Lease(
            name: "poller-4242",
            holder: "crashed",
            place: "here",
            expiresAt: club.clock.after(.seconds(120))
        )
        _ = try await club.store.leases.acquire(lease, now: club.clock.now, takesOverSamePlace: false)

        try await polling(poller()) { await telegram.waitForCalls(1) }
    }
}
