import Domain
import Foundation

/// Moments as requests write them. Source: RFC 3339, section 5.6.
enum ISO8601 {
    /// - Returns: nil where `text` is no moment: without a zone nobody knows which one is meant. Fractions of a second
    ///   finer than milliseconds are cut off.
    static func date(_ text: String) -> Date? {
        let pattern = /(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:[Zz]|([+-])(\d\d):?(\d\d))/
        guard text.utf8.count <= 40, let match = text.wholeMatch(of: pattern)?.output,
            let time = TimeOfDay(hour: number(match.4), minute: number(match.5)),
            let wall = WallTime(year: number(match.1), month: number(match.2), day: number(match.3), time: time)
        else { return nil }
        let second = match.6.map(number) ?? 0
        let (hours, minutes) = (match.9.map(number) ?? 0, match.10.map(number) ?? 0)
        guard second < 60, hours < 24, minutes < 60 else { return nil }
        let offset = (hours * 3600 + minutes * 60) * (match.8 == "-" ? -1 : 1)
        let fraction = match.7.map { number(($0 + "000").prefix(3)) } ?? 0
        let whole = Timestamp.milliseconds(wall.moment(in: .gmt))
        return Timestamp.date(milliseconds: whole + Int64((second - offset) * 1000 + fraction))
    }

    /// What ASCII digits say; nothing but digits comes here, and few of them.
    private static func number(_ digits: some StringProtocol) -> Int { Int(digits) ?? 0 }
}
