import Domain
import Foundation

extension HTML {
    /// A text with its emphasis. Marks that overlap are closed and opened anew, so that the tags are nested.
    init(_ rich: RichText) {
        let scalars = Array(rich.text.unicodeScalars)
        let borders = Set(rich.marks.flatMap { [$0.start, $0.end] } + [0, scalars.count]).sorted()
        var source = ""
        var open: [RichText.Mark] = []
        for (place, next) in zip(borders, borders.dropFirst() + [scalars.count]) {
            if let first = open.firstIndex(where: { $0.end <= place }) {
                for mark in open[first...].reversed() { source += mark.closing }
                let reopened = open[first...].filter { $0.end > place }
                open.removeSubrange(first...)
                for mark in reopened { source += mark.opening }
                open += reopened
            }
            // The longest first: it holds the others.
            for mark in rich.marks.filter({ $0.start == place }).sorted(by: { $0.length > $1.length }) {
                source += mark.opening
                open.append(mark)
            }
            source += HTML.escaped(String(String.UnicodeScalarView(scalars[place..<max(place, next)])))
        }
        self.init(markup: source)
    }
}

extension RichText.Mark {
    fileprivate var opening: String {
        kind == .link ? "<a href=\"\(HTML.escaped(address ?? ""))\">" : "<\(tag)>"
    }

    fileprivate var closing: String { "</\(tag)>" }

    /// Source: Bot API, "HTML style".
    private var tag: String {
        switch kind {
        case .bold: "b"
        case .italic: "i"
        case .underline: "u"
        case .strikethrough: "s"
        case .spoiler: "tg-spoiler"
        case .code: "code"
        case .block: "pre"
        case .quote: "blockquote"
        case .link: "a"
        }
    }
}
