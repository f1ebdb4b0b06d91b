import Bot
import Domain
import Foundation
import Logging
import Web

/// Everything that the club's process is told from outside, checked. Described one by one in `.env.example`.
struct Settings: Sendable {
    /// Which club is served.
    enum Club: Sendable {
        /// A made-up one, on a stand-in of Telegram that the program starts itself.
        case sandbox
        case telegram(Telegram)
    }

    var club: Club
    /// Where the club is kept.
    var store: Store
    var ownerTelegramID: TelegramUserID?
    var host: String
    var port: Int
    var sandboxPort: Int
    /// As people reach the site.
    var publicURL: URL
    /// Whether `publicURL` was set, and is not this machine only.
    var isPublic: Bool
    var trustedProxies: [AddressRange]
    /// How many connections to live rooms one address may have.
    var socketsPerAddress: Int
    var sessionSecret: String?
    /// Nil where shows have no sound.
    var liveKit: LiveKit?
    var dataFolder: URL
    var resourcesFolder: URL
    /// Folders in which other programs are, parted by colons: the environment's `PATH`.
    var programPath: String
    var language: Language
    var logLevel: Logger.Level
    /// Settings that are given but mean nothing to this version yet, or to what else is set.
    var unused: [String]

    var isSandbox: Bool {
        if case .sandbox = club { true } else { false }
    }

    /// The folder of this club's data: the sandbox's own, so that it never touches a real club's.
    var clubFolder: URL {
        switch club {
        case .sandbox: Self.sandboxFolder(in: dataFolder)
        case .telegram: dataFolder
        }
    }

    /// Whether there is a recording bot with a token of its own.
    var hasRecordingBot: Bool {
        if case .telegram(let telegram) = club { telegram.recordingToken != nil } else { false }
    }

    /// What the club's process needs of its resources.
    static let resourceParts = ["Phrases", "Templates", "Public"]

    /// Settings of the design that come with later parts.
    static let later = [
        "VAPID_SUBJECT", "TELEGRAM_OIDC_CLIENT_SECRET", "TELEGRAM_OIDC_ISSUER",
    ]

    init(_ reader: SettingsReader) throws(SettingsFault) {
        try Self.refuseRedis(reader)
        host = reader.text("HOST") ?? "127.0.0.1"
        port = try reader.port("PORT", default: 8001)
        sandboxPort = try reader.port("SANDBOX_PORT", default: 8081)
        let publicURL = try reader.address("PUBLIC_URL")
        if port == sandboxPort, reader.text("TELEGRAM_BOT_TOKEN") == nil {
            throw SettingsFault(setting: "SANDBOX_PORT", advice: "it is the same as PORT; choose another one.")
        }
        isPublic = publicURL.map { !Self.isLoopback($0) } ?? false
        self.publicURL = publicURL ?? Self.localAddress(port: port)
        club = try Self.club(reader, isPublic: isPublic)
        ownerTelegramID = try reader.number("OWNER_TELEGRAM_ID").map(TelegramUserID.init(rawValue:))
        trustedProxies = try Self.trustedProxies(reader)
        socketsPerAddress = try Self.socketsPerAddress(reader)
        sessionSecret = reader.text("JWT_SECRET_KEY")
        if let secret = sessionSecret, secret.utf8.count < 32 {
            throw SettingsFault(
                setting: "JWT_SECRET_KEY",
                advice: "it is too short; use at least 32 characters, or unset it to have one made."
            )
        }
        liveKit = try Self.liveKit(reader)
        dataFolder = Self.dataFolder(reader)
        programPath = reader.text("PATH") ?? ""
        language = try reader.choice("DEFAULT_LANGUAGE", default: Language.ru)
        logLevel = try reader.choice("LOG_LEVEL", default: Logger.Level.info)
        store = try Self.store(reader, isSandbox: reader.text("TELEGRAM_BOT_TOKEN") == nil)
        resourcesFolder = try Self.resourcesFolder(reader, with: Self.resourceParts)
        unused = Self.later.filter { reader.text($0) != nil }
        if reader.text("TELEGRAM_API_URL") == nil, reader.text("TELEGRAM_FILES_DIR") != nil {
            unused.append("TELEGRAM_FILES_DIR")
        }
        if liveKit == nil, reader.text("LIVEKIT_CLIENT_URL") != nil { unused.append("LIVEKIT_CLIENT_URL") }
        if case .sqlite = store, reader.text("DB_NAME") != nil { unused.append("DB_NAME") }
    }

    /// The environment's settings, then those of `.env` in the current folder.
    static func load() throws -> Settings {
        try Settings(SettingsReader.ofThisPlace())
    }

    // MARK: Parts

    private static func club(_ reader: SettingsReader, isPublic: Bool) throws(SettingsFault) -> Club {
        guard reader.text("TELEGRAM_BOT_TOKEN") != nil else {
            if isPublic {
                throw SettingsFault(
                    setting: "TELEGRAM_BOT_TOKEN",
                    advice: "it is missing, and the sandbox club is not for a public PUBLIC_URL. Set the bot's token."
                )
            }
            return .sandbox
        }
        return .telegram(try Telegram(reader))
    }

    /// One process more than the two that share a store needs Redis, which comes later.
    static func refuseRedis(_ reader: SettingsReader) throws(SettingsFault) {
        guard reader.text("REDIS_URL") == nil else {
            throw SettingsFault(setting: "REDIS_URL", advice: "Redis is not built in yet; unset it.")
        }
    }

    private static func socketsPerAddress(_ reader: SettingsReader) throws(SettingsFault) -> Int {
        guard let count = try reader.number("SOCKETS_PER_ADDRESS") else { return RoomSockets.Limits().perAddress }
        guard (1...100_000).contains(count) else {
            throw SettingsFault(setting: "SOCKETS_PER_ADDRESS", advice: "it has to be from 1 to 100000.")
        }
        return Int(count)
    }

    static func trustedProxies(_ reader: SettingsReader) throws(SettingsFault) -> [AddressRange] {
        var ranges: [AddressRange] = []
        for text in (reader.text("TRUSTED_PROXIES") ?? "").split(separator: ",") {
            let text = text.trimmingCharacters(in: .whitespaces)
            guard let range = AddressRange(text) else {
                throw SettingsFault(
                    setting: "TRUSTED_PROXIES",
                    advice: "'\(text)' is no address or range such as 10.0.0.0/8; separate several by commas."
                )
            }
            ranges.append(range)
        }
        return ranges
    }
}
