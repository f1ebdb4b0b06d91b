import Domain
import Foundation

/// How the predecessor wrote moments as text: ISO 8601, with a zone or without one (then UTC), with up to nine digits
/// behind the second, or a day alone.
enum LegacyDate {
    /// - Returns: nil where `text` is no moment, or none after 1970 and before the year 10000.
    static func parse(_ text: String) -> Date? {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let day = /([0-9]{4})-([0-9]{2})-([0-9]{2})/
        guard let head = text.prefixMatch(of: day) else { return nil }
        let rest = text[head.range.upperBound...]
        var parts = DateComponents(
            calendar: Calendar(identifier: .gregorian),
            timeZone: .gmt,
            year: Int(head.1),
            month: Int(head.2),
            day: Int(head.3)
        )
        guard !rest.isEmpty else { return parts.isValidDate ? parts.date.flatMap(plausible) : nil }
        let time =
            #/
            [Tt\x20] ([0-9]{2}) : ([0-9]{2}) (?: : ([0-9]{2}) (?: [.,] ([0-9]{1,9}) )? )?
            \x20? ( [Zz] | [+\-] [0-9]{2} (?: :? [0-9]{2} )? )?
            /#
        guard let match = rest.wholeMatch(of: time) else { return nil }
        parts.hour = Int(match.1)
        parts.minute = Int(match.2)
        parts.second = match.3.flatMap { Int($0) } ?? 0
        guard parts.isValidDate, let moment = parts.date, let offset = offset(match.5) else { return nil }
        let fraction = match.4.flatMap { Double("0.\($0)") } ?? 0
        return plausible(moment.addingTimeInterval(fraction - offset.seconds))
    }

    /// `date` in whole milliseconds, where it can be a moment of the predecessor's life.
    static func plausible(_ date: Date) -> Date? {
        let range = 0..<Double(Timestamp.limit) / 1000
        guard date.timeIntervalSince1970 > 0, range.contains(date.timeIntervalSince1970) else { return nil }
        return Timestamp.rounded(date)
    }

    /// How far a zone is ahead of UTC; nil where there is no such zone.
    private static func offset(_ zone: Substring?) -> Duration? {
        guard let zone, let sign = zone.first, sign == "+" || sign == "-" else { return .zero }
        let digits = zone.filter(\.isNumber)
        guard let hours = Int(digits.prefix(2)), let minutes = digits.count > 2 ? Int(digits.suffix(2)) : 0,
            hours < 24, minutes < 60
        else { return nil }
        return .seconds((sign == "-" ? -60 : 60) * (hours * 60 + minutes))
    }
}
