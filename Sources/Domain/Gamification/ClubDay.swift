import Foundation

/// A day of the club's calendar: of the club's time zone, in the Gregorian calendar. Written `2026-11-23`.
public struct ClubDay: RawRepresentable, Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// Year, month and day with two digits at least, so that the order of the texts is that of the days.
    public let rawValue: String

    /// - Returns: nil where the calendar has no such day.
    public init?(rawValue: String) {
        guard let day = Self.parts(rawValue) else { return nil }
        self.init(day)
    }

    /// The day that it is in `zone` at `moment`.
    public init(_ moment: Date, in zone: TimeZone) {
        self.init(WallTime(moment, in: zone))
    }

    private init(_ wall: WallTime) {
        rawValue = Self.text(wall.year, digits: 4) + "-" + Self.text(wall.month) + "-" + Self.text(wall.day)
    }

    public var description: String { rawValue }

    /// The day so many days later.
    public func adding(days: Int) -> ClubDay {
        ClubDay(wall.adding(days: days))
    }

    /// When it begins in `zone`.
    public func start(in zone: TimeZone) -> Date { wall.moment(in: zone) }

    /// The week in which it lies.
    public var week: ClubWeek { ClubWeek(monday: adding(days: 1 - wall.weekday)) }

    /// The season in which it lies.
    public var season: ClubSeason { ClubSeason(year: wall.year, quarter: (wall.month + 2) / 3) }

    /// The calendar month in which it lies, as `2026-11`.
    public var month: String { String(rawValue.dropLast(3)) }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Self(rawValue: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no day")
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    private var wall: WallTime { Self.parts(rawValue) ?? WallTime(.distantPast, in: .gmt) }

    private static func parts(_ text: String) -> WallTime? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), let midnight = TimeOfDay(rawValue: 0)
        else { return nil }
        return WallTime(year: year, month: month, day: day, time: midnight)
    }

    private static func text(_ number: Int, digits: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

/// A week of the club's calendar, from Monday to Sunday, named by its Monday.
public struct ClubWeek: Hashable, Comparable, Codable, Sendable {
    public let monday: ClubDay

    /// - `monday`: Its first day.
    init(monday: ClubDay) {
        self.monday = monday
    }

    /// The week so many weeks later.
    public func adding(weeks: Int) -> ClubWeek { ClubWeek(monday: monday.adding(days: 7 * weeks)) }

    /// Its last day.
    public var sunday: ClubDay { monday.adding(days: 6) }

    public static func < (left: Self, right: Self) -> Bool { left.monday < right.monday }

    public init(from decoder: any Decoder) throws {
        let day = try decoder.singleValueContainer().decode(ClubDay.self)
        self = day.week
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(monday)
    }
}

/// A quarter of a calendar year, written `2026-Q4`.
public struct ClubSeason: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let year: Int
    /// 1 to 4.
    public let quarter: Int

    init(year: Int, quarter: Int) {
        self.year = year
        self.quarter = quarter
    }

    public var description: String { "\(year)-Q\(quarter)" }

    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.quarter) < (right.year, right.quarter)
    }
}
