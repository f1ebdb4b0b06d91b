import Domain
import Foundation

/// What the web server needs to know about the place in which it runs. Made once, by the wiring.
public struct WebConfiguration: Sendable {
    /// The address on which it listens, such as `127.0.0.1`.
    public var host: String
    /// The port on which it listens; 0 lets the system choose one.
    public var port: Int
    /// The address under which members reach it. With `https`, cookies are marked Secure.
    public var publicURL: URL
    /// The folder that has `Templates`, `Public` and `openapi.yaml`.
    public var resources: URL
    /// The club's name, as pages show it.
    public var clubTitle: String
    /// What the club's store is built on, for whoever watches the program.
    public var storeTitle: String
    public var bot: BotAddress
    /// By which Mini App sign-in data are checked.
    public var miniAppKeys: MiniAppKeys
    /// Signs session tokens and media addresses: at least 32 bytes. Another key ends all sessions.
    public var sessionKey: Data
    /// Whose forwarded client address counts.
    public var trustedProxies: [AddressRange]
    /// The language for whoever names none.
    public var language: Language
    /// How the program is doing at this moment, for `/metrics`.
    public var metrics: @Sendable () async -> [Metric]

    public init(
        host: String,
        port: Int,
        publicURL: URL,
        resources: URL,
        clubTitle: String,
        storeTitle: String,
        bot: BotAddress,
        miniAppKeys: MiniAppKeys,
        sessionKey: Data,
        trustedProxies: [AddressRange] = [],
        language: Language,
        metrics: @escaping @Sendable () async -> [Metric]
    ) {
        self.host = host
        self.port = port
        self.publicURL = publicURL
        self.resources = resources
        self.clubTitle = clubTitle
        self.storeTitle = storeTitle
        self.bot = bot
        self.miniAppKeys = miniAppKeys
        self.sessionKey = sessionKey
        self.trustedProxies = trustedProxies
        self.language = language
        self.metrics = metrics
    }

    /// Whether browsers reach the server over TLS only.
    var isSecure: Bool { publicURL.scheme?.lowercased() == "https" }
}

/// How the club's bot is shown and reached.
public struct BotAddress: Sendable {
    /// Its username in Telegram, without the @. Telegram tells it only after the program has started.
    public var name: @Sendable () -> String
    /// The address that opens the bot and hands it a start payload (letters, digits, `_` and `-`, at most 64).
    public var link: @Sendable (_ payload: String) -> URL

    public init(name: @escaping @Sendable () -> String, link: @escaping @Sendable (_ payload: String) -> URL) {
        self.name = name
        self.link = link
    }
}
