import HTTPTypes

/// A strong entity tag: two files with the same tag have the same bytes. Source: RFC 9110, section 8.8.3.
struct EntityTag: Equatable, Sendable {
    /// With its quotes, as headers have it.
    let text: String

    /// - Parameter digest: Letters and digits that stand for the content.
    init(digest: String) {
        text = "\"\(digest)\""
    }

    /// Whether a client that sends these headers has the content already.
    func isKnown(to headers: HTTPFields) -> Bool {
        headers[values: .ifNoneMatch]
            .flatMap { $0.split(separator: ",") }
            .contains { part in
                let tag = part.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
                return tag == "*" || (tag.hasPrefix("W/") ? tag.dropFirst(2) : tag) == text[...]
            }
    }

    /// Whether a range may be answered: the client names no state of the file, or this one. Dates and weak tags never
    /// fit.
    func allowsRange(_ headers: HTTPFields) -> Bool {
        guard let condition = headers[.ifRange] else { return true }
        return condition == text
    }
}
