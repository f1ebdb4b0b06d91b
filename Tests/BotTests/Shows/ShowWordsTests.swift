import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// What is said about shows, and how the announcement reads as the show goes on.
struct ShowWordsTests {
    let talk: BotTalk
    let host = BotTalk.host

    init() async throws {
        talk = try BotTalk(botAddress: "https://t.me/club_bot")
        try await talk.openForShows()
    }

    private func told(
        _ news: ShowNews,
        _ show: LiveSession,
        _ visitor: Visitor = .member
    ) async throws -> Seen.Screen? {
        let reply = try await talk.composer.reply(.show(show.id, news), in: visitor.chat)
        return reply.map { Seen([$0.call(in: visitor.chat)]) }?.screens.first
    }

    /// The announcement as the channel has it now.
    private func post(_ show: LiveSession) async throws -> (screen: Seen.Screen, call: OutgoingCall) {
        let reply = try #require(try await talk.composer.reply(.show(show.id, .post), in: Fixtures.channel))
        let call = reply.call(in: Fixtures.channel)
        return (try Seen([call]).screen, call)
    }

    private func remind(_ show: LiveSession, _ visitor: Visitor = .member) async throws {
        _ = try await talk.taps(.show(.reminders(show.id, true)), visitor)
    }

    // MARK: The announcement

    @Test func `the announcement is posted once, and edited from then on`() async throws {
        let show = try await talk.plan("Ночь & <день>")
        let first = try await post(show)
        #expect(first.screen.changed == nil)
        #expect(first.screen.chat == Fixtures.channel.rawValue)
        #expect(
            try first.screen.text
                == "🎙 Ночь & <день>\n🗓 Понедельник, 1 июня в 17:00 (МСК) · 1 ч\n🎤 Ведёт Hanna"
        )
        #expect(first.screen.labels == [["🙋 Я приду"], ["ℹ️ Подробнее"]])
        #expect(first.screen.buttons.last?.url == "https://t.me/club_bot?start=show-\(show.id)")
        try await talk.composer.sent(.show(show.id, .post), in: Fixtures.channel, as: 500)

        _ = try await talk.tapsInChannel(try #require(first.screen.buttons[0].callbackData), .member)
        let counted = try await post(show).screen
        #expect(counted.changed == 500)
        #expect(try counted.text.hasSuffix("🙋 Придёт 1 человек"))
        #expect(counted.labels[0] == ["🙋 Я приду · 1"])
    }

    @Test func `live it has the way in, over it has the length, recorded it has the recording`() async throws {
        let show = try await talk.plan()
        try await talk.composer.sent(.show(show.id, .post), in: Fixtures.channel, as: 500)
        try await talk.start(show)
        let live = try await post(show).screen
        #expect(try live.text.hasPrefix("🔴 В эфире: Ночной эфир"))
        #expect(live.buttons[0].url == "https://club.test/live/\(show.id)")

        talk.club.clock.advance(by: .seconds(52 * 60))
        try await talk.end(show)
        let over = try await post(show).screen
        #expect(try over.text.contains("Запись скоро будет"))
        #expect(try over.text.hasSuffix("⏱ 52 мин"))
        #expect(over.buttons.isEmpty)

        let reply = try #require(try await talk.composer.reply(.show(show.id, .endedPost), in: Fixtures.channel))
        guard case .sendMessage(let ended) = reply.call(in: Fixtures.channel) else {
            Issue.record("it is no new message")
            return
        }
        #expect(ended.replyParameters == ReplyParameters(messageId: 500, allowSendingWithoutReply: true))
        #expect(ended.text.contains("52 мин"))
    }

    @Test func `the announcement is in the club's language`() async throws {
        _ = try await talk.club.services.office.setLanguage(
            .en,
            by: talk.member(.owner),
            cause: talk.club.cause("language")
        )
        let show = try await talk.plan(isWeekly: true)
        let screen = try await post(show).screen
        let facts = "🗓 Monday, 1 June at 17:00 (Moscow time) · 1 h\n🎤 Hosted by Hanna\n🔁 Every week"
        #expect(try screen.text.contains(facts))
    }

    @Test func `a long description is cut, and the announcement still fits`() async throws {
        let show = try await talk.plan(String(repeating: "Т", count: LiveSession.titleLength))
        _ = try await talk.club.services.shows.edit(
            show.id,
            ShowEdit(summary: String(repeating: "&", count: LiveSession.summaryLength)),
            by: talk.member(host),
            cause: talk.club.cause("edit")
        )
        let source = try await post(show).screen.source
        #expect(try TelegramText(source).length <= TelegramText.messageLimit)
    }

    @Test(arguments: ["channel_post", "edited_channel_post"])
    func `the bot's own post is no recording`(kind: String) async throws {
        let show = try await talk.plan("/unpublish")
        let screen = try await post(show).screen
        let object: [String: Any] = [
            "message_id": 500, "date": 1, "chat": BotTalk.channel, "text": try screen.text,
            "reply_to_message": ["message_id": 1, "date": 1, "chat": BotTalk.channel],
        ]
        let seen = try await talk.handle(talk.update(kind, object))
        #expect(seen.calls.isEmpty)
        #expect(try await talk.club.library.find(.post(Fixtures.post(500))) == nil)
    }

