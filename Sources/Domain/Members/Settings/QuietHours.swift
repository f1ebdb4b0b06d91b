import Foundation

/// A time of the day, to the minute.
public struct TimeOfDay: RawRepresentable, Codable, Hashable, Sendable, CustomStringConvertible {
    /// Minutes since midnight, 0 to 1,439.
    public let rawValue: Int

    /// - Returns: nil where a day has no such minute.
    public init?(rawValue: Int) {
        guard (0..<24 * 60).contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// - Returns: nil where a day has no such time.
    public init?(hour: Int, minute: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute) else { return nil }
        self.init(rawValue: hour * 60 + minute)
    }

    public var hour: Int { rawValue / 60 }
    public var minute: Int { rawValue % 60 }

    /// As `8:05`.
    public var description: String { "\(hour):\(minute < 10 ? "0" : "")\(minute)" }
}

/// The part of each day in which a member is left in peace. It may go over midnight; it is never empty or the whole day.
public struct QuietHours: Codable, Equatable, Sendable, CustomStringConvertible {
    public let from: TimeOfDay
    /// The first minute that is not quiet any more.
    public let to: TimeOfDay

    /// - Returns: nil where both are the same: that says nothing.
    public init?(from: TimeOfDay, to: TimeOfDay) {
        guard from != to else { return nil }
        self.from = from
        self.to = to
    }

    /// Reads `23:00-8:00`, `23-8` and the like.
    public init?(_ text: String) {
        let pattern = /(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?/
        guard let match = text.wholeMatch(of: pattern),
            let from = Self.time(match.1, match.2), let to = Self.time(match.3, match.4)
        else { return nil }
        self.init(from: from, to: to)
    }

    private static func time(_ hour: Substring, _ minute: Substring?) -> TimeOfDay? {
        Int(hour).flatMap { TimeOfDay(hour: $0, minute: minute.flatMap { Int($0) } ?? 0) }
    }

    /// As `23:00–8:00`.
    public var description: String { "\(from)–\(to)" }

    /// When the quiet hours end in which `moment` lies; nil where it lies in none.
    ///
    /// Clocks in `zone` decide. Where an end falls into the hour that summer time leaves out, they end with that hour.
    public func end(for moment: Date, in zone: TimeZone) -> Date? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let time = calendar.dateComponents([.hour, .minute], from: moment)
        guard let now = TimeOfDay(hour: time.hour ?? 0, minute: time.minute ?? 0), contains(now) else { return nil }
        return calendar.nextDate(
            after: moment,
            matching: DateComponents(hour: to.hour, minute: to.minute, second: 0),
            matchingPolicy: .nextTime
        )
    }

    private func contains(_ time: TimeOfDay) -> Bool {
        let now = time.rawValue
        return from.rawValue < to.rawValue
            ? (from.rawValue..<to.rawValue).contains(now) : now >= from.rawValue || now < to.rawValue
    }
}
