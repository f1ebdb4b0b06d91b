import Domain
import Foundation

/// A table as comma-separated values. Source: RFC 4180.
enum FigureCSV {
    /// With a line of names, in UTF-8, lengths in seconds, what is not known empty.
    static func text(_ table: FigureTable) -> String {
        let isLinked = table.rows.contains { $0.id != nil }
        let names = (isLinked ? ["id"] : []) + table.columns.map(\.rawValue)
        let rows = table.rows.map { row in
            ((isLinked ? [field(row.id ?? "")] : []) + row.cells.map(value)).joined(separator: ",")
        }
        return ([names.joined(separator: ",")] + rows).map { $0 + "\r\n" }.joined()
    }

    private static func value(_ cell: FigureCell) -> String {
        switch cell {
        case .count(let count): String(count)
        case .decimal(let number), .share(let number): String(FigureNumber.rounded(number))
        case .length(let length): String(FigureNumber.rounded(length.seconds))
        case .day(let day): day.rawValue
        case .moment(let moment): moment.ISO8601Format()
        case .text(let text): field(text)
        case .word(let word): field(word.rawValue)
        case .unknown: ""
        }
    }

    /// Words of people never begin a formula: a spreadsheet would work it out, and send what it finds to whomever the
    /// words name. An apostrophe before them makes them a text. Source: OWASP, CSV Injection.
    private static func field(_ text: String) -> String {
        var text = text
        if let first = text.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) { text = "'" + text }
        guard text.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else { return text }
        // By code points: to Swift, a quote with an accent on it is another character; to a reader of CSV it is none.
        var quoted = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        return "\"" + String(quoted) + "\""
    }
}

/// Numbers as programs get them.
enum FigureNumber {
    /// With four digits behind the point.
    static func rounded(_ number: Double) -> Double { (number * 10_000).rounded() / 10_000 }
}
