import Bot
import Domain
import Foundation
import HTTPClient
import Logging
import Web

/// Everything that the program is told from outside, checked. Described one by one in `.env.example`.
struct Settings: Sendable {
    /// Which club is served.
    enum Club: Sendable {
        /// A made-up one, on a stand-in of Telegram that the program starts itself.
        case sandbox
        case telegram(Telegram)
    }

    /// How the real Telegram is reached.
    struct Telegram: Sendable {
        var token: BotToken
        var recordingToken: BotToken?
        var apiAddress: URL
        var proxy: Proxy?
        var channel: BotConfiguration.Channel
        /// Without the @.
        var username: String?
    }

    var club: Club
    var ownerTelegramID: TelegramUserID?
    var host: String
    var port: Int
    var sandboxPort: Int
    /// As people reach the site.
    var publicURL: URL
    /// Whether `publicURL` was set, and is not this machine only.
    var isPublic: Bool
    var trustedProxies: [AddressRange]
    var sessionSecret: String?
    var dataFolder: URL
    var resourcesFolder: URL
    var language: Language
    var logLevel: Logger.Level
    /// Settings that are given but mean nothing to this version yet.
    var unused: [String]

    var isSandbox: Bool {
        if case .sandbox = club { true } else { false }
    }

    /// The folder of this club's data: the sandbox's own, so that it never touches a real club's.
    var clubFolder: URL {
        switch club {
        case .sandbox: dataFolder.appending(path: "sandbox")
        case .telegram: dataFolder
        }
    }

    /// Settings of the design that come with later parts.
    private static let later = [
        "LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET", "LIVEKIT_CLIENT_URL", "VAPID_SUBJECT",
        "TELEGRAM_NOTIFICATIONS_CHANNEL_ID", "TELEGRAM_OIDC_CLIENT_SECRET", "TELEGRAM_OIDC_ISSUER",
        "TELEGRAM_FILES_DIR", "DB_NAME",
    ]

    init(_ reader: SettingsReader) throws(SettingsFault) {
        for (name, advice) in [
            ("MONGO_URL", "MongoDB is not built in yet; unset it, and the club is kept in SQLite."),
            ("REDIS_URL", "Redis is not built in yet; unset it."),
        ] where reader.text(name) != nil {
            throw SettingsFault(setting: name, advice: advice)
        }
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
        sessionSecret = reader.text("JWT_SECRET_KEY")
        if let secret = sessionSecret, secret.utf8.count < 32 {
            throw SettingsFault(
                setting: "JWT_SECRET_KEY",
                advice: "it is too short; use at least 32 characters, or unset it to have one made."
            )
        }
        dataFolder = URL(filePath: reader.text("DATA_DIR") ?? "data", directoryHint: .isDirectory).absoluteURL
        let resources = reader.text("RESOURCES_DIR") ?? "Resources"
        resourcesFolder = URL(filePath: resources, directoryHint: .isDirectory).absoluteURL
        guard FileManager.default.fileExists(atPath: resourcesFolder.appending(path: "Phrases").path) else {
            throw SettingsFault(
                setting: "RESOURCES_DIR",
                advice: "there are no resources in '\(resources)'; start from the project's folder, or name theirs."
            )
        }
        language = try reader.choice("DEFAULT_LANGUAGE", default: Language.ru)
        logLevel = try reader.choice("LOG_LEVEL", default: Logger.Level.info)
        unused = Self.later.filter { reader.text($0) != nil }
    }

    /// The environment's settings, then those of `.env` in the current folder.
    static func load() throws -> Settings {
        let path = ".env"
        var file: [String: String] = [:]
        if FileManager.default.fileExists(atPath: path) {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw SettingsFault(setting: path, advice: "it cannot be read; is it text in UTF-8, and yours to read?")
            }
            file = try EnvironmentFile.parse(text, name: path)
        }
        return try Settings(SettingsReader(environment: ProcessInfo.processInfo.environment, file: file))
    }

    // MARK: Parts

    private static func club(_ reader: SettingsReader, isPublic: Bool) throws(SettingsFault) -> Club {
        guard let text = reader.text("TELEGRAM_BOT_TOKEN") else {
            if isPublic {
                throw SettingsFault(
                    setting: "TELEGRAM_BOT_TOKEN",
                    advice: "it is missing, and the sandbox club is not for a public PUBLIC_URL. Set the bot's token."
                )
            }
            return .sandbox
        }
        let token = try token(text, "TELEGRAM_BOT_TOKEN")
        let recordingToken = try reader.text("TELEGRAM_RECORDING_BOT_TOKEN").map { text throws(SettingsFault) in
            try Self.token(text, "TELEGRAM_RECORDING_BOT_TOKEN")
        }
        if recordingToken?.botID == token.botID {
            throw SettingsFault(
                setting: "TELEGRAM_RECORDING_BOT_TOKEN",
                advice: "it is the same bot as TELEGRAM_BOT_TOKEN; unset it, one bot does both."
            )
        }
        let proxy: Proxy?
        do throws(HTTPError) {
            proxy = try reader.text("TELEGRAM_PROXY").map { text throws(HTTPError) in try Proxy(parsing: text) }
        } catch {
            throw SettingsFault(setting: "TELEGRAM_PROXY", advice: "\(error)")
        }
        return .telegram(
            Telegram(
                token: token,
                recordingToken: recordingToken,
                apiAddress: try reader.address("TELEGRAM_API_URL") ?? telegram,
                proxy: proxy,
                channel: try channel(reader),
                username: reader.text("TELEGRAM_BOT_USERNAME").map { $0.hasPrefix("@") ? String($0.dropFirst()) : $0 }
            )
        )
    }

    private static func token(_ text: String, _ name: String) throws(SettingsFault) -> BotToken {
        guard let token = BotToken(text) else {
            throw SettingsFault(setting: name, advice: "it is no bot token; copy it whole from @BotFather.")
        }
        return token
    }

    private static func channel(_ reader: SettingsReader) throws(SettingsFault) -> BotConfiguration.Channel {
        let name = "TELEGRAM_CHANNEL_ID"
        guard let text = reader.text(name) else {
            throw SettingsFault(
                setting: name,
                advice: "it is missing: the channel in which recordings are posted, as -100… or @name."
            )
        }
        if text.wholeMatch(of: /@[A-Za-z][A-Za-z0-9_]{3,31}/) != nil { return .name(text) }
        guard let id = Int64(text), id < 0 else {
            throw SettingsFault(setting: name, advice: "'\(text)' is no channel; use its id (-100…) or its @name.")
        }
        return .id(ChatID(rawValue: id))
    }

    private static func trustedProxies(_ reader: SettingsReader) throws(SettingsFault) -> [AddressRange] {
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

    private static let telegram: URL = {
        var parts = URLComponents()
        parts.scheme = "https"
        parts.host = "api.telegram.org"
        return parts.url ?? URL(filePath: "/")
    }()

    /// Where the site is without a `PUBLIC_URL`.
    static func localAddress(port: Int) -> URL {
        var parts = URLComponents()
        parts.scheme = "http"
        parts.host = "127.0.0.1"
        parts.port = port
        return parts.url ?? URL(filePath: "/")
    }

    private static func isLoopback(_ url: URL) -> Bool {
        guard let host = url.host()?.lowercased() else { return false }
        return host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("127.") || host == "::1"
            || host == "[::1]"
    }
}
