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

    /// Source: Bot API, "HTML style": exactly these have to be replaced.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }

    /// The text without its markup: for when Telegram cannot read the markup.
    static func plain(_ source: String) -> String {
        source.replacing(/<[^>]*>/, with: "")
            .replacing("&lt;", with: "<")
            .replacing("&gt;", with: ">")
            .replacing("&quot;", with: "\"")
            .replacing("&amp;", with: "&")
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
