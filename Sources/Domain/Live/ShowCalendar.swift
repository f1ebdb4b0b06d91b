import Foundation

/// A show as calendars take it. Source: RFC 5545.
public struct ShowCalendar: Sendable {
    /// The media type of the text.
    public static let mediaType = "text/calendar; charset=utf-8"
    /// Longest line without its end, in octets. Source: RFC 5545, 3.1.
    private static let lineLength = 75

    private let show: LiveSession
    private let address: URL?

    /// `address`: where people find the show; nil where they cannot open it.
    public init(_ show: LiveSession, address: URL?) {
        self.show = show
        self.address = address
    }

    /// The calendar with this one event. The same show gives the same text; after a move its `SEQUENCE` is greater and
    /// its `UID` the same, so that a calendar replaces what it had.
    public var text: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//FOMO Podcasts//Shows//EN", "METHOD:PUBLISH", "BEGIN:VEVENT",
            "UID:\(show.id)@fomo-podcasts",
            "SEQUENCE:\(show.sequence)",
            "DTSTAMP:\(Self.moment(show.updatedAt))",
            "DTSTART:\(Self.moment(show.startsAt))",
            "DTEND:\(Self.moment(show.plannedEnd))",
            "SUMMARY:\(Self.escaped(show.title))",
        ]
        if !show.summary.isEmpty { lines.append("DESCRIPTION:\(Self.escaped(show.summary))") }
        if let address { lines.append("URL:\(address.absoluteString)") }
        lines += ["STATUS:\(show.status == .cancelled ? "CANCELLED" : "CONFIRMED")", "END:VEVENT", "END:VCALENDAR"]
        return lines.map { Self.folded($0) + "\r\n" }.joined()
    }

    /// In UTC, to the second.
    private static func moment(_ date: Date) -> String {
        let wall = WallTime(date, in: .gmt)
        let second = Int(date.timeIntervalSince1970.rounded(.down)) % 60
        let parts = [wall.month, wall.day].map(twoDigits).joined()
        return "\(wall.year)\(parts)T\(twoDigits(wall.minute / 60))\(twoDigits(wall.minute % 60))\(twoDigits(second))Z"
    }

    private static func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

    /// Source: RFC 5545, 3.3.11.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\", ";", ",": escaped += "\\\(character)"
            case "\n", "\r\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    /// Breaks a long line, never within a character's octets; each further line begins with a space.
    private static func folded(_ line: String) -> String {
        var (folded, length) = (String.UnicodeScalarView(), 0)
        for scalar in line.unicodeScalars {
            let octets = UTF8.width(scalar)
            if length + octets > lineLength {
                folded.append(contentsOf: "\r\n ".unicodeScalars)
                length = 1
            }
            folded.append(scalar)
            length += octets
        }
        return String(folded)
    }
}
