import Domain
import Foundation
import Synchronization

/// How a bot is doing, for `/readyz`, the log and the terminal. One for each bot; read from anywhere.
public final class BotStatus: Sendable {
    public enum Phase: String, Sendable {
        /// Not yet spoken with Telegram.
        case starting
        /// Fetching updates.
        case polling
        /// Telegram does not answer, or answers with trouble of its own.
        case unreachable
        /// Telegram does not accept the token.
        case tokenRefused
        /// Another program fetches this bot's updates.
        case secondPoller
        case stopped
    }

    public struct Snapshot: Equatable, Sendable {
        public var phase = Phase.starting
        /// The bot's @name without the @, once Telegram has told it.
        public var username: String?
        /// Whether Telegram shows the recording channel to nobody of that name, or not to this bot.
        public var isChannelRefused = false
        /// Whether Telegram does not show this bot the channel in which shows are announced.
        public var isNotificationsChannelRefused = false
        /// When the last poll was answered.
        public var lastPoll: Date?
        /// How many polls have failed since the start.
        public var pollFailures = 0
        /// How many updates were stored since the start.
        public var received = 0
    }

    public let bot: BotName
    private let state = Mutex(Snapshot())

    public init(bot: BotName) {
        self.bot = bot
    }

    public var snapshot: Snapshot { state.withLock { $0 } }

    func update(_ change: @Sendable (inout Snapshot) -> Void) {
        state.withLock { change(&$0) }
    }
}
