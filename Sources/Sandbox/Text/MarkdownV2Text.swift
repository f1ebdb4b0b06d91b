/// Telegram's second Markdown style: entities may stand in each other, and every mark that means nothing is escaped.
///
/// The rules and the texts of the errors are those of Telegram; offsets in errors count bytes of the input.
/// Source: tdlib/td, MessageEntity.cpp, and the Bot API's "MarkdownV2 style".
struct MarkdownV2Text {
    private static let reserved = Set("_*[]()~`>#+-=|{}.!".utf8)

    private let bytes: [UInt8]
    private var position = 0
    private var output = TextBuilder()
    private var open: [MarkdownMark] = []
    private var entities: [MessageEntity] = []
    /// Nothing stands in the line yet, so that a quotation can begin.
    private var isLineStart = true

    private init(_ input: String) {
        bytes = Array(input.utf8)
    }

    /// Turns Markdown into text and entities.
    static func parse(_ input: String) throws(MarkdownText.Failure) -> FormattedText {
        var parser = MarkdownV2Text(input)
        return try parser.run()
    }

    private mutating func run() throws(MarkdownText.Failure) -> FormattedText {
        while let byte = at(0) {
            if byte == UInt8(ascii: "\\"), let next = at(1), (1...126).contains(next) {
                add(next)
                position += 2
            } else if byte == UInt8(ascii: "\n"), let quote = quotePlace {
                try endLine(of: quote)
            } else if isMark(byte) {
                try closes(byte) ? close() : begin(byte)
            } else {
                add(byte)
                position += 1
            }
        }
        if let quote = quotePlace, quote == open.indices.last { try finishQuote(isExpandable: false) }
        if let last = open.last { throw last.unclosed }
        return FormattedText(text: output.text(), entities: MessageEntity.ordered(entities))
    }

    private mutating func add(_ byte: UInt8) {
        output.append(byte)
        isLineStart = byte == UInt8(ascii: "\n")
    }

    /// In code only a backtick is a mark.
    private func isMark(_ byte: UInt8) -> Bool {
        open.last?.kind.isCode == true ? byte == UInt8(ascii: "`") : MarkdownV2Text.reserved.contains(byte)
    }

    // MARK: Beginning

    private mutating func begin(_ byte: UInt8) throws(MarkdownText.Failure) {
        let isTwice = at(1) == byte
        switch byte {
        case UInt8(ascii: "*"): push(.bold, length: 1)
        case UInt8(ascii: "~"): push(.strikethrough, length: 1)
        case UInt8(ascii: "_"): push(isTwice ? .underline : .italic, length: isTwice ? 2 : 1)
        case UInt8(ascii: "|") where isTwice: push(.spoiler, length: 2)
        case UInt8(ascii: "["): push(.link, length: 1)
        case UInt8(ascii: "!") where at(1) == UInt8(ascii: "["): push(.emoji, length: 2)
        case UInt8(ascii: "`") where isTwice && at(2) == byte && open.last?.kind.isCode != true:
            push(.block, length: 3)
            readLanguage()
        case UInt8(ascii: "`") where open.last?.kind.isCode != true: push(.code, length: 1)
        case UInt8(ascii: "`"):
            add(byte)
            position += 1
        case UInt8(ascii: ">") where isLineStart && quotePlace == nil: push(.quote, length: 1)
        default:
            let mark = Character(Unicode.Scalar(byte))
            throw MarkdownText.Failure(
                text: "Character '\(mark)' is reserved and must be escaped with the preceding '\\'"
            )
        }
    }

    private mutating func push(_ kind: MarkdownMark.Kind, length: Int) {
        open.append(
            MarkdownMark(kind: kind, start: position, offset: output.offset, byteOffset: output.bytes.count)
        )
        position += length
    }

