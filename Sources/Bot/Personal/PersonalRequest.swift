import Domain
import Foundation

/// What people write to the bot about themselves.
enum PersonalRequest: Equatable, Sendable {
    /// Show the settings.
    case settings
    /// Set one of them by words: `quiet 23:00-8:00`, `quiet off`, `zone Europe/Riga`. Nil where the words say none.
    case choose(SettingChoice?)
    /// What one was told.
    case notifications
    case export
    case forget
    case leave

    /// - Returns: nil where it is none of these commands.
    init?(command: String, argument: String) {
        switch command {
        case "settings": self = argument.isEmpty ? .settings : .choose(Self.choice(argument))
        case "notifications": self = .notifications
        case "export": self = .export
        case "forget": self = .forget
        case "leave": self = .leave
        default: return nil
        }
    }

    private static func choice(_ text: String) -> SettingChoice? {
        let parts = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
        guard parts.count == 2 else { return nil }
        let value = parts[1].trimmingCharacters(in: .whitespaces)
        switch (parts[0].lowercased(), value.lowercased()) {
        case ("quiet", "off"): return .quietHours(nil)
        case ("quiet", _): return QuietHours(value).map { .quietHours($0) }
        case ("zone", "off"): return .timeZone(nil)
        case ("zone", _): return .timeZone(value)
        default: return nil
        }
    }
}
