import Foundation

/// Makes text that came from outside safe to keep and to show.
public enum PlainText {
    /// One line: without control characters and invisible direction marks, white space folded to single spaces.
    /// `limit`: how many Unicode scalars are kept at most.
    public static func line(_ text: String, limit: Int) -> String {
        cleaned(text, limit: limit, keepsLineBreaks: false)
            .split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }

    /// Several lines: as `line`, but line breaks stay, at most two in a row.
    public static func paragraphs(_ text: String, limit: Int) -> String {
        var lines: [String] = []
        let raw = cleaned(text, limit: limit, keepsLineBreaks: true)
        for part in raw.split(separator: "\n", omittingEmptySubsequences: false) {
            let line = part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if line.isEmpty && (lines.last?.isEmpty ?? true) { continue }
            lines.append(line)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// A file name that is safe to offer for a download: no folders, no control characters, no leading dots.
    /// - Returns: nil where nothing sensible is left.
    public static func fileName(_ text: String) -> String? {
        let last = text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let cleaned = line(last, limit: 120).drop { $0 == "." || $0 == " " }
        return cleaned.isEmpty ? nil : String(cleaned)
    }

    private static func cleaned(_ text: String, limit: Int, keepsLineBreaks: Bool) -> String {
        var result = String.UnicodeScalarView()
        var kept = 0
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            guard kept < limit else { break }
            switch scalar {
            case "\n", "\r", "\u{2028}", "\u{2029}":
                result.append(keepsLineBreaks ? "\n" : " ")
            case "\t":
                result.append(" ")
            case let scalar where isHidden(scalar):
                continue
            default:
                result.append(scalar)
            }
            kept += 1
        }
        return String(result)
    }

    /// Control characters, and the marks that turn the direction of what follows: they can make a name or an address
    /// look like another one. Source: Unicode TR 36, section 2.4.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: false
        }
    }
}
