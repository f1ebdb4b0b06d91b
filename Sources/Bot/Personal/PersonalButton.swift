import Domain

/// What a button means by which people choose for themselves. Its data begin with `my:`.
enum PersonalButton: Equatable, Sendable {
    /// Show all settings.
    case settings
    /// Take the settings away.
    case close
    /// Show quiet hours to choose from.
    case hours
    /// Show zones to choose from.
    case zones
    case choose(SettingChoice)
    /// Show what one was told, from the newest on or behind an entry.
    case notifications(after: PageCursor?)
    /// Mark all of it as read.
    case readAll
    /// Leave the club, or stay after all.
    case leave(isConfirmed: Bool)
    /// Be forgotten, after the second question; or not after all.
    case forget(ForgetStep)

    enum ForgetStep: String, CaseIterable, Sendable {
        /// The person has read what happens, and wants to go on.
        case ask = "a"
        case confirm = "y"
        case keep = "n"
    }

    static let prefix = "my:"
    /// Stands where nothing is chosen.
    private static let none = "-"

    var data: String {
        Self.prefix
            + {
                switch self {
                case .settings: "s"
                case .close: "x"
                case .hours: "q"
                case .zones: "z"
                case .choose(.language(let language)): "l:\(language?.rawValue ?? Self.none)"
                case .choose(.notices(let kind, let isWanted)): "n:\(kind.rawValue):\(isWanted ? "y" : "n")"
                case .choose(.quietHours(let hours)):
                    "q:\(hours.map { "\($0.from.rawValue)-\($0.to.rawValue)" } ?? Self.none)"
                case .choose(.timeZone(let name)): "z:\(name ?? Self.none)"
                case .choose(.isHidden(let isHidden)): "h:\(isHidden ? "y" : "n")"
                case .notifications(let cursor): cursor.map { "m:\($0.text)" } ?? "m"
                case .readAll: "r"
                case .leave(let isConfirmed): "v:\(isConfirmed ? "y" : "n")"
                case .forget(let step): "f:\(step.rawValue)"
                }
            }()
    }

    /// - Returns: nil where `data` was not written by `data`.
    init?(data: String) {
        guard data.hasPrefix(Self.prefix) else { return nil }
        let parts = data.dropFirst(Self.prefix.count).split(separator: ":", omittingEmptySubsequences: false)
            .map(String.init)
        switch (parts[0], parts.count) {
        case ("s", 1): self = .settings
        case ("x", 1): self = .close
        case ("q", 1): self = .hours
        case ("z", 1): self = .zones
        case ("m", 1): self = .notifications(after: nil)
        case ("m", 2):
            guard let cursor = PageCursor(text: parts[1]) else { return nil }
            self = .notifications(after: cursor)
        case ("r", 1): self = .readAll
        case ("v", 2):
            guard let isConfirmed = Button.answer(parts[1]) else { return nil }
            self = .leave(isConfirmed: isConfirmed)
        case ("f", 2):
            guard let step = ForgetStep(rawValue: parts[1]) else { return nil }
            self = .forget(step)
        default:
            guard let choice = Self.choice(parts) else { return nil }
            self = .choose(choice)
        }
    }

    private static func choice(_ parts: [String]) -> SettingChoice? {
        switch (parts[0], parts.count) {
        case ("l", 2):
            if parts[1] == none { return .language(nil) }
            return Language(rawValue: parts[1]).map { .language($0) }
        case ("n", 3):
            guard let kind = NoticeKind(rawValue: parts[1]), let isWanted = Button.answer(parts[2]) else { return nil }
            return .notices(kind, isWanted: isWanted)
        case ("h", 2):
            return Button.answer(parts[1]).map { .isHidden($0) }
        case ("q", 2):
            if parts[1] == none { return .quietHours(nil) }
            return hours(parts[1]).map { .quietHours($0) }
        case ("z", 2):
            if parts[1] == none { return .timeZone(nil) }
            return SettingButton.isZone(parts[1]) ? .timeZone(parts[1]) : nil
        default: return nil
        }
    }

    private static func hours(_ text: String) -> QuietHours? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { part in
            Button.number(part).flatMap(TimeOfDay.init(rawValue:))
        }
        guard ends.count == 2, let from = ends[0], let to = ends[1] else { return nil }
        return QuietHours(from: from, to: to)
    }
}
