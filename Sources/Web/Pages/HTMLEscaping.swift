import Mustache

/// Makes text safe in HTML, between tags and in quoted attributes.
///
/// The template library's own escaping looks at characters as people see them, so that a quote with a combining
/// accent on it passes as it is; browsers look at code points and end the attribute there. This one does as they do.
struct HTMLEscaping: MustacheContentType {
    /// The name by which templates choose it.
    static let name = "HTML_CODE_POINTS"

    func escapeText(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        result.reserveCapacity(text.unicodeScalars.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
