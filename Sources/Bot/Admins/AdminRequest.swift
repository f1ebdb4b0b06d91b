import Domain

/// What admins write to the bot, beside what every member may.
enum AdminRequest: Equatable, Sendable {
    /// What is to be decided about a person.
    enum Wish: Equatable, Sendable {
        case ban, unban
        /// Another role; which one is chosen on the card.
        case promote
    }

    /// Who did what.
    case audit
    /// A new invite for so many people, good for so many days.
    case invite(quota: Int, days: Int)
    /// The invites that run.
    case invites
    /// The club's settings; with a zone's name, that zone is set.
    case club(String)
    /// What was set aside.
    case failures
    /// Something to be told to many; nil where it is still to be asked for.
    case announce(WrittenText?)
    /// What was told to many.
    case announcements
    /// The people of the club, those only whom the words find.
    case people(String)
    /// The club in figures; for hosts, too.
    case stats
    /// A person by reference; nil where nobody was named.
    case decide(Wish, MemberReference?)

    /// - Returns: nil where it is no command of admins.
    init?(command: String, argument: String) {
        switch command {
        case "audit": self = .audit
        case "invite": self = .invite(argument)
        case "invites": self = .invites
        case "club": self = .club(argument)
        case "failures": self = .failures
        case "announcements": self = .announcements
        case "stats", "analytics": self = .stats
        case "members": self = .people(argument)
        case "ban": self = .about(.ban, argument)
        case "unban": self = .about(.unban, argument)
        case "promote": self = .about(.promote, argument)
        default: return nil
        }
    }

    /// The same about the person to whose message it is a reply, where the command names nobody.
    func about(_ person: TelegramUserID) -> AdminRequest {
        if case .decide(let wish, nil) = self { return .decide(wish, .telegram(person)) }
        return self
    }

    /// `/invite [people] [days]`; what is no number counts as 0, which no invite may have.
    private static func invite(_ argument: String) -> AdminRequest {
        let numbers = argument.split(whereSeparator: \.isWhitespace).map { Int($0) ?? 0 }
        guard numbers.count <= 2 else { return .invite(quota: 0, days: 0) }
        return .invite(quota: numbers.first ?? 1, days: numbers.dropFirst().first ?? Invite.defaultDays)
    }

    /// By @name, number in Telegram or id; other words are looked for among the names.
    private static func about(_ wish: Wish, _ argument: String) -> AdminRequest {
        guard !argument.isEmpty else { return .decide(wish, nil) }
        return MemberReference(argument).map { .decide(wish, $0) } ?? .people(argument)
    }
}

extension MemberReference {
    /// Reads `@name`, a number in Telegram, or an id as the cards show it.
    init?(_ text: String) {
        if let name = text.wholeMatch(of: /@([A-Za-z0-9_]{1,64})/) {
            self = .username(String(name.1))
        } else if let number = Int64(text), number > 0 {
            self = .telegram(TelegramUserID(rawValue: number))
        } else if text.wholeMatch(of: /(?=[a-z]*[0-9])[a-z0-9]{12}/) != nil {
            self = .id(MemberID(rawValue: text))
        } else {
            return nil
        }
    }
}
