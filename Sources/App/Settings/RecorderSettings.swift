import Bot
import Domain
import Foundation
import Logging

/// What the recording bot's own process is told from outside, checked. It is told neither of the site nor, where that
/// is left away, of the club bot's token.
struct RecorderSettings: Sendable {
    var token: BotToken
    var line: TelegramLine
    var store: Settings.Store
    var dataFolder: URL
    var resourcesFolder: URL
    var language: Language
    var logLevel: Logger.Level

    /// What the recording bot's process needs of the resources.
    static let resourceParts = ["Phrases"]

    init(_ reader: SettingsReader) throws(SettingsFault) {
        try Settings.refuseRedis(reader)
        guard let token = try Settings.Telegram.token("TELEGRAM_RECORDING_BOT_TOKEN", reader) else {
            throw SettingsFault(
                setting: "TELEGRAM_RECORDING_BOT_TOKEN",
                advice: "it is missing: `fomo recorder` runs the bot that has this token. With one bot for everything,"
                    + " `fomo serve` is enough."
            )
        }
        guard try Settings.Telegram.token("TELEGRAM_BOT_TOKEN", reader)?.botID != token.botID else {
            throw SettingsFault(
                setting: "TELEGRAM_RECORDING_BOT_TOKEN",
                advice: "it is the same bot as TELEGRAM_BOT_TOKEN; unset it, `fomo serve` does both."
            )
        }
        self.token = token
        line = try TelegramLine(reader)
        store = try Settings.store(reader, isSandbox: false)
        dataFolder = Settings.dataFolder(reader)
        language = try reader.choice("DEFAULT_LANGUAGE", default: Language.ru)
        logLevel = try reader.choice("LOG_LEVEL", default: Logger.Level.info)
        resourcesFolder = try Settings.resourcesFolder(reader, with: Self.resourceParts)
    }

    /// The environment's settings, then those of `.env` in the current folder.
    static func load() throws -> RecorderSettings {
        try RecorderSettings(SettingsReader.ofThisPlace())
    }
}
