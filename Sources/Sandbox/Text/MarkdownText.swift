/// Telegram's first Markdown style, which bots still use: no nesting, few rules.
///
/// Source: tdlib/td, MessageEntity.cpp, and the Bot API's "Markdown style".
struct MarkdownText {
    /// Why a text cannot be parsed; goes after `can't parse entities: `.
    struct Failure: Error, Sendable, Hashable {
        let text: String
    }

    private static let marks = Set("_*`[".utf8)

    private let bytes: [UInt8]
    private var position = 0
    private var output = TextBuilder()
    private var entities: [MessageEntity] = []

    private init(_ input: String) {
        bytes = Array(input.utf8)
    }

    /// Turns Markdown into text and entities.
    static func parse(_ input: String) throws(Failure) -> FormattedText {
        var parser = MarkdownText(input)
        return try parser.run()
    }

    private mutating func run() throws(Failure) -> FormattedText {
        while let byte = at(0) {
            if byte == UInt8(ascii: "\\"), let next = at(1), MarkdownText.marks.contains(next) {
                output.append(next)
                position += 2
            } else if MarkdownText.marks.contains(byte) {
                try readEntity(byte)
            } else {
                output.append(byte)
                position += 1
            }
        }
        return FormattedText(text: output.text(), entities: entities)
    }

    private mutating func readEntity(_ mark: UInt8) throws(Failure) {
        let start = position
        let isBlock = mark == UInt8(ascii: "`") && at(1) == mark && at(2) == mark
        position += isBlock ? 3 : 1
        let language = isBlock ? readLanguage() : nil
        let end = mark == UInt8(ascii: "[") ? UInt8(ascii: "]") : mark
        let (first, firstByte) = (output.offset, output.bytes.count)
        while let byte = at(0), byte != end || (isBlock && (at(1) != end || at(2) != end)) {
            output.append(byte)
            position += 1
        }
        guard at(0) != nil else {
            throw Failure(text: "Can't find end of the entity starting at byte offset \(start)")
        }
        position += isBlock ? 3 : 1
        var entity = MessageEntity(isBlock ? "pre" : "", offset: first, length: output.offset - first)
        entity.language = language
        switch mark {
        case UInt8(ascii: "_"): entity.kind = "italic"
        case UInt8(ascii: "*"): entity.kind = "bold"
        case UInt8(ascii: "["): entity.link(to: readAddress() ?? output.text(after: firstByte))
        default: if !isBlock { entity.kind = "code" }
        }
        if entity.length > 0, !entity.kind.isEmpty { entities.append(entity) }
    }

    /// The language of a block, which stands on the line of its beginning; the line break behind it is dropped.
    private mutating func readLanguage() -> String? {
        var end = position
        while end < bytes.count, !bytes[end].isMarkdownSpace, bytes[end] != UInt8(ascii: "`") { end += 1 }
        var language: String?
        if end > position, end < bytes.count, bytes[end] != UInt8(ascii: "`") {
            language = String(decoding: bytes[position..<end], as: UTF8.self)
            position = end
        }
        if at(0) == UInt8(ascii: "\n") { position += 1 }
        return language
    }

    /// The address in parentheses behind a link's text.
    private mutating func readAddress() -> String? {
        guard at(0) == UInt8(ascii: "("), let end = bytes[position...].firstIndex(of: UInt8(ascii: ")")) else {
            return nil
        }
        defer { position = end + 1 }
        return String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
    }

    private func at(_ distance: Int) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }
}

extension UInt8 {
    /// White space as Telegram's Markdown sees it.
    var isMarkdownSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) || self == 0 }
}

extension MessageEntity {
    /// Makes a link or a mention of the entity; of one that leads nowhere it becomes none.
    mutating func link(to address: String) {
        if let someone = LinkAddress.person(of: address) {
            kind = "text_mention"
            person = someone
        } else if let link = LinkAddress(checking: address) {
            kind = "text_link"
            url = link.text
        }
    }
}
