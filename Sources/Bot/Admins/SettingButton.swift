import Domain

/// What a button of the club's settings means.
enum SettingButton: Equatable, Sendable {
    /// Show all settings.
    case overview
    /// Show zones to choose from.
    case zones
    case zone(String)
    case joining(JoiningMode, isOpen: Bool)
    /// Whether recordings may be sent to chats outside of the club.
    case sharesAudio(Bool)
    /// Whether members bear their level as a tag in the club's group.
    case tagsLevels(Bool)
    /// Nil: as the machine's setting has it.
    case language(Language?)
    /// Show the reactions to choose from.
    case reactions
    /// One of `Room.offeredReactions`, by its place there.
    case reaction(Int, isOn: Bool)
    /// Show who may raise a hand in new shows; or choose it.
    case hands(HandPolicy?)
    /// Ask whether a group is really to be forgotten.
    case askToForget(Place)
    /// Forget it.
    case forget(Place)

    /// A group that admins have chosen.
    enum Place: String, CaseIterable, Sendable {
        case admins
        case group
    }

    /// Zones that are offered: those in which people of such clubs live, from west to east. Any other may be typed.
    static let offeredZones = [
        "Europe/London", "Europe/Berlin", "Europe/Kaliningrad", "Europe/Moscow", "Asia/Tbilisi", "Europe/Samara",
        "Asia/Yekaterinburg", "Asia/Almaty", "Asia/Omsk", "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Vladivostok",
    ]

    var data: String {
        switch self {
        case .overview: "o"
        case .zones: "z"
        case .zone(let name): "z:\(name)"
        case .language(let language): "l:\(language?.rawValue ?? "-")"
        case .joining(let mode, let isOpen): "j:\(mode.rawValue):\(isOpen ? "y" : "n")"
        case .sharesAudio(let isAllowed): "s:\(isAllowed ? "y" : "n")"
        case .tagsLevels(let isOn): "t:\(isOn ? "y" : "n")"
        case .reactions: "e"
        case .reaction(let place, let isOn): "e:\(place):\(isOn ? "y" : "n")"
        case .hands(let policy): policy.map { "h:\($0.data)" } ?? "h"
        case .askToForget(let place): "q:\(place.rawValue)"
        case .forget(let place): "f:\(place.rawValue)"
        }
    }

    /// Whether it may be a zone's name.
    static func isZone(_ text: String) -> Bool {
        text.wholeMatch(of: /[A-Za-z_+\-\/0-9]{1,48}/) != nil
    }

    /// - Returns: nil where `data` was not written by `data`.
    init?(data: String) {
        let parts = data.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count) {
        case ("o", 1): self = .overview
        case ("z", 1): self = .zones
        case ("z", 2):
            guard Self.isZone(parts[1]) else { return nil }
            self = .zone(parts[1])
        case ("l", 2):
            if parts[1] == "-" {
                self = .language(nil)
            } else {
                guard let language = Language(rawValue: parts[1]) else { return nil }
                self = .language(language)
            }
        case ("j", 3):
            guard let mode = JoiningMode(rawValue: parts[1]), let isOpen = Button.answer(parts[2]) else { return nil }
            self = .joining(mode, isOpen: isOpen)
        case ("s", 2):
            guard let isAllowed = Button.answer(parts[1]) else { return nil }
            self = .sharesAudio(isAllowed)
        case ("t", 2):
            guard let isOn = Button.answer(parts[1]) else { return nil }
            self = .tagsLevels(isOn)
        case ("e", 1): self = .reactions
        case ("e", 3):
            guard let place = Int(parts[1]), Room.offeredReactions.indices.contains(place),
                let isOn = Button.answer(parts[2])
            else { return nil }
            self = .reaction(place, isOn: isOn)
        case ("h", 1): self = .hands(nil)
        case ("h", 2):
            guard let policy = HandPolicy(data: parts[1]) else { return nil }
            self = .hands(policy)
        case ("q", 2), ("f", 2):
            guard let place = Place(rawValue: parts[1]) else { return nil }
            self = parts[0] == "q" ? .askToForget(place) : .forget(place)
        default: return nil
        }
    }
}

extension SettingButton.Place {
    /// What stands on the button.
    var labelKey: String { "bot.button.forget_\(rawValue)" }
    /// Whether it is really meant, in Telegram's HTML.
    var questionKey: String { "bot.question.forget_\(rawValue)" }
}
