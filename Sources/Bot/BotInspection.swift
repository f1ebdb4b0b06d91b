import Domain
import Foundation
import HTTPClient

/// Asks Telegram how a bot stands, without changing or fetching anything. It may be used while the bot runs.
public struct BotInspection: Sendable {
    private let api: TelegramAPI
    private let http: HTTPClient

    /// - Throws: where the HTTP client cannot be made.
    public init(token: BotToken, apiAddress: URL, proxy: Proxy?) throws(HTTPError) {
        http = try HTTPClient(HTTPClient.Configuration(proxy: proxy))
        api = TelegramAPI(token: token, base: apiAddress, transport: .over(http))
    }

    /// Who the bot is, where Telegram takes its token.
    public func account() async throws(TelegramError) -> TelegramUser {
        try await api.call(GetMe())
    }

    /// Where its updates are sent to, and how many wait.
    public func webhook() async throws(TelegramError) -> TelegramWebhook {
        try await api.call(GetWebhookInfo())
    }

    /// The recording channel as the bot sees it.
    /// - Throws: `.refused` where there is none of that name, or the bot is not in it.
    public func chat(_ channel: BotConfiguration.Channel) async throws(TelegramError) -> TelegramChat {
        try await api.call(GetChat(chatId: channel.description))
    }

    /// How a bot or person stands to the channel.
    public func standing(
        of user: Int64,
        in channel: BotConfiguration.Channel
    ) async throws(TelegramError) -> TelegramStanding {
        try await api.call(GetChatMember(chatId: channel.description, userId: user))
    }

    /// Ends the connections.
    public func close() async {
        await http.shutdown()
    }
}
