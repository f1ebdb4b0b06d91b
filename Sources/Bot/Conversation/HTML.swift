import Domain
import Foundation

/// Text in Telegram's HTML parse mode. Whatever came from people is escaped when it goes in.
struct HTML: Equatable, Sendable {
    private(set) var source: String

    /// - Parameter source: Markup that the program itself has written.
    init(markup source: String) {
        self.source = source
    }

    /// Plain text.
    init(_ text: String) {
        source = Self.escaped(text)
    }

    /// Source: Bot API, "HTML style": exactly these have to be replaced. Telegram reads code points, so these are
    /// looked at as well: to Swift, a bracket with a combining mark is another character.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;".unicodeScalars
            case "<": result += "&lt;".unicodeScalars
            case ">": result += "&gt;".unicodeScalars
            case "\"": result += "&quot;".unicodeScalars
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// The text without its markup: for when Telegram cannot read the markup.
    static func plain(_ source: String) -> String {
        source.replacing(/<[^>]*>/.matchingSemantics(.unicodeScalar), with: "")
            .replacing(/&lt;/.matchingSemantics(.unicodeScalar), with: "<")
            .replacing(/&gt;/.matchingSemantics(.unicodeScalar), with: ">")
            .replacing(/&quot;/.matchingSemantics(.unicodeScalar), with: "\"")
            .replacing(/&amp;/.matchingSemantics(.unicodeScalar), with: "&")
    }

    static func + (left: HTML, right: HTML) -> HTML {
        HTML(markup: left.source + right.source)
    }

    /// Several paragraphs, with an empty line between them.
    static func paragraphs(_ parts: [HTML]) -> HTML {
        HTML(markup: parts.map(\.source).filter { !$0.isEmpty }.joined(separator: "\n\n"))
    }

    static func lines(_ parts: [HTML]) -> HTML {
        HTML(markup: parts.map(\.source).filter { !$0.isEmpty }.joined(separator: "\n"))
    }

    var bold: HTML { HTML(markup: "<b>\(source)</b>") }
}

extension Phrasebook {
    /// A phrase with markup; its arguments are escaped.
    func html(
        _ key: some PhraseKey,
        _ language: Language,
        _ arguments: [String: String] = [:],
        count: Int? = nil
    ) -> HTML {
        HTML(markup: text(key, language, arguments.mapValues(HTML.escaped), count: count))
    }
}
