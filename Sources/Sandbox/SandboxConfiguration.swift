import Foundation
import Logging

/// What a sandbox is started with.
public struct SandboxConfiguration: Sendable {
    /// A bot that the sandbox knows from the start.
    public struct Bot: Sendable {
        /// As BotFather gives it; the number before the colon is the bot's user id.
        public let token: String
        /// Without `@`.
        public let username: String
        /// The name that people see.
        public let name: String

        public init(token: String, username: String, name: String) {
            self.token = token
            self.username = username
            self.name = name
        }

        /// The number before the token's colon; nothing when it does not begin with one above zero.
        var id: Int64? {
            token.split(separator: ":").first.flatMap { Int64($0) }.flatMap { $0 > 0 ? $0 : nil }
        }

        /// The club's bot.
        public static let club = Bot(
            token: SandboxClub.botToken,
            username: SandboxClub.botUsername,
            name: SandboxClub.botName
        )
    }

    /// Address to listen on.
    public var host = "127.0.0.1"
    /// Port to listen on; 0 lets the system choose one, see `SandboxServer.boundPort`.
    public var port = 8081
    /// Where posts, files and queues are kept over a restart; nothing: in a temporary folder that is removed at the
    /// end.
    public var folder: URL?
    /// The folder with the page's `index.html`; nothing: there is no page at `/`.
    public var page: URL?
    /// The bots. Each is an admin of the club's channel.
    public var bots: [Bot] = [.club]
    /// Sends are refused with 429 beyond the figures of Telegram's bot FAQ.
    public var limitsFlood = true
    /// Hasty `getUpdates` calls are slowed down and cut, as the real server does it.
    public var surprisesPollers = true
    /// Too many unanswered calls are refused, and uploads of the same size are spaced, as the real server does it.
    public var protectsItself = true
    /// A text that cannot be a token is answered with 404, as Telegram's cloud does it, not 401 as its server.
    public var refusesTokensAsCloud = false
    /// What a bot offered inline is kept for as long as it said, and it is not asked again.
    public var cachesInline = true
    /// How long the reactions to a channel post are gathered before bots hear of them; Telegram takes some minutes.
    public var reactionDelay: Duration = .seconds(60)
    /// The folder in which files lie that bots asked for, as with a Bot API server that runs with `--local`: `getFile`
    /// answers absolute paths there and has no size limit, and uploads may have 2,000 MB. Nothing: as the cloud.
    ///
    /// The folder is the sandbox's own: a reset empties it.
    public var localFiles: URL?
    /// The time; tests put a clock of their own here.
    public var clock: any SandboxClock = MachineClock()
    /// Seed of ids and keys; nothing: a random one.
    public var seed: UInt64?
    public var logger = Logger(label: "sandbox")

    public init() {}
}
