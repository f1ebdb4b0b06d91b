import Domain

/// Where the texts of a card stand, and how large. Pure.
///
/// The measures are pixels of the templates, which are 1,200 wide and 630 high.
struct CardLayout: Equatable, Sendable {
    /// How wide the column of text is.
    private static let width = 620.0
    /// Largest and smallest type of the title.
    private static let titleSizes = 34.0...76.0
    /// How wide a letter is on the average, as a share of its size: measured for DejaVu Serif Bold, Cyrillic.
    private static let titleLetter = 0.72
    /// Letters on a line of the note.
    private static let noteLine = 36
    /// Lines of the note; what is longer is cut off.
    private static let noteLines = 3

    private static let reached = "#b23c17"
    private static let ahead = "#e0d8c6"

    let card: ProgressCard

    /// The texts by the names of their places.
    var texts: [String: String] {
        let size = titleSize
        let note = Self.lines(card.note)
        var texts = [
            "eyebrow": card.eyebrow, "title": card.title, "club": card.club, "titleSize": "\(Int(size))",
            "eyebrowY": "232", "titleY": "\(Int(252 + size))", "noteY": "\(Int(252 + size) + 70)",
        ]
        for (index, line) in note.enumerated() { texts["note\(index + 1)"] = line }
        if case .level(let level) = card.subject {
            texts["number"] = "\(level)"
            for step in 1...5 { texts["step\(step)"] = step <= level ? Self.reached : Self.ahead }
        }
        return texts
    }

    /// Name of the template's file.
    var template: String {
        switch card.subject {
        case .level: "card-level.svg"
        case .badge: "card-badge.svg"
        }
    }

    private var titleSize: Double {
        let fitting = Self.width / (Self.titleLetter * Double(max(1, card.title.count)))
        return min(Self.titleSizes.upperBound, max(Self.titleSizes.lowerBound, fitting))
    }

    /// Breaks a text at its spaces.
    static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            if let last = lines.last, last.count + 1 + word.count <= noteLine {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word.prefix(noteLine)))
            }
        }
        guard lines.count > noteLines else { return lines }
        lines = Array(lines.prefix(noteLines))
        lines[noteLines - 1] += "…"
        return lines
    }
}
