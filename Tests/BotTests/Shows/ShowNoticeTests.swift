import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// What is told about shows, on its way to people and to the channel.
struct ShowNoticeTests {
    let talk: BotTalk
    private let show: LiveSession

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
        let plan = ShowPlan(title: "Звук & тишина", startsAt: talk.club.clock.now.addingTimeInterval(3_600))
        let owner = try await talk.member(.owner)
        show = try await talk.club.services.shows.schedule(plan, by: owner, cause: talk.club.cause("plan"))
    }

    private var shows: LiveSessions { talk.club.services.shows }

    /// 23:30 in Moscow on 9 May 2026.
    private let night = Date(timeIntervalSince1970: 1_778_358_600)

    private func delivery(_ news: ShowNews, at moment: Date) async throws -> SendMessage? {
        let draft = OutboxDraft(
            dedupeKey: "x",
            chat: Visitor.member.chat,
            lane: .alerts,
            body: .notice(.show(show.id, news))
        )
        guard case .call(.sendMessage(let message)) = try await talk.composer.delivery(of: draft, now: moment) else {
            return nil
        }
        return message
    }

    private func start() async throws {
        let owner = try await talk.member(.owner)
        _ = try await shows.start(show.id, by: owner, cause: talk.club.cause("start"))
    }

    @Test func `the alert of a start makes no sound in quiet hours`() async throws {
        try await start()
        let hours = PersonalButton.choose(.quietHours(QuietHours("23-8")))
        _ = try await talk.taps(.personal(hours), .member)
        let told = try #require(try await delivery(.started, at: night))
        #expect(told.disableNotification == true)
        #expect(told.text.contains("Звук &amp; тишина"))
        let noon = night.addingTimeInterval(12 * 3_600)
        #expect(try await delivery(.started, at: noon)?.disableNotification == nil)
    }

    @Test func `who wants no alerts of shows gets none, but what they asked for`() async throws {
        try await start()
        let choice = PersonalButton.choose(.notices(.liveShows, isWanted: false))
        _ = try await talk.taps(.personal(choice), .member)
        #expect(try await delivery(.started, at: night) == nil)
        let asked = ShowNews.reminder(.atStart, startsAt: show.startsAt)
        #expect(try await delivery(asked, at: night) != nil)
    }

    @Test func `a reminder of a time that is not the show's any more is not sent`() async throws {
        let due = ShowNews.reminder(.quarterBefore, startsAt: show.startsAt)
        #expect(try await delivery(due, at: night) != nil)
        let later = show.startsAt.addingTimeInterval(60)
        let owner = try await talk.member(.owner)
        _ = try await shows.move(show.id, to: later, by: owner, cause: talk.club.cause("move"))
        #expect(try await delivery(due, at: night) == nil)
        #expect(try await delivery(.moved(from: show.startsAt), at: night) != nil)
    }

    @Test func `the announcement is one message that is edited`() async throws {
        let notice = Notice.show(show.id, .post)
        guard case .show(let first) = try await talk.composer.reply(notice, in: Fixtures.channel) else {
            Issue.record("it is not sent")
            return
        }
        #expect(first.text.source.contains("Звук &amp; тишина"))
        try await talk.composer.sent(notice, in: Fixtures.channel, as: 70)
        try await start()
        guard case .change(let place, let live) = try await talk.composer.reply(notice, in: Fixtures.channel) else {
            Issue.record("it is not edited")
            return
        }
        #expect(place == MessagePlace(chat: Fixtures.channel, message: 70))
        #expect(live != first)
    }

    @Test(
        arguments: [
            (
                #""caption":"Часть 2\nhttps://club.test/podcast/abc123 и всё""#,
                Podcast.Key.id(PodcastID(rawValue: "abc123"))
            ),
            (#""reply_to_message":{"message_id":3}"#, .post(Fixtures.post(3))),
            (#""caption":"Без ссылки""#, nil),
        ] as [(String, Podcast.Key?)]
    ) func `a recording says to which episode it belongs by a link or an answer`(
        fields: String,
        key: Podcast.Key?
    ) throws {
        let chat = #"{"id":\#(Fixtures.channel),"type":"channel"}"#
        let voice = #""voice":{"file_id":"F","file_unique_id":"U"}"#
        let post = #"{"message_id":5,"date":1780315200,"chat":\#(chat),\#(voice),\#(fields)}"#
        let json = #"{"update_id":1,"channel_post":\#(post)}"#
        let parser = IntentParser(bot: .club, channel: Fixtures.channel, username: "bot", defaultLanguage: .ru)
        let update = try TelegramAPI.decoder().decode(TelegramUpdate.self, from: Data(json.utf8))
        guard case .recording(let post) = parser.intent(of: update) else {
            Issue.record("not a recording")
            return
        }
        #expect(post.belongsTo == key)
    }
}
