import Foundation

/// A text with emphasis, as somebody wrote it. Knows no markup language; the rims write theirs.
public struct RichText: Codable, Equatable, Sendable {
    /// A part of the text that looks different.
    public struct Mark: Codable, Equatable, Sendable {
        public enum Kind: String, Codable, CaseIterable, Sendable {
            case bold, italic, underline, strikethrough, spoiler, code, block, quote, link
        }

        public var kind: Kind
        /// Where it begins, in Unicode scalars of the text.
        public var start: Int
        /// In Unicode scalars.
        public var length: Int
        /// Where a link leads; nil for all others.
        public var address: String?

        public init(_ kind: Kind, start: Int, length: Int, address: String? = nil) {
            self.kind = kind
            self.start = start
            self.length = length
            self.address = address
        }

        public var end: Int { start + length }
    }

    /// Longest text, in Unicode scalars: what a messenger takes as one message.
    /// Source: Bot API, `sendMessage`, parameter `text`.
    public static let lengthLimit = 4_096
    /// So many marks are kept. Source: Telegram shows the first 100 entities of a message.
    public static let markLimit = 100

    /// Without white space at its ends; never empty.
    public let text: String
    /// Each within the text.
    public let marks: [Mark]

    /// - Throws: `.nothingToAnnounce` where nothing is written; `.announcementTooLong`.
    public init(_ text: String, marks: [Mark] = []) throws(Refusal) {
        let scalars = Array(text.unicodeScalars)
        let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        guard let first = scalars.firstIndex(where: { !isBlank($0) }),
            let last = scalars.lastIndex(where: { !isBlank($0) })
        else { throw .nothingToAnnounce }
        guard last - first < Self.lengthLimit else { throw .announcementTooLong }
        self.text = String(String.UnicodeScalarView(scalars[first...last]))
        let length = last - first + 1
        self.marks = marks.prefix(Self.markLimit).compactMap { mark in
            let start = max(0, mark.start - first)
            let end = min(length, mark.end - first)
            return start < end ? Mark(mark.kind, start: start, length: end - start, address: mark.address) : nil
        }
    }
}
