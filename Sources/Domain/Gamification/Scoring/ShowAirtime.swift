import Foundation

/// When a show was on the air, as far as its lines in the ledger need it.
public struct ShowAirtime: Equatable, Sendable {
    /// After so long everything is stored that a process knew when a show ended.
    public static let settling: Duration = .seconds(120)

    public let session: LiveSessionID
    public let start: Date
    /// Nil while it is live.
    public let end: Date?
    /// The day on which it began, to which all its lines belong.
    public let day: ClubDay
    /// Whether it ended so long ago that who is still there according to what is stored has left without a word.
    public let isSettled: Bool
}

extension ShowAirtime {
    /// Nil where the show has not begun, and where it was called off.
    ///
    /// - Parameters:
    ///   - show: The show.
    ///   - zone: The club's.
    ///   - now: The moment.
    public init?(_ show: LiveSession, in zone: TimeZone, now: Date) {
        guard let start = show.startedAt else { return nil }
        session = show.id
        self.start = start
        end = show.endedAt
        day = ClubDay(start, in: zone)
        isSettled = show.endedAt.map { $0.later(by: Self.settling) <= now } ?? false
    }
}
