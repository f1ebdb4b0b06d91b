import Domain

/// What somebody looks for in the library, as addresses write it: `?q=&tag=&limit=&cursor=`.
struct PodcastSearch: Sendable {
    /// Most bytes of UTF-8 that are looked for.
    private static let longestQuery = 200

    /// As it was typed.
    var text: String
    /// As the library looks it up.
    var tag: String?
    var limit: Int
    var start: PageStart
    var query: PodcastQuery

    /// - Throws: `.invalidField` with the field's name; `.nothingToSearch` where `q` has neither letters nor digits.
    init(_ fields: FormFields, limit defaultLimit: Int) throws {
        text = PlainText.line(fields["q"] ?? "", limit: Self.longestQuery)
        let words = SearchTokeniser.query(text, budget: Self.longestQuery)
        guard text.isEmpty || !words.isEmpty else { throw Refusal.nothingToSearch }
        let tag = PlainText.line(fields["tag"] ?? "", limit: Self.longestQuery).drop { $0 == "#" }
        query = PodcastQuery(words: words, tag: tag.isEmpty ? nil : String(tag))
        self.tag = query.tag
        let page = try PageRequest(fields, limit: defaultLimit)
        limit = page.limit
        start = page.cursor.map(PageStart.after) ?? .first
    }

    /// The address of the library's page with this search, going on at `cursor`.
    func address(from cursor: PageCursor?) -> String {
        var fields: [String] = []
        if !text.isEmpty { fields.append("q=\(FormFields.encoded(text))") }
        if let tag { fields.append("tag=\(FormFields.encoded(tag))") }
        if let cursor { fields.append("cursor=\(FormFields.encoded(cursor.text))") }
        return fields.isEmpty ? "/library" : "/library?" + fields.joined(separator: "&")
    }
}
