import Foundation

/// What a poster wrote under a recording, taken apart.
///
/// Line 1 is the title, the rest the summary. `#words` are tags, `@names` people, `S2E5` in the title is season and
/// episode, `00:00 text` on a line of its own a chapter. Tags at the end of a line are neither title nor summary, nor
/// are lines that hold marks only; within a sentence marks are read along.
public struct EpisodeCaption: Equatable, Sendable {
    /// Longest title, in Unicode scalars; more goes on in the summary.
    public static let titleLength = 200
    /// Longest summary, in Unicode scalars; more is cut off.
    public static let summaryLength = 8_000
    /// Longest tag, in Unicode scalars.
    static let tagLength = 50
    static let tagCount = 20

    /// Nil where the caption has none.
    public var title: String?
    public var summary: String
    public var tags: [String]
    /// Names without the @, as they were written, each once.
    public var people: [String]
    public var season: Int?
    public var episode: Int?
    /// In the order of their beginnings.
    public var chapters: [Chapter]

    public init(parsing caption: String) {
        let text = PlainText.paragraphs(caption, limit: Self.summaryLength)
        let written = text.split(separator: "\n", omittingEmptySubsequences: false)
        chapters = Chapter.inOrder(written.compactMap { Chapter(line: Self.withoutTrailingTags(String($0))) })
        let rows = written.filter { Chapter(line: $0) == nil }
        tags = Self.tags(in: text)
        people = Self.people(in: text)
        var number = rows.lazy.filter(Self.isMarksOnly).compactMap(EpisodeNumber.init(in:)).first
        var lines = rows.filter { !Self.isMarksOnly($0) }
        while lines.first?.isEmpty == true { lines.removeFirst() }
        title = nil
        summary = ""
        if let first = lines.first {
            var line = Self.withoutTrailingTags(String(first))
            if let titled = EpisodeNumber(in: line[...]) {
                number = titled
                line = EpisodeNumber.withoutNumber(atEdgeOf: line)
            }
            title = PlainText.line(line, limit: Self.titleLength)
            let rest = lines.dropFirst().map { Self.withoutTrailingTags(String($0)) }.joined(separator: "\n")
            let overflow = line.unicodeScalars.count > Self.titleLength ? line + "\n" : ""
            summary = PlainText.paragraphs(overflow + rest, limit: Self.summaryLength)
        }
        season = number?.season
        episode = number?.episode
    }

    private static func tags(in text: String) -> [String] {
        let marked = text.split(whereSeparator: \.isWhitespace).filter { $0.first == "#" }
        return tags(marked.flatMap { $0.split(separator: "#") })
    }

    /// Tags as the library keeps them, of words without the #: in lower case, up to the first character that is
    /// neither letter, digit nor _; each once, at most 20. Those longer than 50 characters are left out.
    public static func tags(_ words: some Sequence<some StringProtocol>) -> [String] {
        var tags: [String] = []
        for word in words {
            let name = word.prefix { $0.isLetter || $0.isNumber || $0 == "_" }.lowercased()
            guard !name.isEmpty, name.unicodeScalars.count <= tagLength, tags.count < tagCount else { continue }
            let folded = SearchTokeniser.folded(name)
            if !tags.contains(where: { SearchTokeniser.folded($0) == folded }) { tags.append(name) }
        }
        return tags
    }

    /// A line of tags, names and a number, and nothing else.
    private static func isMarksOnly(_ line: Substring) -> Bool {
        let words = line.split(whereSeparator: \.isWhitespace)
        return !words.isEmpty
            && words.allSatisfy { word in
                (word.first == "#" && word.count > 1) || name(in: word) != nil || EpisodeNumber(word: word) != nil
            }
    }

    private static func withoutTrailingTags(_ line: String) -> String {
        var words = line.split(separator: " ")
        while let last = words.last, words.count > 1, last.first == "#", last.count > 1 { words.removeLast() }
        return words.joined(separator: " ")
    }
}

// MARK: People

extension EpisodeCaption {
    /// Longest name, in Unicode scalars. Source: Telegram's usernames have 32 characters at most.
    private static let nameLength = 32
    private static let peopleCount = 20

    private static func people(in text: String) -> [String] {
        var people: [String] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            guard let name = name(in: word.drop { "([«\"".contains($0) }), people.count < peopleCount else { continue }
            if !people.contains(where: { $0.lowercased() == name.lowercased() }) { people.append(name) }
        }
        return people
    }

    /// The name of a word that begins with an @ and ends with the name or with punctuation; nil for any other word.
    private static func name(in word: Substring) -> String? {
        guard word.first == "@" else { return nil }
        let name = word.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        let rest = word.dropFirst(name.count + 1)
        guard !name.isEmpty, name.unicodeScalars.count <= nameLength, rest.allSatisfy(\.isPunctuation) else {
            return nil
        }
        return String(name)
    }
}
