import Foundation

/// A picture with places for texts, written `{name}`.
struct SVGTemplate: Sendable {
    private let source: String

    init(_ source: String) {
        self.source = source
    }

    /// The picture with its texts. Whatever they say is text in it: no markup, no reference, nothing that XML forbids.
    /// Places without a text stay empty.
    func filled(_ texts: [String: String]) -> String {
        source.replacing(/\{([a-zA-Z0-9]+)\}/) { match in
            texts[String(match.1)].map(Self.escaped) ?? ""
        }
    }

    /// Source: XML 1.0, "Character Data and Markup" and "Characters".
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result += " "
            default:
                let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                if isAllowed { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }
}
