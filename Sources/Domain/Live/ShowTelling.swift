import Foundation

/// What members are reminded of who asked for it.
public enum ShowReminder: String, Codable, CaseIterable, Sendable {
    case dayBefore = "day_before"
    case quarterBefore = "quarter_before"
    /// That it begins: for those who asked to be reminded of this show, though they want to hear of shows no more.
    case atStart = "at_start"

    /// How long before the start it is due; nil where it is told with the start itself.
    var lead: Duration? {
        switch self {
        case .dayBefore: .seconds(24 * 3600)
        case .quarterBefore: .seconds(15 * 60)
        case .atStart: nil
        }
    }

    /// How long before the start it is not worth sending any more.
    var uselessBefore: Duration {
        switch self {
        case .dayBefore: .seconds(3600)
        case .quarterBefore, .atStart: .zero
        }
    }

    /// Somebody who was told of a move is not reminded of a day before sooner than this.
    static let rest: Duration = .seconds(3600)

    /// When it is due for a show that begins at `start`; nil where it is told with the start itself.
    func moment(of start: Date) -> Date? {
        lead.map { start.addingTimeInterval(-$0.seconds) }
    }
}

/// That many people are told something about a show. It stands in the show, so that a crash does not end it: page after
/// page of the people is gone through, and how far that has come is kept.
public struct ShowTelling: Codable, Equatable, Sendable {
    /// What is told, and to whom.
    enum Subject: Codable, Equatable, Sendable {
        /// To every member who wants to hear of shows: it has begun.
        case started
        /// To those who asked to be reminded.
        case reminder(ShowReminder)
        /// To those who come or asked to be reminded: it is at another time. `from`: when it was to be before.
        case moved(from: Date)
        /// To the same.
        case cancelled
        /// To those who asked to be reminded.
        case ended
    }

    let subject: Subject
    /// Since when it is to be told.
    let since: Date
    /// Which telling of its show it is: each has a number of its own.
    let number: Int
    /// How far it has come in the list of people, as `PageCursor.text`; nil before the first page.
    var reached: String?

    init(_ subject: Subject, since: Date, number: Int) {
        self.subject = subject
        self.since = since
        self.number = number
    }
}
