import Domain
import Foundation

/// What of a show is asked for in words.
enum ShowField: String, CaseIterable, Sendable {
    case title
    case summary
    case time
    /// A @name.
    case coHost = "cohost"

    /// What the mark of its question begins with.
    fileprivate var word: String { "live\(rawValue)" }
}

/// What the bot asks a host for in a message that wants a reply. Everything that it has to know for the reply stands
/// in the question.
enum ShowPrompt: Equatable, Sendable {
    /// The title of a new show.
    case newTitle
    /// The time of a new show, whose title is in the question's second line.
    case newTime
    /// The title of a show that begins at once.
    case titleNow
    case field(ShowField, LiveSessionID)

    /// The mark by which a reply is recognised: it stands at the end of the question.
    var mark: String {
        switch self {
        case .newTitle: "newlive-title"
        case .newTime: "newlive-time"
        case .titleNow: "golive-title"
        case .field(let field, let id): "\(field.word)-\(id)"
        }
    }

    /// Reads the mark of a question.
    init?(question: String) {
        guard let match = question.firstMatch(of: /(?:^|\s)([a-z]{1,12})-([a-z0-9]{1,40})\s*$/) else { return nil }
        switch (match.1, match.2) {
        case ("newlive", "title"): self = .newTitle
        case ("newlive", "time"): self = .newTime
        case ("golive", "title"): self = .titleNow
        case (let word, let id):
            guard let field = ShowField.allCases.first(where: { $0.word == word }) else { return nil }
            self = .field(field, LiveSessionID(rawValue: String(id)))
        }
    }
}

/// A reply to a `ShowPrompt`.
struct ShowAnswer: Equatable, Sendable {
    var prompt: ShowPrompt
    /// The title that the question holds, where it is about a new show.
    var title: String?
    /// Nil where it was no text.
    var text: String?
}
