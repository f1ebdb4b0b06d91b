import Foundation

/// A summary parted into paragraphs and links, for a page to lay out.
struct SummaryText {
    struct Run: Equatable {
        var text: String
        /// Where it leads; nil for plain text.
        var link: String?
    }

    struct Paragraph: Equatable {
        var runs: [Run]
    }

    let paragraphs: [Paragraph]

    /// - Parameter text: As `PlainText.paragraphs` leaves it: empty lines part paragraphs.
    init(_ text: String) {
        paragraphs = text.components(separatedBy: "\n\n")
            .filter { !$0.isEmpty }
            .map { Paragraph(runs: Self.runs(of: $0)) }
    }

    /// Only addresses of web sites become links. Punctuation at their end belongs to the sentence.
    private static func runs(of text: String) -> [Run] {
        var runs: [Run] = []
        var rest = text[...]
        while let match = rest.firstMatch(of: /https?:\/\/[^\s<>"']+/) {
            var link = match.0
            while let last = link.last, ".,;:!?)]»”…".contains(last) { link = link.dropLast() }
            if match.range.lowerBound > rest.startIndex {
                runs.append(Run(text: String(rest[..<match.range.lowerBound])))
            }
            let address = String(link)
            let isUsable = URL(string: address)?.host()?.isEmpty == false
            runs.append(Run(text: address, link: isUsable ? address : nil))
            rest = rest[link.endIndex...]
        }
        if !rest.isEmpty { runs.append(Run(text: String(rest))) }
        return runs
    }
}
