import Foundation

/// A line of a settings file that cannot be understood.
struct EnvironmentFileFault: Error, Equatable, CustomStringConvertible {
    var file: String
    var line: Int
    var reason: String

    var description: String { "\(file), line \(line): \(reason)" }
}

/// Reads settings from a `.env` file as a shell would: `NAME=value`, `export NAME=value`, `'…'` taken literally, `"…"`
/// with `\n`, `\"` and `\\`, and `# …` behind white space as a note. A byte order mark at the beginning is passed over.
enum EnvironmentFile {
    /// `name`: how the file is called in errors; values are never quoted in them.
    static func parse(_ text: String, name: String) throws(EnvironmentFileFault) -> [String: String] {
        var values: [String: String] = [:]
        let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        for (index, rawLine) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let line = rawLine.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let match = line.wholeMatch(of: /(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)/) else {
                throw EnvironmentFileFault(file: name, line: index + 1, reason: "expected NAME=value")
            }
            guard let value = value(match.2.trimmingCharacters(in: .whitespaces)) else {
                throw EnvironmentFileFault(
                    file: name,
                    line: index + 1,
                    reason: "the quotes of the value are not closed"
                )
            }
            values[String(match.1)] = value
        }
        return values
    }

    private static func value(_ text: String) -> String? {
        if text.hasPrefix("'") {
            return text.wholeMatch(of: /'([^']*)'\s*(?:#.*)?/).map { String($0.1) }
        }
        if text.hasPrefix("\"") {
            guard let match = text.wholeMatch(of: /"((?:[^"\\]|\\.)*)"\s*(?:#.*)?/) else { return nil }
            return String(match.1).replacing(/\\(.)/) { $0.1 == "n" ? "\n" : String($0.1) }
        }
        if text.hasPrefix("#") { return "" }
        let bare = text.split(separator: /\s+[#]/, maxSplits: 1, omittingEmptySubsequences: false).first ?? text[...]
        return String(bare).trimmingCharacters(in: .whitespaces)
    }
}
