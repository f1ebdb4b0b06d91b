import Domain
import Foundation

/// A day in a calendar, in no zone.
struct OfferedDay: Equatable, Sendable {
    /// So many days are offered, today among them.
    static let offered = 7
    /// The hours that are offered.
    static let hours = 18...22

    /// Midnight of the day, as a clock on the wall shows it.
    private let midnight: WallTime

    private init(_ midnight: WallTime) {
        self.midnight = midnight
    }

    /// The day of a moment in a zone.
    init?(_ moment: Date, in zone: TimeZone) {
        let wall = WallTime(moment, in: zone)
        self.init(year: wall.year, month: wall.month, day: wall.day)
    }

    init?(year: Int, month: Int, day: Int) {
        guard let time = TimeOfDay(hour: 0), let midnight = WallTime(year: year, month: month, day: day, time: time)
        else { return nil }
        self.init(midnight)
    }

    /// As `20261124`.
    var number: String {
        String(midnight.year * 10_000 + midnight.month * 100 + midnight.day)
    }

    init?(number: String) {
        guard number.wholeMatch(of: /[0-9]{8}/) != nil, let value = Int(number) else { return nil }
        self.init(year: value / 10_000, month: value / 100 % 100, day: value % 100)
    }

    func adding(days: Int) -> OfferedDay { OfferedDay(midnight.adding(days: days)) }

    /// Noon in a zone, by which the day can be named.
    func noon(in zone: TimeZone) -> Date { moment(hour: 12, in: zone) ?? midnight.moment(in: zone) }

    /// The moments of the offered hours that lie ahead, without those that the day leaves out.
    func offers(after now: Date, in zone: TimeZone) -> [Date] {
        Self.hours.compactMap { moment(hour: $0, in: zone) }.filter { $0 > now }
    }

    private func moment(hour: Int, in zone: TimeZone) -> Date? {
        guard let time = TimeOfDay(hour: hour),
            let wall = WallTime(year: midnight.year, month: midnight.month, day: midnight.day, time: time)
        else { return nil }
        return wall.moments(in: zone).first
    }
}
