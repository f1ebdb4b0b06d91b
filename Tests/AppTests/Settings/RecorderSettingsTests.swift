import Bot
import Foundation
import Testing

@testable import App

struct RecorderSettingsTests {
    private func fault(of values: [String: String]) -> SettingsFault? {
        do {
            _ = try settings(values)
            return nil
        } catch {
            return error
        }
    }

    private func settings(_ values: [String: String]) throws(SettingsFault) -> RecorderSettings {
        let given = values.merging(["RESOURCES_DIR": Project.resources.path, "DATA_DIR": "/club"]) { mine, _ in mine }
        return try RecorderSettings(SettingsReader(environment: given, file: [:]))
    }

    @Test func `it needs neither the club's token nor anything of the site`() throws {
        let settings = try settings([
            "TELEGRAM_RECORDING_BOT_TOKEN": "77:recorder", "TELEGRAM_CHANNEL_ID": "-1", "PORT": "nonsense",
            "PUBLIC_URL": "nonsense",
        ])

        #expect(settings.token.botID == 77)
        #expect(settings.store == .sqlite(URL(filePath: "/club/fomo.sqlite")))
    }

    @Test(arguments: [
        ([:], "TELEGRAM_RECORDING_BOT_TOKEN"),
        (["TELEGRAM_RECORDING_BOT_TOKEN": "77"], "TELEGRAM_RECORDING_BOT_TOKEN"),
        (["TELEGRAM_RECORDING_BOT_TOKEN": "77:abc"], "TELEGRAM_CHANNEL_ID"),
        (["TELEGRAM_RECORDING_BOT_TOKEN": "77:abc", "TELEGRAM_BOT_TOKEN": "77:abd"], "TELEGRAM_RECORDING_BOT_TOKEN"),
        (
            ["TELEGRAM_RECORDING_BOT_TOKEN": "77:abc", "TELEGRAM_CHANNEL_ID": "-1", "REDIS_URL": "redis://x"],
            "REDIS_URL"
        ),
        (
            ["TELEGRAM_RECORDING_BOT_TOKEN": "77:abc", "TELEGRAM_CHANNEL_ID": "-1", "MONGO_URL": "x"],
            "MONGO_URL"
        ),
    ])
    func `what it lacks is named`(values: [String: String], name: String) {
        #expect(fault(of: values)?.setting == name)
    }
}
