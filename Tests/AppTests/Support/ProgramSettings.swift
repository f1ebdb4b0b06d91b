import Foundation
import Sandbox

/// Settings of a real club whose Telegram is a stand-in, for the program as a process.
enum ProgramSettings {
    /// `folder`: The data folder. With `Telegram.recorder` among the bots, `recorder` gives it a token of its own.
    static func of(_ folder: URL, _ telegram: Telegram, recorder: Bool = false) throws -> [String: String] {
        var settings = [
            "TELEGRAM_BOT_TOKEN": SandboxClub.botToken,
            "TELEGRAM_API_URL": telegram.address.absoluteString,
            "TELEGRAM_CHANNEL_ID": "\(SandboxClub.channelID)",
            "OWNER_TELEGRAM_ID": "\(SandboxClub.posterID)",
            "DATA_DIR": folder.path,
            "PORT": "\(try Program.freePort())",
            "LOG_LEVEL": "error",
        ]
        if recorder { settings["TELEGRAM_RECORDING_BOT_TOKEN"] = Telegram.recorder.token }
        return settings
    }

    /// What `fomo recorder` needs of them.
    static func ofRecorder(_ settings: [String: String]) -> [String: String] {
        settings.filter { !["TELEGRAM_BOT_TOKEN", "PORT", "OWNER_TELEGRAM_ID"].contains($0.key) }
    }
}
