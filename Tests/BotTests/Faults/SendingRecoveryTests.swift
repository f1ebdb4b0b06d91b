import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Every fault that Telegram or the way to it can have while messages are sent: what it costs, and how soon it is over.
@Suite(.timeLimit(.minutes(2)))
struct SendingRecoveryTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var name: String
        var answer: ScriptedBotAPI.Answer
        var recovery: Duration = .seconds(35)

        var testDescription: String { name }
    }

    static let faults = [
        Fault(name: "no connection", answer: .broken(wasSent: false)),
        Fault(name: "502 with HTML", answer: .raw(status: 502, body: "<html>")),
        Fault(name: "500", answer: .refusal(500, "Internal Server Error: restart")),
        Fault(name: "401", answer: .refusal(401, "Unauthorized"), recovery: .seconds(70)),
        Fault(
            name: "429 for everything",
            answer: .refusal(429, "Too Many Requests", parameters: #"{"retry_after":1}"#)
        ),
    ]

    let club: BotClubFixture
    let telegram = ScriptedBotAPI()

    init() throws {
        club = try BotClubFixture()
    }

    private func sender() throws -> OutboxSender {
        OutboxSender(
            bot: .club,
            api: try telegram.api(),
            outbox: club.store.outbox,
            composer: NoticeComposer(
                conversation: club.conversation,
                directory: club.directory,
                library: club.library,
                phrases: club.phrases,
                language: ClubLanguage(store: club.store, setting: .ru)
            ),
            directory: club.directory,
            clock: club.clock,
            wakeup: club.signal.wakeup(for: .club),
            outage: club.outage,
            logger: club.logger
        )
    }

    /// One message to each of `count` chats.
    private func append(_ count: Int, lane: OutboxLane = .answers, named name: String = "m") async throws {
        let drafts = try (0..<count).map { number in
            let chat = Int64(number) + 1
            let call = OutgoingCall.sendMessage(SendMessage(chatId: chat, text: "\(name)\(number)"))
            return OutboxDraft(
                dedupeKey: "\(name)\(number)",
                chat: ChatID(rawValue: chat),
                lane: lane,
                body: try call.body
            )
        }
        try await club.store.outbox.append(drafts, now: club.clock.now)
    }

    private func counts() async throws -> OutboxCounts { try await club.store.outbox.counts(bot: .club) }

    /// Moves the clock in small steps, each time after all that was sent has been answered.
    private func pass(
        _ duration: Duration,
        _ rate: inout RequestRate,
        by step: Duration = .milliseconds(250)
    ) async throws {
        let end = club.clock.after(duration)
        while club.clock.now < end {
            try await settle()
            rate.note(total: telegram.calls.count, at: club.clock.now)
            club.clock.advance(by: step)
        }
    }

    /// Returns when nothing is on its way and the sender rests.
    private func settle() async throws {
        repeat {
            await club.clock.waitForSleepers(1)
            await Task.yield()
        } while try await counts().sending > 0
    }

    @Test(arguments: faults)
    func `a fault of ten minutes costs two requests a second at most, and all is sent after it`(
        fault: Fault
    )
        async throws
    {
        let count = 200
        telegram.disturb(fault.answer)
        try await append(count)
        let sender = try sender()
        let running = Task { await sender.run() }
        var rate = RequestRate()
        // What is on its way when the fault begins meets it all at once.
        try await pass(.seconds(1), &rate)
        let start = club.clock.now
        try await pass(.seconds(600), &rate)
        #expect(rate.most(since: start) <= 2)
        #expect(try await counts().queued == count)

        for number in 0..<count { telegram.script("sendMessage", .result(#"{"message_id":\#(number)}"#)) }
        telegram.disturb(nil)
        let ended = club.clock.now
        while try await counts().sent == 0 {
            let hasTime = club.clock.now.timeIntervalSince(ended) <= fault.recovery.seconds
            try #require(hasTime, "nothing was sent after \(fault.recovery)")
            try await settle()
            club.clock.advance(by: .milliseconds(250))
        }
        while try await counts().sent < count {
            try #require(club.clock.now.timeIntervalSince(ended) <= 130)
            try await settle()
            club.clock.advance(by: .milliseconds(250))
        }
        running.cancel()
        await running.value
    }

    /// Each message may be risked twice: its first try and one more.
    @Test(arguments: ["hangs", "breaks", "garbage"])
    func `while no answer comes, only what was on its way is risked, and all is sent after it`(
        fault: String
    ) async throws {
        let count = 100
        let faults: [String: ScriptedBotAPI.Answer] = [
            "hangs": .hangs(club.clock), "breaks": .broken(wasSent: true), "garbage": .raw(status: 200, body: "?"),
        ]
        telegram.disturb(faults[fault])
        try await append(count)
        let sender = try sender()
        let running = Task { await sender.run() }
        let start = club.clock.after(.seconds(1))
        var rate = RequestRate()
        try await drift(.seconds(600), &rate) { false }
        #expect(rate.most(since: start) <= 2)
        #expect(telegram.calls.count { $0.method == "sendMessage" } <= OutboxSender.inFlightLimit)

        for number in 0..<count { telegram.script("sendMessage", .result(#"{"message_id":\#(number)}"#)) }
        for _ in 0..<3 { telegram.script("getMe", .result(#"{"id":1,"is_bot":true,"first_name":"x"}"#)) }
        telegram.disturb(nil)
        try await drift(.seconds(35), &rate) { try await counts().sent > 0 }
        #expect(try await counts().sent > 0)
        try await drift(.seconds(60), &rate) { try await counts().sent == count }
        #expect(try await counts().sent == count)
        running.cancel()
        await running.value
    }

    /// Moves the clock until something is so, while calls may hang by it.
    private func drift(
        _ duration: Duration,
        _ rate: inout RequestRate,
        until isDone: () async throws -> Bool
    ) async throws {
        let end = club.clock.after(duration)
        while club.clock.now < end, try await !isDone() {
            await club.clock.waitForSleepers(1)
            for _ in 0..<20 { await Task.yield() }
            rate.note(total: telegram.calls.count, at: club.clock.now)
            club.clock.advance(by: .milliseconds(250))
        }
    }

    @Test func `three chats that ask to wait within a second make the whole bot wait, to the end`() async throws {
        telegram.disturb(.refusal(429, "Too Many Requests", parameters: #"{"retry_after":40}"#))
        try await append(3)
        let sender = try sender()
        let running = Task { await sender.run() }
        while try await counts().queued < 3 || telegram.calls.count < 3 { await Task.yield() }
        telegram.disturb(nil)
        for number in 0..<13 { telegram.script("sendMessage", .result(#"{"message_id":\#(number)}"#)) }
        try await append(10, named: "others")
        var rate = RequestRate()
        try await pass(.milliseconds(39_750), &rate)
        #expect(telegram.calls.count == 3)
        while try await counts().sent < 13 {
            try await settle()
            club.clock.advance(by: .milliseconds(250))
        }
        #expect(telegram.calls.count == 16)
        running.cancel()
        await running.value
    }

    @Test func `what nobody asked for goes to thousands at 25 a second, and answers go before it`() async throws {
        let count = 1_000
        let step = Duration.milliseconds(50)
        for number in 0...count { telegram.script("sendMessage", .result(#"{"message_id":\#(number)}"#)) }
        try await append(count, lane: .digests)
        let sender = try sender()
        let running = Task { await sender.run() }
        var rate = RequestRate()
        let start = club.clock.now
        try await pass(.seconds(10), &rate, by: step)
        let soFar = telegram.calls.count
        #expect(soFar < 10 * 25 + 10)
        let answer = OutgoingCall.sendMessage(SendMessage(chatId: 5_000, text: "answer"))
        let draft = OutboxDraft(
            dedupeKey: "answer",
            chat: ChatID(rawValue: 5_000),
            lane: .answers,
            body: try answer.body
        )
        try await club.store.outbox.append([draft], now: club.clock.now)
        try await pass(.seconds(1), &rate, by: step)
        let position = try #require(telegram.calls.firstIndex { $0.parameter("text") == "answer" })
        #expect(position <= soFar + 26)
        while try await counts().sent <= count {
            try #require(club.clock.now.timeIntervalSince(start) < 60)
            try await pass(.seconds(1), &rate, by: step)
        }
        // With the one answer.
        #expect(rate.most(since: start) <= 26)
        #expect(Set(telegram.calls.compactMap { $0.parameter("text") }).count == count + 1)
        #expect(telegram.calls.count == count + 1)
        running.cancel()
        await running.value
    }
}