    private mutating func readLanguage() {
        var end = position
        while end < bytes.count, !bytes[end].isMarkdownSpace, bytes[end] != UInt8(ascii: "`") { end += 1 }
        if end > position, end < bytes.count, bytes[end] != UInt8(ascii: "`") {
            open[open.count - 1].language = String(decoding: bytes[position..<end], as: UTF8.self)
            position = end
        }
        if at(0) == UInt8(ascii: "\n") { position += 1 }
    }

    // MARK: Ending

    private func closes(_ byte: UInt8) -> Bool {
        let isTwice = at(1) == byte
        return switch open.last?.kind {
        case .bold: byte == UInt8(ascii: "*")
        case .strikethrough: byte == UInt8(ascii: "~")
        case .italic: byte == UInt8(ascii: "_") && !isTwice
        case .underline: byte == UInt8(ascii: "_") && isTwice
        case .spoiler: byte == UInt8(ascii: "|") && isTwice
        case .code: byte == UInt8(ascii: "`")
        case .block: isTwice && at(2) == byte
        case .link, .emoji: byte == UInt8(ascii: "]")
        // A quotation that folds ends with the mark of a spoiler at the end of its last line.
        case .quote:
            byte == UInt8(ascii: "|") && isTwice && (at(2) == nil || at(2) == UInt8(ascii: "\n"))
        case nil: false
        }
    }

    private mutating func close() throws(MarkdownText.Failure) {
        guard let mark = open.popLast() else { return }
        var entity = MessageEntity(mark.kind.name, offset: mark.offset, length: output.offset - mark.offset)
        position += mark.kind.endLength
        switch mark.kind {
        case .link: entity.link(to: try readAddress() ?? output.text(after: mark.byteOffset))
        case .emoji:
            let address = try readAddress() ?? ""
            let id = address.hasPrefix("tg://emoji?id=") ? address.dropFirst("tg://emoji?id=".count) : ""
            guard !id.isEmpty, id.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                throw MarkdownText.Failure(text: "Custom emoji entity must contain a tg://emoji URL")
            }
            entity.customEmoji = String(id)
        case .quote:
            open.append(mark)
            try finishQuote(isExpandable: true)
            return
        case .block: entity.language = mark.language
        case .bold, .italic, .underline, .strikethrough, .spoiler, .code: break
        }
        if entity.length > 0, !entity.kind.isEmpty { entities.append(entity) }
    }

    private mutating func readAddress() throws(MarkdownText.Failure) -> String? {
        guard at(0) == UInt8(ascii: "(") else { return nil }
        let start = position
        position += 1
        var address: [UInt8] = []
        while let byte = at(0), byte != UInt8(ascii: ")") {
            if byte == UInt8(ascii: "\\"), let next = at(1), (1...126).contains(next) {
                address.append(next)
                position += 2
            } else {
                address.append(byte)
                position += 1
            }
        }
        guard at(0) != nil else {
            throw MarkdownText.Failure(text: "Can't find end of a URL at byte offset \(start)")
        }
        position += 1
        return String(decoding: address, as: UTF8.self)
    }

    // MARK: Quotations

    private var quotePlace: Int? { open.firstIndex { $0.kind == .quote } }

    /// The quotation goes on where the next line begins with its mark.
    private mutating func endLine(of quote: Int) throws(MarkdownText.Failure) {
        if at(1) == UInt8(ascii: ">") {
            add(UInt8(ascii: "\n"))
            isLineStart = false
            position += 2
        } else {
            guard quote == open.indices.last else { throw open[open.count - 1].unclosed }
            try finishQuote(isExpandable: false)
            add(UInt8(ascii: "\n"))
            position += 1
        }
    }

    private mutating func finishQuote(isExpandable: Bool) throws(MarkdownText.Failure) {
        guard let mark = open.popLast() else { return }
        let name = isExpandable ? "expandable_blockquote" : "blockquote"
        let entity = MessageEntity(name, offset: mark.offset, length: output.offset - mark.offset)
        if entity.length > 0 { entities.append(entity) }
    }

    private func at(_ distance: Int) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }
}
