import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

@Suite(.timeLimit(.minutes(1)))
struct OutboxSenderTests {
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

    private func sending(_ steps: () async throws -> Void) async throws {
        let sender = try sender()
        let running = Task { await sender.run() }
        try await steps()
        running.cancel()
        await running.value
    }

    private func message(
        _ text: String,
        chat: Int64 = 7,
        lane: OutboxLane = .answers,
        expiresAt: Date? = nil
    ) throws -> OutboxDraft {
        let call = OutgoingCall.sendMessage(SendMessage(chatId: chat, text: text, parseMode: "HTML"))
        return OutboxDraft(
            dedupeKey: text,
            chat: ChatID(rawValue: chat),
            lane: lane,
            body: try call.body,
            expiresAt: expiresAt
        )
    }

    private func append(_ drafts: OutboxDraft...) async throws {
        try await club.store.outbox.append(drafts, now: club.clock.now)
    }

    private func counts() async throws -> OutboxCounts {
        try await club.store.outbox.counts(bot: .club)
    }

    /// Moves the clock until the outbox has `count` rows in a state.
    private func advance(
        until state: KeyPath<OutboxCounts, Int>,
        is count: Int,
        by step: Duration = .milliseconds(250)
    ) async throws {
        while try await counts()[keyPath: state] < count {
            await club.clock.waitForSleepers(1)
            club.clock.advance(by: step)
            // Lets the sender go on: on two cores, two tests that turn here would leave it no thread.
            await Task.yield()
        }
    }

    private var texts: [String] { telegram.calls.compactMap { $0.parameter("text") } }

