import Bot
import Domain
import Foundation
import HTTPClient

/// The way to Telegram, and the channel in which recordings are posted: what every bot needs beside its token.
struct TelegramLine: Sendable {
    /// The Bot API's server.
    var apiAddress: URL
    /// How files come from there.
    var files: BotConfiguration.FileAccess = .cloud
    var proxy: Proxy?
    var channel: BotConfiguration.Channel
    /// Where shows are announced; nil: in `channel`.
    var notificationsChannel: BotConfiguration.Channel?

    init(apiAddress: URL, proxy: Proxy?, channel: BotConfiguration.Channel) {
        self.apiAddress = apiAddress
        self.proxy = proxy
        self.channel = channel
    }

    init(_ reader: SettingsReader) throws(SettingsFault) {
        proxy = try Self.proxy(reader)
        apiAddress = try Self.apiAddress(reader)
        files = Self.files(reader)
        channel = try Self.channel(reader)
        notificationsChannel = try Self.notificationsChannel(reader)
    }

    static func proxy(_ reader: SettingsReader) throws(SettingsFault) -> Proxy? {
        do throws(HTTPError) {
            return try reader.text("TELEGRAM_PROXY").map { text throws(HTTPError) in try Proxy(parsing: text) }
        } catch {
            throw SettingsFault(setting: "TELEGRAM_PROXY", advice: "\(error)")
        }
    }

    static func apiAddress(_ reader: SettingsReader) throws(SettingsFault) -> URL {
        try reader.address("TELEGRAM_API_URL") ?? Self.telegram
    }

    /// A server of one's own sets its own limits, and may share its disk.
    static func files(_ reader: SettingsReader) -> BotConfiguration.FileAccess {
        guard reader.text("TELEGRAM_API_URL") != nil else { return .cloud }
        let folder = reader.text("TELEGRAM_FILES_DIR").map { URL(filePath: $0, directoryHint: .isDirectory) }
        return .ownServer(folder: folder)
    }

    static func channel(_ reader: SettingsReader) throws(SettingsFault) -> BotConfiguration.Channel {
        let name = "TELEGRAM_CHANNEL_ID"
        guard let text = reader.text(name) else {
            throw SettingsFault(
                setting: name,
                advice: "it is missing: the channel in which recordings are posted, as -100… or @name."
            )
        }
        return try channel(text, name)
    }

    static func notificationsChannel(
        _ reader: SettingsReader
    ) throws(SettingsFault) -> BotConfiguration.Channel? {
        let name = "TELEGRAM_NOTIFICATIONS_CHANNEL_ID"
        return try reader.text(name).map { text throws(SettingsFault) in try channel(text, name) }
    }

    private static func channel(_ text: String, _ name: String) throws(SettingsFault) -> BotConfiguration.Channel {
        if text.wholeMatch(of: /@[A-Za-z][A-Za-z0-9_]{3,31}/) != nil { return .name(text) }
        guard let id = Int64(text), id < 0 else {
            throw SettingsFault(setting: name, advice: "'\(text)' is no channel; use its id (-100…) or its @name.")
        }
        return .id(ChatID(rawValue: id))
    }

    private static let telegram: URL = {
        var parts = URLComponents()
        parts.scheme = "https"
        parts.host = "api.telegram.org"
        return parts.url ?? URL(filePath: "/")
    }()
}

extension Settings {
    /// The club's bots at the real Telegram.
    struct Telegram: Sendable {
        var token: BotToken
        /// The recording bot's, where it is a bot of its own.
        var recordingToken: BotToken?
        var line: TelegramLine
        /// The club bot's, without the @.
        var username: String?
    }
}

extension Settings.Telegram {
    init(_ reader: SettingsReader) throws(SettingsFault) {
        guard let token = try Self.token("TELEGRAM_BOT_TOKEN", reader) else {
            throw SettingsFault(setting: "TELEGRAM_BOT_TOKEN", advice: "it is missing.")
        }
        self.token = token
        recordingToken = try Self.token("TELEGRAM_RECORDING_BOT_TOKEN", reader)
        if recordingToken?.botID == token.botID {
            throw SettingsFault(
                setting: "TELEGRAM_RECORDING_BOT_TOKEN",
                advice: "it is the same bot as TELEGRAM_BOT_TOKEN; unset it, one bot does both."
            )
        }
        line = try TelegramLine(reader)
        username = reader.text("TELEGRAM_BOT_USERNAME").map { $0.hasPrefix("@") ? String($0.dropFirst()) : $0 }
    }

    /// - Returns: nil where the setting is not given.
    static func token(_ name: String, _ reader: SettingsReader) throws(SettingsFault) -> BotToken? {
        guard let text = reader.text(name) else { return nil }
        guard let token = BotToken(text) else {
            throw SettingsFault(setting: name, advice: "it is no bot token; copy it whole from @BotFather.")
        }
        return token
    }
}
