import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Sending episodes to other chats.
struct InlineModeTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk(botAddress: "https://t.me/club_bot")
        try await talk.open()
    }

    private func allowAudio() async throws {
        _ = try await talk.taps(.admin(.setting(.sharesAudio(true))), .owner)
    }

    @Test func `nothing typed gives the newest episodes, as cards that lead to the club`() async throws {
        try await talk.postEpisodes(2)
        let podcast = try await talk.post(3, "S2E5 Night <&>\nAbout the night")

        let answer = try await talk.asks("", .member)

        #expect(answer.inlineQueryId == "question")
        #expect(answer.isPersonal && answer.cacheTime == 0 && answer.nextOffset.isEmpty && answer.button == nil)
        #expect(answer.results.map(\.title) == ["Night <&>", "Episode 2", "Episode 1"])
        let first = try #require(answer.results.first)
        #expect(first.type == "article" && first.id == podcast.id.rawValue)
        #expect(first.description == "S2E5 · 1 июня 2026 · 1:01")
        let content = try #require(first.inputMessageContent)
        let text = "🎧 Night <&>\nS2E5 · 1 июня 2026 · 1:01\n\nAbout the night"
        #expect(try TelegramText(content.messageText).plain == text)
        #expect(content.parseMode == "HTML")
        let button = try #require(first.replyMarkup?.inlineKeyboard.first?.first)
        #expect(button.url == "https://t.me/club_bot?start=episode-\(podcast.id)")
    }

    @Test(arguments: [("нов звук", 1), ("#Звук", 2), ("#ничего", 0), ("🎧", 0), ("   ", 3)])
    func `what is typed is looked for`(text: String, count: Int) async throws {
        try await talk.post(1, "Новый звук\n#звук")
        try await talk.post(2, "Старый шум\n#звук")
        try await talk.post(3, "Тишина")

        #expect(try await talk.asks(text, .member).results.count == count)
    }

    @Test func `results go on where the last answer ended`() async throws {
        try await talk.postEpisodes(45)
        var titles: [String?] = []
        var offset = ""
        repeat {
            let answer = try await talk.asks("", .member, offset: offset)
            #expect(answer.results.count <= AnswerInlineQuery.resultLimit)
            #expect(answer.nextOffset.utf8.count <= 64)
            titles += answer.results.map(\.title)
            offset = answer.nextOffset
        } while !offset.isEmpty

        #expect(titles == (1...45).reversed().map { "Episode \($0)" })
        #expect(try await talk.asks("", .member, offset: "nonsense").results.isEmpty)
    }

    @Test func `who does not say their language is answered in the club's`() async throws {
        let owner = try await talk.member(.owner)
        _ = try await talk.club.services.office.setLanguage(.en, by: owner, cause: talk.club.cause("language"))
        var user = Visitor.stranger.user
        user["language_code"] = nil

        let query: [String: Any] = ["id": "question", "from": user, "query": "", "offset": ""]
        let answer = try await talk.handle(talk.update("inline_query", query)).results

        #expect(answer.button?.text == talk.label(.inlineClosed, .en))
    }

    @Test func `a stranger, somebody who waits and somebody banned get the way to the bot and nothing else`()
        async throws
    {
        try await talk.post(1, "Secret")
        try await talk.admit(Visitor(id: 60))
        try await talk.change(talk.member(Visitor(id: 60)).id) { $0.membership = .banned }
        _ = try await talk.taps(.askToJoin, Visitor(id: 61))

        for visitor in [.stranger, Visitor(id: 60), Visitor(id: 61)] {
            let answer = try await talk.asks("Secret", visitor)
            #expect(answer.results.isEmpty && answer.isPersonal && answer.cacheTime == 0)
            #expect(answer.button?.text == talk.label(.inlineClosed))
            #expect(answer.button?.startParameter == "inline")
        }
        let greeting = try await talk.says("/start inline", .stranger).screen
        #expect(greeting.labels == [[talk.label(.buttonAsk)]])
    }

    @Test func `sound leaves the club only where the club allows it, or in the member's chat with the bot`()
        async throws
    {
        try await talk.post(1, "Night")
        #expect(try await talk.asks("", .member).results.map(\.type) == ["article"])
        #expect(try await talk.asks("", .member, chatType: nil).results.map(\.type) == ["article"])
        #expect(try await talk.asks("", .member, chatType: "sender").results.map(\.type) == ["voice"])

        try await allowAudio()

        let result = try #require(try await talk.asks("", .member).results.first)
        #expect(
            result.type == "voice" && result.voiceFileId == "file-1-for-club"
                && result.title?.hasPrefix("Night · ") == true
        )
        #expect(result.caption == "<b>Night</b>" && result.inputMessageContent == nil)
    }

    @Test func `each kind of recording is sent as what it is, and what this bot cannot send as a card`() async throws {
        try await allowAudio()
        for (number, kind) in ["voice", "audio", "document", "video", "video_note"].enumerated() {
            let file = kind == "document" ? ["mime_type": "audio/mpeg"] : [:]
            _ = try await talk.handle(talk.recording(Int64(number) + 1, caption: kind, kind: kind, file: file))
        }
        let foreign = try await talk.post(6, "foreign")
        try await talk.change(foreign) { $0.recordings = [Fixtures.foreignRecording(6)] }

        let types = try await talk.asks("", .member).results.map(\.type)

        #expect(types == ["article", "article", "video", "document", "audio", "voice"])
    }

    @Test func `an admin allows and forbids it in the club's settings`() async throws {
        let label = talk.club.phrases.text(AdminPhrase.buttonSharesAudio, .ru)
        let before = try await talk.says("/club", .owner).screen
        let allowed = try await talk.handle(talk.tap(before.data("⬜️ \(label)"), by: .owner)).screen
        #expect(try await talk.club.services.office.settings().sharesAudio)

        _ = try await talk.handle(talk.tap(allowed.data("✅ \(label)"), by: .owner))
        #expect(try await !talk.club.services.office.settings().sharesAudio)
        let refused = try await talk.taps(.admin(.setting(.sharesAudio(true))), .member)
        #expect(try refused.toast.showAlert == true)
        #expect(try await !talk.club.services.office.settings().sharesAudio)
    }

    @Test func `a question is answered in its person's lane, once, and not for long`() async throws {
        let question = try talk.question("", by: .member)
        #expect(question.lane == "\(Visitor.member.id)")

        let first = try await talk.handle(question)
        let again = try await talk.handle(question)

        #expect(first.keys == again.keys && first.keys.count == 1)
        #expect(first.drafts.map(\.lane) == [.answers])
        #expect(first.drafts.map(\.expiresAt) == [talk.club.clock.after(.seconds(15))])
    }

    @Test(arguments: ["text", "voice"])
    func `what a member sends to the bot from its own results is no question to it`(kind: String) async throws {
        let content: [String: Any] =
            kind == "text" ? [kind: "🎧 Night"] : [kind: ["file_id": "f", "file_unique_id": "u"]]
        let own: [String: Any] = ["via_bot": ["id": 4242, "is_bot": true, "username": "podcast_fomo_BOT"]]
        let other: [String: Any] = ["via_bot": ["id": 4243, "is_bot": true, "username": "gif"]]

        #expect(try await talk.handle(talk.message(from: .member, own.merging(content) { $1 })).calls.isEmpty)
        #expect(try await talk.handle(talk.message(from: .member, other.merging(content) { $1 })).calls.count == 1)
    }

    @Test func `a late answer is none that failed`() async throws {
        let call = OutgoingCall.answerInlineQuery(try await talk.asks("", .member))
        let late = TelegramError.refused(
            method: AnswerInlineQuery.name,
            code: 400,
            description: "Bad Request: query is too old and response timeout expired or query ID is invalid"
        )

        #expect(SendVerdict(late, of: call) == .done)
        #expect(call.isRepeatable)
    }

    @Test func `a question that was given up gets no apology, and the recording bot answers none`() async throws {
        #expect(try talk.handler.apology(for: talk.question("", by: .member)).isEmpty)
        let recorder = try BotTalk(talk.club, bot: .recorder, duty: .recordingsOnly)

        #expect(try await recorder.handle(recorder.question("", by: .member)).calls.isEmpty)
    }
}
