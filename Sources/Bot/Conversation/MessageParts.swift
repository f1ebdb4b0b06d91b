import Domain
import Foundation

/// A text in parts that Telegram takes as one message each: parted between paragraphs where it can be, else between
/// lines, else between words. Marks that reach over a border are closed before it and opened again behind it.
struct MessageParts: Equatable, Sendable {
    /// Longest text that Telegram accepts in one message, in Unicode code points after entities are parsed.
    /// Source: Bot API, `sendMessage`, parameter `text`; in this unit in TDLib's `MessageContent`.
    static let limit = 4_096

    let parts: [HTML]

    init(_ html: HTML, limit: Int = MessageParts.limit) {
        // Markup only makes it shorter.
        guard html.source.unicodeScalars.count > limit else {
            parts = [html]
            return
        }
        var parts: [HTML] = []
        var rest = Self.pieces(of: html.source)[...]
        var open: [Substring] = []
        while !rest.isEmpty {
            let taken = Self.first(of: rest, limit: limit)
            var source = open.joined()
            for piece in rest[..<taken] {
                source += piece.source
                Self.follow(piece, &open)
            }
            source += open.reversed().map { "</\(Self.name(of: $0))>" }.joined()
            parts.append(HTML(markup: source))
            // White space at the border is no part's.
            rest = rest[taken...].drop { $0.isBlank }
        }
        self.parts = parts
    }

    /// A tag, a named character or a character.
    private struct Piece {
        var source: Substring
        var isTag: Bool { source.first == "<" }
        var isBlank: Bool { source == " " || source == "\n" }
        /// In code points, as it is read.
        var length: Int { isTag ? 0 : 1 }
    }

    private static func pieces(of source: String) -> [Piece] {
        var pieces: [Piece] = []
        var place = source.startIndex
        let scalars = source.unicodeScalars
        while place < scalars.endIndex {
            let ending: Unicode.Scalar? =
                switch scalars[place] {
                case "<": ">"
                case "&": ";"
                default: nil
                }
            let end = ending.flatMap { scalars[place...].firstIndex(of: $0) } ?? place
            let next = scalars.index(after: end)
            pieces.append(Piece(source: source[place..<next]))
            place = next
        }
        return pieces
    }

    /// Behind which piece the first part ends.
    private static func first(of pieces: ArraySlice<Piece>, limit: Int) -> Int {
        var length = 0
        // The last borders that still fit: between words, lines and paragraphs.
        var borders: [Int?] = [nil, nil, nil]
        for (index, piece) in zip(pieces.indices, pieces) {
            length += piece.length
            guard length <= limit else {
                // A better border counts only where it leaves no part that is hardly begun.
                let half = pieces.startIndex + (index - pieces.startIndex) / 2
                let best = borders.reversed().compactMap { $0 }.first { $0 > half } ?? borders.compactMap { $0 }.max()
                return best ?? index
            }
            guard piece.isBlank else { continue }
            borders[0] = index + 1
            guard piece.source == "\n" else { continue }
            borders[1] = index + 1
            if index > pieces.startIndex, pieces[index - 1].source == "\n" { borders[2] = index + 1 }
        }
        return pieces.endIndex
    }

    private static func follow(_ piece: Piece, _ open: inout [Substring]) {
        guard piece.isTag else { return }
        if piece.source.hasPrefix("</") {
            if !open.isEmpty { open.removeLast() }
        } else {
            open.append(piece.source)
        }
    }

    private static func name(of tag: Substring) -> Substring {
        tag.dropFirst().prefix { $0 != " " && $0 != ">" }
    }
}

extension Reply {
    /// The same as messages that Telegram takes; the buttons are under the last one. What changes a message is cut to
    /// its first part.
    var fitting: [Reply] {
        switch self {
        case .show(let screen):
            let parts = MessageParts(screen.text).parts
            return parts.dropLast().map { .show(Screen(text: $0)) }
                + parts.suffix(1).map { .show(Screen(text: $0, rows: screen.rows)) }
        case .reply(let place, let screen):
            let parts = MessageParts(screen.text).parts
            return parts.dropLast().map { .reply(to: place, Screen(text: $0)) }
                + parts.suffix(1).map { .reply(to: place, Screen(text: $0, rows: screen.rows)) }
        case .change(let place, let screen):
            let first = MessageParts(screen.text).parts.first
            return [.change(place, Screen(text: first ?? screen.text, rows: screen.rows))]
        case .toast, .results, .prompt, .clubChatRequest, .recording, .copy, .file, .menu, .card, .tag:
            return [self]
        }
    }
}
