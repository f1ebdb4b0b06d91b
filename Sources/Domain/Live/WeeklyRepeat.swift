import Foundation

/// That a show comes again every week at the same time, as clocks in the club's zone show it.
public struct WeeklyRepeat: Codable, Equatable, Sendable {
    /// When this show was to be by the rule. It stays when this one show is moved.
    public internal(set) var slot: WallTime
    /// The show after which this one was made; nil for the first.
    public let previous: LiveSessionID?
    /// The one that was made after this one.
    public internal(set) var next: LiveSessionID?

    init(slot: WallTime, previous: LiveSessionID? = nil) {
        self.slot = slot
        self.previous = previous
    }

    /// The first time by the rule, after this show's, that lies behind `moment`.
    func slot(after moment: Date, in zone: TimeZone) -> WallTime {
        var next = slot.adding(days: 7)
        while next.moment(in: zone) <= moment { next = next.adding(days: 7) }
        return next
    }
}
