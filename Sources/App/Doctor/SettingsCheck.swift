import Domain
import Foundation
import HTTPClient

/// Looks at every setting by name.
struct SettingsCheck {
    /// How a setting's value may be shown.
    private enum Showing {
        case plain
        /// Only that it is given.
        case secret
        case proxy
        case store
    }

    /// Every setting that means something: how it is shown, and what goes without it.
    private static let known: [(name: String, showing: Showing, without: String)] = [
        ("TELEGRAM_BOT_TOKEN", .secret, "not set: the sandbox club starts"),
        ("TELEGRAM_RECORDING_BOT_TOKEN", .secret, "not set: one bot does both"),
        ("TELEGRAM_CHANNEL_ID", .plain, "not set"),
        ("TELEGRAM_NOTIFICATIONS_CHANNEL_ID", .plain, "not set: shows are announced in the recording channel"),
        ("TELEGRAM_BOT_USERNAME", .plain, "not set: Telegram tells it"),
        ("TELEGRAM_API_URL", .plain, "https://api.telegram.org (default)"),
        ("TELEGRAM_FILES_DIR", .plain, "not set: a local server's paths are used as they are"),
        ("TELEGRAM_PROXY", .proxy, "not set: no proxy"),
        ("OWNER_TELEGRAM_ID", .plain, "not set: a new club is claimed by a code"),
        ("MONGO_URL", .store, "not set: the club is kept in SQLite"),
        ("DB_NAME", .plain, "fomo (default)"),
        ("IMPORT_MONGO_URL", .secret, "not set: only for fomo import"),
        ("REDIS_URL", .secret, "not set"),
        ("DATA_DIR", .plain, "data (default)"),
        ("RESOURCES_DIR", .plain, "Resources (default)"),
        ("HOST", .plain, "127.0.0.1 (default)"),
        ("PORT", .plain, "8001 (default)"),
        ("SANDBOX_PORT", .plain, "8081 (default)"),
        ("PUBLIC_URL", .plain, "not set: the site is for this machine"),
        ("TRUSTED_PROXIES", .plain, "not set: nobody's X-Forwarded-For counts"),
        ("SOCKETS_PER_ADDRESS", .plain, "not set: 50"),
        ("JWT_SECRET_KEY", .secret, "not set: one is made and kept in DATA_DIR"),
        ("LIVEKIT_URL", .plain, "not set: shows have no sound"),
        ("LIVEKIT_API_KEY", .secret, "not set"),
        ("LIVEKIT_API_SECRET", .secret, "not set"),
        ("LIVEKIT_CLIENT_URL", .plain, "\(Settings.liveKitClient) (default)"),
        ("DEFAULT_LANGUAGE", .plain, "ru (default)"),
        ("LOG_LEVEL", .plain, "info (default)"),
    ]

    /// Settings that mean nothing without another one.
    static let needed = [
        "DB_NAME": "MONGO_URL", "TELEGRAM_FILES_DIR": "TELEGRAM_API_URL", "LIVEKIT_CLIENT_URL": "LIVEKIT_URL",
    ]

    let reader: SettingsReader

    /// Whether only `fomo recorder` can be started with these settings.
    static func isRecorderOnly(_ reader: SettingsReader) -> Bool {
        reader.text("TELEGRAM_BOT_TOKEN") == nil && reader.text("TELEGRAM_RECORDING_BOT_TOKEN") != nil
    }

    var findings: [Finding] {
        let faults = Dictionary(faults().map { ($0.setting, $0) }) { first, _ in first }
        var findings = Self.known.map { setting in
            if let fault = faults[setting.name] {
                let seen = reader.text(setting.name) == nil ? "not set" : "cannot be used as it is"
                return Finding.fault(setting.name, seen, advice: fault.advice)
            }
            guard let value = reader.text(setting.name) else { return .ok(setting.name, setting.without) }
            if let other = Self.needed[setting.name], reader.text(other) == nil {
                return .warning(
                    setting.name,
                    "set, and \(other) is not: it is not used",
                    advice: "set \(other) as well, or remove it."
                )
            }
            return .ok(setting.name, Self.show(value, setting.showing, reader))
        }
        findings += Settings.later.filter { reader.text($0) != nil }.map { name in
            .warning(
                name,
                "set, but what it is for is not built yet: it is not used",
                advice: "remove it, or leave it for a later version."
            )
        }
        return findings
    }

    /// All faults, found one after the other as if those before were put right.
    private func faults() -> [SettingsFault] {
        var reader = reader
        var faults: [SettingsFault] = []
        while faults.count < Self.known.count {
            do {
                if Self.isRecorderOnly(self.reader) {
                    _ = try RecorderSettings(reader)
                } else {
                    _ = try Settings(reader)
                }
                break
            } catch {
                faults.append(error)
                guard let next = Self.puttingRight(error, reader) else { break }
                reader = next
            }
        }
        return faults
    }

    /// The settings without a fault; nil where nobody can know how they would be without it.
    private static func puttingRight(_ fault: SettingsFault, _ reader: SettingsReader) -> SettingsReader? {
        switch fault.setting {
        case "TELEGRAM_BOT_TOKEN", "TELEGRAM_RECORDING_BOT_TOKEN":
            // A wrong token still means that the real club is wanted.
            reader.text(fault.setting) == nil
                ? reader.without(["PUBLIC_URL"])
                : fault.setting == "TELEGRAM_BOT_TOKEN"
                    ? reader.with("1:abc", for: fault.setting) : reader.without([fault.setting])
        case "TELEGRAM_CHANNEL_ID": reader.with("-1", for: fault.setting)
        case "SANDBOX_PORT" where reader.text("SANDBOX_PORT") == nil: reader.without(["PORT"])
        case "LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET":
            reader.without(["LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"])
        default: reader.text(fault.setting) == nil ? nil : reader.without([fault.setting])
        }
    }

    private static func show(_ value: String, _ showing: Showing, _ reader: SettingsReader) -> String {
        switch showing {
        case .plain: PlainText.line(value, limit: 100)
        case .secret: "set"
        case .proxy: (try? Proxy(parsing: value)).map { "\($0)" } ?? "set"
        case .store: (try? Settings.store(reader, isSandbox: false)).map { "\($0)" } ?? "set"
        }
    }
}
