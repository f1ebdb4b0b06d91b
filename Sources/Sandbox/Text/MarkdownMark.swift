/// A mark of MarkdownV2 that was opened.
struct MarkdownMark: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case bold, italic, underline, strikethrough, spoiler, code, block, link, emoji, quote

        /// Nothing else is marked inside.
        var isCode: Bool { self == .code || self == .block }

        /// Bytes of the mark at the end.
        var endLength: Int {
            switch self {
            case .underline, .spoiler, .quote: 2
            case .block: 3
            case .bold, .italic, .strikethrough, .code, .link, .emoji: 1
            }
        }

        /// The Bot API's name; of a link it depends on where it leads.
        var name: String {
            switch self {
            case .bold: "bold"
            case .italic: "italic"
            case .underline: "underline"
            case .strikethrough: "strikethrough"
            case .spoiler: "spoiler"
            case .code: "code"
            case .block: "pre"
            case .link: ""
            case .emoji: "custom_emoji"
            case .quote: "blockquote"
            }
        }

        /// How Telegram's errors call it.
        var displayName: String {
            switch self {
            case .bold: "Bold"
            case .italic: "Italic"
            case .underline: "Underline"
            case .strikethrough: "Strikethrough"
            case .spoiler: "Spoiler"
            case .code: "Code"
            case .block: "Pre"
            case .link: "TextUrl"
            case .emoji: "CustomEmoji"
            case .quote: "BlockQuote"
            }
        }
    }

    let kind: Kind
    /// Where it stands, in bytes of the input.
    let start: Int
    /// Where its text begins, in UTF-16 units.
    let offset: Int
    /// Where its text begins, in bytes of the result.
    let byteOffset: Int
    /// Of a block.
    var language: String?

    /// The error of a mark that is never closed.
    var unclosed: MarkdownText.Failure {
        let name = language == nil ? kind.displayName : "PreCode"
        return MarkdownText.Failure(text: "Can't find end of \(name) entity at byte offset \(start)")
    }
}