    @Test func `without a bot's name or a site there are no links`() async throws {
        let talk = try BotTalk(site: nil)
        try await talk.openForShows()
        let show = try await talk.plan()
        try await talk.start(show)
        let reply = try #require(try await talk.composer.reply(.show(show.id, .post), in: Fixtures.channel))
        #expect(try Seen([reply.call(in: Fixtures.channel)]).screen.buttons.isEmpty)
    }

    // MARK: To members

    @Test func `that a show has begun comes with the way in, and a switch`() async throws {
        let show = try await talk.plan()
        #expect(try await told(.started, show) == nil)
        try await talk.start(show)
        let screen = try #require(try await told(.started, show))
        #expect(try screen.text == "🔴 Эфир начался: Ночной эфир\n🎤 Ведёт Hanna")
        #expect(screen.buttons[0].url == "https://club.test/live/\(show.id)")
        _ = try await talk.taps(ShowTalkPhrase.buttonNoShows, of: screen, .member)
        #expect(try await talk.member(.member).settings.wants(.liveShows) == false)
        try await talk.end(show)
        #expect(try await told(.started, show) == nil)
    }

    @Test func `a reminder says when, in the reader's zone, and can be the last`() async throws {
        let show = try await talk.plan(in: 15 * 60)
        try await remind(show, .englishMember)
        _ = try await talk.says("/settings zone Asia/Omsk", .englishMember)
        let news = ShowNews.reminder(.quarterBefore, startsAt: show.startsAt)
        let screen = try #require(try await told(news, show, .englishMember))
        #expect(
            try screen.text
                == "⏰ A show is about to begin: Ночной эфир\n🗓 Today at 18:15 · in 15 min\n🎤 Hosted by Hanna"
        )
        let card = try await talk.taps(ShowTalkPhrase.buttonRemindNoMore, of: screen, .englishMember)
        #expect(try card.screen.text.hasPrefix("🎙 Ночной эфир"))
        #expect(try await talk.answer(of: .englishMember, to: show)?.wantsReminders == false)
    }

    @Test func `a reminder of a time that does not hold any more is not sent`() async throws {
        let show = try await talk.plan(in: 86_400)
        let news = ShowNews.reminder(.dayBefore, startsAt: show.startsAt)
        #expect(try await told(news, show) != nil)
        _ = try await talk.club.services.shows.move(
            show.id,
            to: show.startsAt.addingTimeInterval(3_600),
            by: talk.member(host),
            cause: talk.club.cause("move")
        )
        #expect(try await told(news, show) == nil)
        let moved = try #require(try await told(.moved(from: show.startsAt), show))
        #expect(try moved.text.contains("Было: Завтра в 15:00\nСтало: Завтра в 16:00"))
    }

    @Test func `what is told at the end, and to the host`() async throws {
        let show = try await talk.plan()
        try await remind(show)
        try await talk.start(show)
        talk.club.clock.advance(by: .seconds(3_900))
        try await talk.end(show)
        #expect(try #require(try await told(.ended, show)).text.contains("Длился 1 ч 5 мин"))
        let recorded = try #require(try await told(.recorded, show, host))
        #expect(try recorded.text.contains("⏱ Длился: 1 ч 5 мин\n🙋 Собирались прийти: 0"))
        let id = try #require(try await talk.show(show.id).podcastID)
        let missing = try #require(try await told(.withoutRecording, show, host))
        #expect(try missing.text.contains("https://club.test/podcast/\(id)\n"))
    }

    @Test func `a show that was cancelled or never began says so`() async throws {
        let show = try await talk.plan()
        #expect(try #require(try await told(.cancelled, show)).text.contains("Было назначено: Сегодня в 17:00"))
        let missed = try #require(try await told(.missed, show, host))
        #expect(missed.labels == [[talk.label(ShowTalkPhrase.buttonNew)]])
        let gone = LiveSession.ID(rawValue: "nothing")
        #expect(try await talk.composer.reply(.show(gone, .started), in: Visitor.member.chat) == nil)
    }

    // MARK: Manner

    @Test func `in quiet hours the alert comes without a sound, and who wants none gets none`() async throws {
        let show = try await talk.plan()
        try await talk.start(show)
        let member = try await talk.member(.member)
        let draft = try #require(OutboxDraft(key: "alert", to: member, notice: .show(show.id, .started)))
        let now = talk.club.clock.now
        guard case .call(.sendMessage(let loud)) = try await talk.composer.delivery(of: draft, now: now) else {
            throw Unsent()
        }
        #expect(loud.disableNotification == nil)

        _ = try await talk.says("/settings quiet 14:00-16:00", .member)
        guard case .call(.sendMessage(let quiet)) = try await talk.composer.delivery(of: draft, now: now) else {
            throw Unsent()
        }
        #expect(quiet.disableNotification == true)

        _ = try await talk.taps(.personal(.choose(.notices(.liveShows, isWanted: false))), .member)
        guard case .nothing = try await talk.composer.delivery(of: draft, now: now) else {
            throw Unsent()
        }
    }

    private struct Unsent: Error {}
}
