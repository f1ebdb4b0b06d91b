import Foundation

/// What a clock on the wall and a calendar beside it show, to the minute: no moment until a zone is said.
public struct WallTime: Codable, Hashable, Sendable {
    public let year: Int
    /// 1 to 12.
    public let month: Int
    public let day: Int
    /// Minutes since midnight, 0 to 1,439.
    public let minute: Int

    /// - Returns: nil where the calendar has no such day.
    public init?(year: Int, month: Int, day: Int, time: TimeOfDay) {
        let asked = DateComponents(year: year, month: month, day: day)
        guard (1970...9998).contains(year), let date = Self.calendar.date(from: asked),
            Self.calendar.dateComponents([.year, .month, .day], from: date) == asked
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        minute = time.rawValue
    }

    /// What the wall shows in `zone` at `moment`; seconds are cut off.
    public init(_ moment: Date, in zone: TimeZone) {
        let shifted = moment.addingTimeInterval(Double(zone.secondsFromGMT(for: moment)))
        let parts = Self.calendar.dateComponents([.year, .month, .day, .hour, .minute], from: shifted)
        year = parts.year ?? 1970
        month = parts.month ?? 1
        day = parts.day ?? 1
        minute = (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
    }

    /// The same time so many days later.
    public func adding(days: Int) -> WallTime {
        WallTime(asIfInGMT.addingTimeInterval(Double(days) * 86_400), in: .gmt)
    }

    /// The day of the week: 1 is Monday, 7 is Sunday.
    public var weekday: Int {
        (Self.calendar.component(.weekday, from: asIfInGMT) + 5) % 7 + 1
    }

    /// Every moment at which the walls of `zone` show this: one as a rule, two in the hour that is lived twice when
    /// clocks are put back, none in the hour that is left out when they are put forward. The earlier one comes first.
    public func moments(in zone: TimeZone) -> [Date] {
        offsets(around: zone)
            .map { asIfInGMT.addingTimeInterval(-Double($0)) }
            .filter { WallTime($0, in: zone) == self }
            .sorted()
    }

    /// The moment that people mean who have agreed on this time once and for all: of two the first; of none the one
    /// that is as much later as the clocks were put forward.
    public func moment(in zone: TimeZone) -> Date {
        if let moment = moments(in: zone).first { return moment }
        let before = zone.secondsFromGMT(for: asIfInGMT.addingTimeInterval(-Self.farthest))
        return asIfInGMT.addingTimeInterval(-Double(before))
    }

    /// The zone's distances from GMT in the days about it.
    private func offsets(around zone: TimeZone) -> Set<Int> {
        Set([-Self.farthest, 0, Self.farthest].map { zone.secondsFromGMT(for: asIfInGMT.addingTimeInterval($0)) })
    }

    private var asIfInGMT: Date {
        let parts = DateComponents(year: year, month: month, day: day, hour: minute / 60, minute: minute % 60)
        return Self.calendar.date(from: parts) ?? .distantPast
    }

    /// No zone is further from GMT than this, in seconds. Source: the IANA time zone database has −12 to +14 hours.
    private static let farthest: TimeInterval = 24 * 3600

    private static let calendar = Calendar(identifier: .gregorian).in(.gmt)
}

extension Calendar {
    fileprivate func `in`(_ zone: TimeZone) -> Calendar {
        var calendar = self
        calendar.timeZone = zone
        return calendar
    }
}
