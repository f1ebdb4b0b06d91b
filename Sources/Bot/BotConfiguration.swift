import Domain
import Foundation
import HTTPClient

/// What one bot is told from outside.
public struct BotConfiguration: Sendable {
    /// How a channel is named in the settings.
    public enum Channel: Sendable, Equatable, CustomStringConvertible {
        case id(ChatID)
        /// With the @.
        case name(String)

        /// As Telegram takes it.
        public var description: String {
            switch self {
            case .id(let id): "\(id)"
            case .name(let name): name
            }
        }
    }

    /// How the bot gets files.
    public enum FileAccess: Sendable, Equatable {
        /// From Telegram's own servers: up to 20 MiB each.
        case cloud
        /// From a Bot API server of one's own, which sets its own limit. `folder`: where its files are on a disk that
        /// can be read here; nil: the paths that it answers are good here as they are.
        case ownServer(folder: URL?)
    }

    public var bot: BotName
    public var token: BotToken
    /// The Bot API's server, for example `https://api.telegram.org`.
    public var apiAddress: URL
    public var files: FileAccess
    /// Through which Telegram is reached, where it is blocked.
    public var proxy: Proxy?
    /// Where recordings are posted.
    public var channel: Channel
    /// Where shows are announced; nil: in `channel`.
    public var notificationsChannel: Channel?
    /// Whether it takes recordings only: the recording bot with a token of its own.
    public var takesRecordingsOnly: Bool
    /// Another bot that fetches the files of recordings first, where there is one.
    public var leavesRecordingsTo: BotName?
    /// The language of people who do not say theirs.
    public var defaultLanguage: Language
    /// Names this process among all that may poll for the bot.
    public var holder: String
    /// Names the place (machine and data folder) whose lock this process holds.
    public var place: String

    public init(
        bot: BotName,
        token: BotToken,
        apiAddress: URL,
        files: FileAccess = .cloud,
        proxy: Proxy?,
        channel: Channel,
        notificationsChannel: Channel? = nil,
        takesRecordingsOnly: Bool,
        leavesRecordingsTo: BotName?,
        defaultLanguage: Language,
        holder: String,
        place: String
    ) {
        self.bot = bot
        self.token = token
        self.apiAddress = apiAddress
        self.files = files
        self.proxy = proxy
        self.channel = channel
        self.notificationsChannel = notificationsChannel
        self.takesRecordingsOnly = takesRecordingsOnly
        self.leavesRecordingsTo = leavesRecordingsTo
        self.defaultLanguage = defaultLanguage
        self.holder = holder
        self.place = place
    }
}
