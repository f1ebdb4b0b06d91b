import Foundation

/// How many members come to a show and want to be reminded of it, as they were counted last.
///
/// Who answers is written down first, then the change is numbered here, then all answers are counted. A count holds if
/// its change's number is the greatest: it has seen every answer that was numbered before. So the last one to be
/// written is right, in whatever order counts arrive.
struct ShowAnswers: Codable, Equatable, Sendable {
    private(set) var coming = 0
    private(set) var reminded = 0
    /// How many changes there have been, and the number of the one after which was counted last.
    private(set) var changes = 0
    private var counted = 0
    private var changedAt: Date?

    /// A program that ended between an answer and its count is caught up with after this.
    private static let patience: Duration = .seconds(2)

    mutating func change(now: Date) {
        changes += 1
        changedAt = now
    }

    /// Takes over a count that was made after the change with this number.
    mutating func take(coming: Int, reminded: Int, after change: Int) {
        guard change > counted else { return }
        (self.coming, self.reminded, counted) = (coming, reminded, change)
        if counted == changes { changedAt = nil }
    }

    /// When it has to be counted anew, where somebody has not come to it.
    var countsAt: Date? { changedAt?.addingTimeInterval(Self.patience.seconds) }
}