    @Test func `messages of a chat go out in their order`() async throws {
        for number in 1...4 {
            telegram.script("sendMessage", .result(#"{"message_id":\#(number)}"#))
            try await append(message("m\(number)"))
        }

        try await sending { try await advance(until: \.sent, is: 4) }

        #expect(texts == ["m1", "m2", "m3", "m4"])
    }

    @Test func `a notice is put into the recipient's language, and what people wrote is escaped`() async throws {
        let owner = try await club.owner()
        _ = try await club.takeOutbox()
        let asked = try await club.directory.askToJoin(
            Fixtures.person(5, name: "<b>Eve</b> & Co", username: "eve"),
            cause: club.cause("1")
        )
        telegram.script("sendMessage", .result(#"{"message_id":1}"#))

        try await sending { try await advance(until: \.sent, is: 2) }

        #expect(texts == ["🙋 <b>&lt;b&gt;Eve&lt;/b&gt; &amp; Co</b> (@eve) хочет вступить в клуб."])
        #expect(telegram.calls[0].parameter("chat_id") == owner.telegramID.map { "\($0)" })
        #expect(telegram.calls[0].parameters.contains("d:y:\(asked.id)"))
    }

    @Test func `a chat that was asked to wait waits to the end, the others do not`() async throws {
        telegram.script(
            "sendMessage",
            .refusal(429, "Too Many Requests: retry after 30", parameters: #"{"retry_after":30}"#),
            .result(#"{"message_id":1}"#),
            .result(#"{"message_id":2}"#)
        )
        try await append(message("first", chat: 7))
        let start = club.clock.now

        try await sending {
            await telegram.waitForCalls(1)
            try await append(message("other", chat: 8))
            try await advance(until: \.sent, is: 1)
            #expect(texts == ["first", "other"])
            #expect(club.clock.now.timeIntervalSince(start) < 5)
            try await advance(until: \.sent, is: 2)
        }

        #expect(texts == ["first", "other", "first"])
        #expect(club.clock.now.timeIntervalSince(start) >= 30)
    }

    @Test func `a message that may have arrived is tried once more and never again`() async throws {
        telegram.script("sendMessage", .broken(wasSent: true), .broken(wasSent: true))
        telegram.script("getMe", .result(#"{"id":1,"is_bot":true,"first_name":"x"}"#))
        try await append(message("doubtful"))

        try await sending { try await advance(until: \.unknown, is: 1) }

        #expect(texts == ["doubtful", "doubtful"])
    }

    @Test func `a message that surely did not arrive is tried until it does`() async throws {
        telegram.script(
            "sendMessage",
            .broken(wasSent: false),
            .raw(status: 502, body: "<html>"),
            .broken(wasSent: false),
            .result(#"{"message_id":1}"#)
        )
        try await append(message("stubborn"))

        try await sending { try await advance(until: \.sent, is: 1) }

        #expect(texts == Array(repeating: "stubborn", count: 4))
    }

    @Test func `who blocked the bot gets nothing more and is known to be unreachable`() async throws {
        let member = try await club.directory.admit(Fixtures.person(7), cause: club.cause("1"))
        telegram.script("sendMessage", .refusal(403, "Forbidden: bot was blocked by the user"))
        try await append(message("hello", chat: 7))

        try await sending { try await advance(until: \.unreachable, is: 1) }

        #expect(try await club.directory.find(.id(member.id))?.isReachable == false)
        #expect(texts.count == 1)
    }

    @Test func `a group that became another gets the message, and all that waits, at its new address`() async throws {
        telegram.script(
            "sendMessage",
            .refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                parameters: #"{"migrate_to_chat_id":-1009}"#
            ),
            .result(#"{"message_id":1}"#),
            .result(#"{"message_id":2}"#)
        )
        try await append(message("one", chat: -5), message("two", chat: -5))

        try await sending { try await advance(until: \.sent, is: 2) }

        #expect(telegram.calls.map { $0.parameter("chat_id") } == ["-5", "-1009", "-1009"])
    }

    @Test func `text that Telegram cannot read as HTML is sent plain`() async throws {
        telegram.script(
            "sendMessage",
            .refusal(400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 1"),
            .result(#"{"message_id":1}"#)
        )
        try await append(message("a &lt; b <i>c</i>"))

        try await sending { try await advance(until: \.sent, is: 1) }

        #expect(texts.last == "a < b c")
        #expect(telegram.calls.last?.parameter("parse_mode") == nil)
    }

    @Test func `what was on its way at a crash is tried once more, and only that`() async throws {
        telegram.script("sendMessage", .result(#"{"message_id":1}"#), .result(#"{"message_id":2}"#))
        try await append(message("in flight", chat: 7), message("waiting", chat: 8))
        _ = try await club.store.outbox.claim(
            bot: .club,
            lanes: [.answers],
            excluding: [ChatID(rawValue: 8)],
            limit: 1,
            now: club.clock.now
        )

        try await sending { try await advance(until: \.sent, is: 2) }

        #expect(texts.sorted() == ["in flight", "waiting"])
    }

    @Test func `an answer to a tap that comes too late is not sent`() async throws {
        try await append(message("late", expiresAt: club.clock.now.addingTimeInterval(-1)))

        try await sending { try await advance(until: \.failed, is: 1) }

        #expect(texts.isEmpty)
    }

    @Test func `a refused token pauses sending for a minute and loses nothing`() async throws {
        telegram.script("sendMessage", .refusal(401, "Unauthorized"), .result(#"{"message_id":1}"#))
        try await append(message("patient"))
        let start = club.clock.now

        try await sending { try await advance(until: \.sent, is: 1, by: .seconds(1)) }

        #expect(club.clock.now.timeIntervalSince(start) >= 60)
        #expect(texts.count == 2)
    }

    @Test func `answers go before alerts`() async throws {
        for _ in 1...3 { telegram.script("sendMessage", .result(#"{"message_id":1}"#)) }
        try await append(
            message("alert 1", lane: .alerts),
            message("alert 2", lane: .alerts),
            message("answer", lane: .answers)
        )

        try await sending { try await advance(until: \.sent, is: 3) }

        #expect(texts == ["answer", "alert 1", "alert 2"])
    }

    @Test func `who takes no voice messages is told so instead of hearing nothing`() async throws {
        _ = try await club.directory.admit(Fixtures.person(7, language: .en), cause: club.cause("1"))
        telegram.script("sendVoice", .refusal(400, "Bad Request: VOICE_MESSAGES_FORBIDDEN"))
        telegram.script("sendMessage", .result(#"{"message_id":1}"#))
        let voice = SendVoice(chatId: 7, voice: "file", caption: "A &amp; B", parseMode: "HTML")
        try await append(
            OutboxDraft(
                dedupeKey: "voice",
                chat: ChatID(rawValue: 7),
                lane: .answers,
                body: try OutgoingCall.sendVoice(voice).body
            )
        )

        try await sending { try await advance(until: \.sent, is: 1) }

        #expect(texts.last?.contains("did not take the recording “A &amp; B”") == true)
        #expect(telegram.calls.last?.parameters.contains("https://club.test/library") == true)
    }

    @Test func `who takes no video messages is told so as well`() async throws {
        _ = try await club.directory.admit(Fixtures.person(7, language: .en), cause: club.cause("1"))
        telegram.script("sendVideoNote", .refusal(400, "Bad Request: VOICE_MESSAGES_FORBIDDEN"))
        telegram.script("sendMessage", .result(#"{"message_id":1}"#))
        let note = OutgoingCall.sendVideoNote(SendVideoNote(chatId: 7, videoNote: "file"))
        try await append(
            OutboxDraft(dedupeKey: "note", chat: ChatID(rawValue: 7), lane: .answers, body: try note.body)
        )

        try await sending { try await advance(until: \.sent, is: 1) }

        #expect(texts.last?.contains("did not take the video message") == true)
        #expect(telegram.calls.last?.parameters.contains("https://club.test/library") == true)
    }

    @Test func `a message with which Telegram always has trouble keeps back its own chat only`() async throws {
        for _ in 1...OutboxSender.troubleLimit { telegram.script("sendMessage", .raw(status: 500, body: "<html>")) }
        try await append(message("poison", chat: 7))

        try await sending {
            while telegram.calls.count < OutboxSender.troubleLimit {
                await club.clock.waitForSleepers(1)
                club.clock.advance(by: .milliseconds(250))
                await Task.yield()
            }
            let begin = club.clock.now
            telegram.script("sendMessage", .result(#"{"message_id":1}"#), .result(#"{"message_id":2}"#))
            try await append(message("healthy", chat: 8))
            try await advance(until: \.sent, is: 1)
            #expect(texts.last == "healthy")
            #expect(club.clock.now.timeIntervalSince(begin) < OutboxSender.troublePause.seconds)
            try await advance(until: \.sent, is: 2)
        }

        #expect(texts.last == "poison")
    }

    @Test func `what is answered while the program stops is still sent`() async throws {
        for number in 1...3 { telegram.script("sendMessage", .result(#"{"message_id":\#(number)}"#)) }
        let sender = try sender()
        let running = Task { await sender.run() }
        await club.clock.waitForSleepers(1)
        try await append(message("one", chat: 7), message("two", chat: 7), message("three", chat: 8))

        let ticking = Task { [clock = club.clock] in
            while !Task.isCancelled {
                await clock.waitForSleepers(1)
                clock.advance(by: .milliseconds(20))
                await Task.yield()
            }
        }
        await sender.drain(within: .seconds(100_000))
        // The sender ends by itself when nothing is left.
        await running.value
        ticking.cancel()
        await ticking.value

        #expect(Set(texts) == ["one", "two", "three"])
    }
}
