import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Where shows are announced, as the bot finds it at its start.
struct NotificationsChannelTests {
    static let news = ChatID(rawValue: -1_001_000_000_002)
    static let me = ScriptedBotAPI.Answer.result(
        #"{"id":4242,"is_bot":true,"first_name":"FOMO","username":"Podcast_FOMO_bot"}"#
    )

    let club: BotClubFixture
    let telegram = ScriptedBotAPI()
    let status = BotStatus(bot: .club)

    init() throws {
        club = try BotClubFixture()
        telegram.script("getMe", Self.me)
        telegram.script("getChat", Self.chat(Fixtures.channel, "Records"))
    }

    private static func chat(_ id: ChatID, _ title: String) -> ScriptedBotAPI.Answer {
        .result(#"{"id":\#(id),"type":"channel","title":"\#(title)"}"#)
    }

    /// Starts the bot, and says where shows are announced then.
    private func start(_ setting: BotConfiguration.Channel?) async throws -> ClubSettings {
        let lease = PollerLease(
            name: "poller-4242",
            holder: "me",
            place: "here",
            leases: club.store.leases,
            clock: club.clock
        )
        let introduction = BotIntroduction(
            bot: .club,
            api: try telegram.api(),
            channel: .id(Fixtures.channel),
            notificationsChannel: setting,
            clubChats: club.services.clubChats,
            lease: lease,
            clock: club.clock,
            status: status,
            logger: club.logger
        )
        #expect(await introduction.identity()?.channel == Fixtures.channel)
        return try #require(try await club.store.settings.find(.club))
    }

    @Test func `without a setting it is the recording channel`() async throws {
        let settings = try await start(nil)
        #expect(settings.notificationsChannel == nil)
        #expect(settings.showsChannel == Fixtures.channel)
    }

    @Test(arguments: [BotConfiguration.Channel.id(news), .name("@fomo_news")])
    func `a channel of its own is learned, by id or name`(setting: BotConfiguration.Channel) async throws {
        telegram.script("getChat", Self.chat(Self.news, "News"))
        let settings = try await start(setting)
        #expect(settings.notificationsChannel == ChatPlace(chat: Self.news, title: "News", handle: nil))
        #expect(settings.showsChannel == Self.news)
        #expect(telegram.calls.last?.parameter("chat_id") == setting.description)
    }

    @Test func `when the setting is taken back, shows are announced with the recordings again`() async throws {
        try await club.services.clubChats.learn(
            notifications: ChatPlace(chat: Self.news, title: "News", handle: nil)
        )
        #expect(try await start(nil).showsChannel == Fixtures.channel)
    }

    @Test func `a channel that Telegram does not show keeps nothing from starting`() async throws {
        telegram.script("getChat", .refusal(400, "Bad Request: chat not found"))
        #expect(try await start(.id(Self.news)).showsChannel == Self.news)
        #expect(status.snapshot.isNotificationsChannelRefused)
    }

    @Test func `of a name that Telegram does not know, what was known stays`() async throws {
        try await club.services.clubChats.learn(
            notifications: ChatPlace(chat: Self.news, title: "News", handle: nil)
        )
        telegram.script("getChat", .refusal(403, "Forbidden: bot is not a member of the channel chat"))
        #expect(try await start(.name("@fomo_news")).showsChannel == Self.news)
    }
}
