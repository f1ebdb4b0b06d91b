import Foundation

/// That the messenger has to be asked whether a person is in one of the club's chats.
///
/// It stands in the member's document: a check that was decided is carried out, whatever happens in between.
public struct MembershipCheck: Codable, Equatable, Sendable {
    public enum Urgency: String, Codable, CaseIterable, Sendable {
        /// Somebody waits for it, or has left one of two chats: it goes before all others.
        case now
        /// It is time to look again.
        case daily
    }

    /// How often a member is looked at who is in the club by a chat.
    public static let period: Duration = .seconds(24 * 3600)
    /// Until the next try, where the messenger does not tell; doubled each time, up to `period`.
    public static let firstPause: Duration = .seconds(600)

    public var urgency: Urgency
    public var dueAt: Date
    /// How often in a row the messenger did not tell.
    public var failures: Int

    public init(_ urgency: Urgency, dueAt: Date, failures: Int = 0) {
        self.urgency = urgency
        self.dueAt = dueAt
        self.failures = failures
    }

    /// The next regular one.
    static func next(after now: Date) -> MembershipCheck {
        MembershipCheck(.daily, dueAt: now.addingTimeInterval(period.seconds))
    }

    /// The same once more, after a pause that grows.
    func postponed(now: Date) -> MembershipCheck {
        let pause = min(Self.firstPause.seconds * Double(1 << min(failures, 10)), Self.period.seconds)
        return MembershipCheck(urgency, dueAt: now.addingTimeInterval(pause), failures: failures + 1)
    }
}
