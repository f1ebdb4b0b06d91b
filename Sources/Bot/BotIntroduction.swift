import Domain
import Foundation
import Logging

/// What a bot does first: it asks Telegram who it is and which channel is meant, until it has an answer.
///
/// It asks at most twice a second, and soon after a trouble is over it has its answer.
struct BotIntroduction: Sendable {
    /// What the bot has to know of itself before it can read updates.
    struct Identity: Equatable, Sendable {
        var username: String
        var channel: ChatID
    }

    let bot: BotName
    let api: TelegramAPI
    /// The recording channel, as the settings name it.
    let channel: BotConfiguration.Channel
    /// The channel in which shows are announced, as the settings name it; nil: the recording channel.
    var notificationsChannel: BotConfiguration.Channel?
    /// Where it is written down where the channels are, for people who come in by it; nil: nowhere.
    let clubChats: ClubChats?
    let lease: PollerLease
    let clock: any ClubClock
    let status: BotStatus
    let logger: Logger

    /// - Returns: nil where the task was cancelled before.
    func identity() async -> Identity? {
        var backoff = Backoff()
        while !Task.isCancelled {
            let began = clock.now
            do {
                let username = try await api.call(GetMe()).username ?? ""
                status.update { $0.username = username }
                if let channel = try await channelID() {
                    try await findNotificationsChannel(besides: channel)
                    status.update { $0.phase = .polling }
                    return Identity(username: username, channel: channel)
                }
                await keepClaim()
                try await clock.sleep(for: Poller.refusedTokenPause)
            } catch let error as TelegramError {
                guard !Task.isCancelled else { return nil }
                await keepClaim()
                try? await lease.rest(for: pause(after: error, since: began, &backoff))
            } catch {
                return nil
            }
        }
        return nil
    }

    /// Until the poller does it.
    private func keepClaim() async {
        _ = try? await lease.acquire(isFirst: false)
    }

    /// The recording channel, nil where Telegram does not know the name that the settings give it.
    ///
    /// Without the channel nothing is fetched: its posts would be taken for another channel's. By an id, they are
    /// taken also where Telegram does not show the channel to the bot yet.
    private func channelID() async throws(TelegramError) -> ChatID? {
        do throws(TelegramError) {
            let chat = try await api.call(GetChat(chatId: channel.description))
            status.update { $0.isChannelRefused = false }
            await learn(chat)
            return ChatID(rawValue: chat.id)
        } catch .refused(let method, let code, let description) where code == 400 || code == 403 {
            logger.error(
                "The recording channel is not there, or the bot is no admin of it; check TELEGRAM_CHANNEL_ID",
                metadata: ["method": "\(method)", "error": "\(description)"]
            )
            status.update { $0.isChannelRefused = true }
            if case .id(let id) = channel { return id }
            return nil
        }
    }

    /// Writes down where shows are announced. Where Telegram does not show the channel to the bot, an id is believed,
    /// and of a name what was known before stays; everything else goes on.
    private func findNotificationsChannel(besides recordings: ChatID) async throws(TelegramError) {
        guard clubChats != nil else { return }
        guard let notificationsChannel else { return await learn(notifications: nil) }
        do throws(TelegramError) {
            let chat = try await api.call(GetChat(chatId: notificationsChannel.description))
            status.update { $0.isNotificationsChannelRefused = false }
            let place = ChatPlace(chat: ChatID(rawValue: chat.id), title: chat.title ?? "", handle: chat.username)
            await learn(notifications: place.chat == recordings ? nil : place)
        } catch .refused(let method, let code, let description) where code == 400 || code == 403 {
            logger.error(
                "The channel of shows is not there, or the bot is no admin of it; check TELEGRAM_NOTIFICATIONS_CHANNEL_ID",
                metadata: ["method": "\(method)", "error": "\(description)"]
            )
            status.update { $0.isNotificationsChannelRefused = true }
            guard case .id(let id) = notificationsChannel else { return }
            await learn(notifications: id == recordings ? nil : ChatPlace(chat: id, title: "", handle: nil))
        }
    }

    private func learn(notifications place: ChatPlace?) async {
        do {
            try await clubChats?.learn(notifications: place)
        } catch {
            logger.error("Where shows are announced cannot be stored", metadata: ["error": "\(error)"])
        }
    }

    private func learn(_ chat: TelegramChat) async {
        let place = ChatPlace(chat: ChatID(rawValue: chat.id), title: chat.title ?? "", handle: chat.username)
        do {
            try await clubChats?.learn(channel: place)
        } catch {
            logger.error("Where the channel is cannot be stored", metadata: ["error": "\(error)"])
        }
    }

    /// Keeps what an error means.
    /// - Returns: How long to wait. An attempt that hung until its deadline was a part of the pause.
    private func pause(after error: TelegramError, since began: Date, _ backoff: inout Backoff) -> Duration {
        let isRefused = error.isTokenRefused
        status.update { $0.phase = isRefused ? .tokenRefused : .unreachable }
        logger.error(
            isRefused ? "The bot token is refused; check the setting" : "Telegram does not answer as it should",
            metadata: ["bot": "\(bot)", "error": "\(error)"]
        )
        if case .retryAfter(let duration) = error { return duration }
        if isRefused { return Poller.refusedTokenPause }
        return max(.zero, backoff.pause() - .seconds(clock.now.timeIntervalSince(began)))
    }
}
