import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Every fault that Telegram or the way to it can have while a bot starts: what it costs, and how soon it is over.
@Suite(.timeLimit(.minutes(2)))
struct StartRecoveryTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var name: String
        var answer: ScriptedBotAPI.Answer
        /// Within so long after the fault's end the bot knows who it is.
        var recovery: Duration = .seconds(35)

        var testDescription: String { name }
    }

    static let faults = [
        Fault(name: "connection refused", answer: .broken(wasSent: false)),
        Fault(name: "a connection that breaks", answer: .broken(wasSent: true)),
        Fault(name: "502 with HTML", answer: .raw(status: 502, body: "<html><h1>Bad Gateway</h1></html>")),
        Fault(name: "500", answer: .refusal(500, "Internal Server Error: restart")),
        Fault(name: "garbage", answer: .raw(status: 200, body: "garbage")),
        Fault(name: "another shape", answer: .result(#"["?"]"#)),
        Fault(name: "409", answer: .refusal(409, "Conflict: terminated by other getUpdates request")),
        Fault(name: "401", answer: .refusal(401, "Unauthorized"), recovery: .seconds(70)),
        Fault(name: "404 for the token", answer: .refusal(404, "Not Found"), recovery: .seconds(70)),
    ]

    static let me = ScriptedBotAPI.Answer.result(
        #"{"id":4242,"is_bot":true,"first_name":"FOMO","username":"Podcast_FOMO_bot"}"#
    )
    static let chat = ScriptedBotAPI.Answer.result(#"{"id":\#(Fixtures.channel),"type":"channel","title":"Voices"}"#)

    let club: BotClubFixture
    let telegram = ScriptedBotAPI()
    let status = BotStatus(bot: .club)

    init() throws {
        club = try BotClubFixture()
    }

    private func introduction(_ channel: BotConfiguration.Channel = .id(Fixtures.channel)) throws -> BotIntroduction {
        BotIntroduction(
            bot: .club,
            api: try telegram.api(),
            channel: channel,
            clubChats: nil,
            lease: PollerLease(
                name: "poller-4242",
                holder: "me",
                place: "here",
                leases: club.store.leases,
                clock: club.clock
            ),
            clock: club.clock,
            status: status,
            logger: club.logger
        )
    }

    /// Moves the clock in quarters of a second while the bot has nothing but trouble.
    private func pass(_ duration: Duration, _ rate: inout RequestRate) async {
        let end = club.clock.after(duration)
        while club.clock.now < end {
            await club.clock.waitForSleepers(1)
            rate.note(total: telegram.calls.count, at: club.clock.now)
            club.clock.advance(by: .milliseconds(250))
        }
        await club.clock.waitForSleepers(1)
        rate.note(total: telegram.calls.count, at: club.clock.now)
    }

    private func expectStart(_ starting: Task<BotIntroduction.Identity?, Never>, within limit: Duration) async throws {
        let ended = club.clock.now
        while status.snapshot.phase != .polling {
            let passed = club.clock.now.timeIntervalSince(ended)
            try #require(passed <= limit.seconds, "the bot has not started after \(limit)")
            if club.clock.sleeperCount > 0 { club.clock.advance(by: .milliseconds(250)) }
            await Task.yield()
        }
        let identity = BotIntroduction.Identity(username: "Podcast_FOMO_bot", channel: Fixtures.channel)
        #expect(await starting.value == identity)
    }

    @Test(arguments: faults)
    func `a fault of ten minutes at the start costs two requests a second at most, and the bot starts soon after it`(
        fault: Fault
    ) async throws {
        telegram.disturb(fault.answer)
        let introduction = try introduction()
        let starting = Task { await introduction.identity() }
        var rate = RequestRate()
        let start = club.clock.now
        await pass(.seconds(600), &rate)
        #expect(rate.most(since: start) <= 2)
        #expect(telegram.calls.count > 5)
        let isRefused = fault.recovery == .seconds(70)
        #expect(status.snapshot.phase == (isRefused ? .tokenRefused : .unreachable))

        telegram.script("getMe", Self.me)
        telegram.script("getChat", Self.chat)
        telegram.disturb(nil)
        try await expectStart(starting, within: fault.recovery)
    }

    @Test func `a start that hangs is tried again as soon as its deadline is over`() async throws {
        telegram.disturb(.hangs(club.clock))
        let introduction = try introduction()
        let starting = Task { await introduction.identity() }
        var rate = RequestRate()
        await pass(.seconds(601), &rate)
        telegram.script("getMe", Self.me)
        telegram.script("getChat", Self.chat)
        telegram.disturb(nil)

        try await expectStart(starting, within: .seconds(35))
    }

    @Test(arguments: ["getMe", "getChat"], [3, 2_282, 10_072])
    func `a request to wait at the start is obeyed to its end`(method: String, seconds: Int) async throws {
        let wait = ScriptedBotAPI.Answer.refusal(429, "Too Many", parameters: #"{"retry_after":\#(seconds)}"#)
        if method == "getMe" {
            telegram.script("getMe", wait, Self.me)
            telegram.script("getChat", Self.chat)
        } else {
            telegram.script("getMe", Self.me, Self.me)
            telegram.script("getChat", wait, Self.chat)
        }
        let introduction = try introduction()
        let starting = Task { await introduction.identity() }
        await club.clock.waitForSleepers(1)
        let before = telegram.calls.count
        club.clock.advance(by: .seconds(seconds) - .milliseconds(1))
        for _ in 0..<20 { await Task.yield() }
        #expect(telegram.calls.count == before)
        club.clock.advance(by: .milliseconds(1))

        #expect(await starting.value?.channel == Fixtures.channel)
    }

    @Test func `a channel that is not there yet is asked for every minute, and then nothing is said of it any more`()
        async throws
    {
        telegram.script("getMe", Self.me, Self.me)
        telegram.script("getChat", .refusal(400, "Bad Request: chat not found"), Self.chat)
        let introduction = try introduction(.name("@voices"))
        let starting = Task { await introduction.identity() }
        await club.clock.waitForSleepers(1)
        #expect(status.snapshot.isChannelRefused)
        club.clock.advance(by: .seconds(60))

        #expect(await starting.value?.channel == Fixtures.channel)
        #expect(!status.snapshot.isChannelRefused)
    }
}
