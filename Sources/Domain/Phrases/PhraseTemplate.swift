/// A phrase with its `{placeholders}`, taken apart once so that it can be filled often.
struct PhraseTemplate: Sendable {
    private enum Part: Sendable {
        case text(Substring)
        case placeholder(name: String, written: Substring)
    }

    private let parts: [Part]

    /// `text`: as it stands in the file. A placeholder is a name of small letters and `_` in braces; any other brace
    /// is text.
    init(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        for match in text.matches(of: /\{([a-z_]+)\}/) {
            if rest.startIndex < match.range.lowerBound { parts.append(.text(rest[..<match.range.lowerBound])) }
            parts.append(.placeholder(name: String(match.1), written: match.0))
            rest = text[match.range.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(rest)) }
        self.parts = parts
    }

    var placeholders: Set<String> {
        parts.reduce(into: []) { names, part in
            if case .placeholder(let name, _) = part { names.insert(name) }
        }
    }

    /// The phrase with `arguments` in place of its placeholders; one that has no argument stays as it is written.
    /// An argument that looks like a placeholder stays as it is, too.
    func filled(with arguments: [String: String]) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .placeholder(let name, let written): text += arguments[name].map { $0[...] } ?? written
            }
        }
        return text
    }
}
