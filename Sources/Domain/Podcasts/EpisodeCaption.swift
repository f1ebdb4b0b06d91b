import Foundation

/// What a poster wrote under a recording, taken apart.
///
/// Line 1 is the title, the rest the summary, `#words` are tags. Tags at the end of a line are neither title nor
/// summary; within a sentence they are read along.
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

    public init(parsing caption: String) {
        let text = PlainText.paragraphs(caption, limit: Self.summaryLength)
        tags = Self.tags(in: text)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !Self.isTagsOnly($0) }
        while lines.first?.isEmpty == true { lines.removeFirst() }
        guard let first = lines.first else {
            title = nil
            summary = ""
            return
        }
        let line = Self.withoutTrailingTags(String(first))
        let head = PlainText.line(line, limit: Self.titleLength)
        title = head
        let rest = lines.dropFirst().map { Self.withoutTrailingTags(String($0)) }.joined(separator: "\n")
        let overflow = line.unicodeScalars.count > Self.titleLength ? line + "\n" : ""
        summary = PlainText.paragraphs(overflow + rest, limit: Self.summaryLength)
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
            if !tags.contains(name) { tags.append(name) }
        }
        return tags
    }

    private static func isTagsOnly(_ line: Substring) -> Bool {
        let words = line.split(whereSeparator: \.isWhitespace)
        return !words.isEmpty && words.allSatisfy { $0.first == "#" && $0.count > 1 }
    }

    private static func withoutTrailingTags(_ line: String) -> String {
        var words = line.split(separator: " ")
        while let last = words.last, words.count > 1, last.first == "#", last.count > 1 { words.removeLast() }
        return words.joined(separator: " ")
    }
}
