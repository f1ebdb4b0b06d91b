import Domain
import Foundation

/// What people write to the bot about progress, boards and badges.
enum ProgressRequest: Equatable, Sendable {
    /// Where one stands.
    case own
    /// One's lines of the ledger.
    case history
    case board(BoardSpan)
    case badges
    /// Somebody by @name, name or id; nothing: it is asked for.
    case whois(String)
    /// Of admins: give somebody XP, or take some. Nil where the words say not whom or how much.
    case award(Award?)

    struct Award: Equatable, Sendable {
        /// Nil: the one to whose message it is a reply.
        var person: MemberReference?
        var xp: Int
        var reason: String
    }

    /// - Returns: nil where it is none of these commands.
    init?(command: String, argument: String) {
        switch command {
        case "progress": self = .own
        case "xp": self = .history
        case "top": self = .board(Self.span(argument))
        case "badges": self = .badges
        case "whois": self = .whois(argument)
        case "award": self = .award(Award(argument))
        default: return nil
        }
    }

    /// The same about the person to whose message it is a reply, where it names nobody.
    func about(_ person: TelegramUserID) -> ProgressRequest {
        switch self {
        case .award(var award?) where award.person == nil:
            award.person = .telegram(person)
            return .award(award)
        case .own, .history, .board, .badges, .whois, .award: return self
        }
    }

    private static func span(_ text: String) -> BoardSpan {
        switch text.lowercased() {
        case "week", "неделя": .week
        case "season", "сезон": .season
        default: .allTime
        }
    }
}

extension ProgressRequest.Award {
    /// `@name 50 reason`, or by reply `50 reason`.
    fileprivate init?(_ text: String) {
        var rest = text[...]
        var person: MemberReference?
        if let word = rest.split(maxSplits: 1, whereSeparator: \.isWhitespace).first, Self.amount(word) == nil {
            guard let named = MemberReference(String(word)) else { return nil }
            person = named
            rest = rest[word.endIndex...].drop(while: \.isWhitespace)
        }
        guard let word = rest.split(maxSplits: 1, whereSeparator: \.isWhitespace).first,
            let xp = Self.amount(word)
        else { return nil }
        let reason = rest[word.endIndex...].trimmingCharacters(in: .whitespaces)
        self.init(person: person, xp: xp, reason: reason)
    }

    /// A number with or without a sign, of at most six digits: longer ones are numbers of people.
    private static func amount(_ word: Substring) -> Int? {
        let text = word.replacing("−", with: "-")
        guard text.wholeMatch(of: /[+-]?[0-9]{1,6}/) != nil else { return nil }
        return Int(text)
    }
}
