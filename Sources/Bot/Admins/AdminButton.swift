import Domain

/// What a button means that only admins see. Its data begin with `a:`.
enum AdminButton: Equatable, Sendable {
    /// Show who did what, from the newest on or behind an entry.
    case audit(after: PageCursor?)
    /// Show a part of the people.
    case people(PeopleListing)
    /// Show a person's card.
    case person(MemberID)
    /// Ask whether this is really to be decided about a person.
    case ask(MemberDecision, MemberID)
    /// Decide it.
    case decide(MemberDecision, MemberID)
    /// Try an update again that was set aside, or drop it.
    case failure(FailureStep, BotName, Int64)

    /// Take an invite back.
    case revokeInvite(InviteID)
    /// What is to be told to many, or was.
    case broadcast(BroadcastButton)
    /// Show the club in figures over some days.
    case stats(FigureRange)
    /// Show the episodes that came out in some days in figures.
    case episodeStats(FigureRange)
    /// See or change the club's settings.
    case setting(SettingButton)

    enum FailureStep: String, CaseIterable, Sendable {
        case retry = "r"
        case discard = "d"
    }

    static let prefix = "a:"

    var data: String {
        switch self {
        case .audit(let cursor): "\(Self.prefix)l\(cursor.map { ":\($0.text)" } ?? "")"
        case .people(let listing): "\(Self.prefix)m:\(listing.data)"
        case .person(let id): "\(Self.prefix)p:\(id)"
        case .ask(let decision, let id): "\(Self.prefix)q:\(decision.letter):\(id)"
        case .decide(let decision, let id): "\(Self.prefix)y:\(decision.letter):\(id)"
        case .failure(let step, let bot, let id): "\(Self.prefix)f:\(step.rawValue):\(bot):\(id)"
        case .revokeInvite(let id): "\(Self.prefix)i:\(id)"
        case .broadcast(let button): "\(Self.prefix)b:\(button.data)"
        case .stats(let range): "\(Self.prefix)t:\(range.rawValue)"
        case .episodeStats(let range): "\(Self.prefix)e:\(range.rawValue)"
        case .setting(let button): "\(Self.prefix)s:\(button.data)"
        }
    }

    /// - Returns: nil where `data` was not written by `data`.
    init?(data: String) {
        guard data.hasPrefix(Self.prefix) else { return nil }
        let parts = data.dropFirst(Self.prefix.count)
            .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = parts.count == 2 ? String(parts[1]) : nil
        switch (parts[0], rest) {
        case ("l", nil): self = .audit(after: nil)
        case ("l", let text?):
            guard let cursor = PageCursor(text: text) else { return nil }
            self = .audit(after: cursor)
        case ("m", let text?):
            guard let listing = PeopleListing(data: text) else { return nil }
            self = .people(listing)
        case ("p", let text?):
            guard let id = Button.id(text) else { return nil }
            self = .person(MemberID(rawValue: id))
        case ("q", let text?):
            guard let (decision, id) = Self.decision(text) else { return nil }
            self = .ask(decision, id)
        case ("y", let text?):
            guard let (decision, id) = Self.decision(text) else { return nil }
            self = .decide(decision, id)
        case ("i", let text?):
            guard let id = Button.id(text) else { return nil }
            self = .revokeInvite(InviteID(rawValue: id))
        case ("b", let text?):
            guard let button = BroadcastButton(data: text) else { return nil }
            self = .broadcast(button)
        case ("s", let text?):
            guard let button = SettingButton(data: text) else { return nil }
            self = .setting(button)
        case ("t", let text?):
            guard let range = Self.range(text) else { return nil }
            self = .stats(range)
        case ("e", let text?):
            guard let range = Self.range(text) else { return nil }
            self = .episodeStats(range)
        case ("f", let text?):
            guard let (step, bot, id) = Self.failure(text) else { return nil }
            self = .failure(step, bot, id)
        default: return nil
        }
    }

    private static func range(_ text: String) -> FigureRange? {
        FigureRange.allCases.first { "\($0.rawValue)" == text }
    }

    private static func failure(_ text: String) -> (FailureStep, BotName, Int64)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let step = FailureStep(rawValue: parts[0]),
            let bot = [BotName.club, .recorder].first(where: { $0.rawValue == parts[1] }),
            parts[2].wholeMatch(of: /[0-9]{1,19}/) != nil, let id = Int64(parts[2])
        else { return nil }
        return (step, bot, id)
    }

    private static func decision(_ text: String) -> (MemberDecision, MemberID)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let id = Button.id(parts[1]),
            let decision = MemberDecision.allCases.first(where: { $0.letter == parts[0] })
        else { return nil }
        return (decision, MemberID(rawValue: id))
    }
}

extension MemberDecision {
    /// As buttons write it.
    fileprivate var letter: String {
        switch self {
        case .ban: "b"
        case .unban: "u"
        case .makeMember: "m"
        case .makeHost: "h"
        case .makeAdmin: "a"
        }
    }
}
