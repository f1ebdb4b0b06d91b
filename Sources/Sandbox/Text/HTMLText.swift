/// Telegram's HTML style of formatting: a few tags, four named entities and numbers.
///
/// The rules and the texts of the errors are those of Telegram; offsets in errors count bytes of the input.
/// Source: tdlib/td, MessageEntity.cpp, and the Bot API's "HTML style".
struct HTMLText {
    /// Why a text cannot be parsed; goes after `can't parse entities: `.
    struct Failure: Error, Sendable, Hashable {
        let text: String
    }

    private static let tags: Set<String> = [
        "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji", "span", "pre",
        "code",
        "blockquote",
    ]

    private let bytes: [UInt8]
    private var position = 0
    private var output: [UInt8] = []
    private var offset = 0
    private var open: [HTMLTag] = []
    private var entities: [MessageEntity] = []

    private init(_ input: String) {
        bytes = Array(input.utf8)
    }

    /// Turns HTML into text and entities.
    static func parse(_ input: String) throws(Failure) -> FormattedText {
        var parser = HTMLText(input)
        return try parser.run()
    }

    private mutating func run() throws(Failure) -> FormattedText {
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "&"):
                if let scalar = readReference() { append(scalar) } else { appendByte(byte) }
            case UInt8(ascii: "<"):
                if position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "/") {
                    try readEndTag()
                } else {
                    try readStartTag()
                }
            default: appendByte(byte)
            }
        }
        if let last = open.last {
            throw Failure(text: "Can't find end tag corresponding to start tag \"\(last.name)\"")
        }
        return FormattedText(text: String(decoding: output, as: UTF8.self), entities: HTMLTag.joined(entities))
    }

    // MARK: Tags

    private mutating func readStartTag() throws(Failure) {
        let start = position
        position += 1
        let name = readText { !HTMLText.isSpace($0) && $0 != UInt8(ascii: ">") }.lowercased()
        guard peek != nil else { throw Failure(text: "Unclosed start tag at byte offset \(start)") }
        guard HTMLText.tags.contains(name) else {
            throw Failure(text: "Unsupported start tag \"\(name)\" at byte offset \(start)")
        }
        var argument = ""
        while true {
            skipSpace()
            if peek == UInt8(ascii: ">") { break }
            guard peek != nil else { throw Failure(text: "Unclosed start tag \"\(name)\" at byte offset \(start)") }
            let (attribute, value) = try readAttribute(tag: name, start: start)
            argument = HTMLTag.argument(tag: name, attribute: attribute, value: value) ?? argument
        }
        position += 1
        if name == "span", argument != "spoiler" {
            throw Failure(text: "Tag \"span\" must have class \"tg-spoiler\" at byte offset \(start)")
        }
        open.append(HTMLTag(name: name, argument: argument, offset: offset, byteOffset: output.count))
    }

    private mutating func readAttribute(tag: String, start: Int) throws(Failure) -> (String, String) {
        let name = readText {
            !HTMLText.isSpace($0) && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ">")
        }.lowercased()
        guard !name.isEmpty else {
            throw Failure(text: "Empty attribute name in the tag \"\(tag)\" at byte offset \(start)")
        }
        skipSpace()
        guard peek == UInt8(ascii: "=") else { return (name, "") }
        position += 1
        skipSpace()
        guard let quote = peek else { throw Failure(text: "Unclosed start tag \"\(tag)\" at byte offset \(start)") }
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            let tokenStart = position
            let token = readText { HTMLText.isAlphanumeric($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
            guard let next = peek, HTMLText.isSpace(next) || next == UInt8(ascii: ">") else {
                throw Failure(text: "Unexpected end of name token at byte offset \(tokenStart)")
            }
            return (name, token.lowercased())
        }
        position += 1
        var value: [UInt8] = []
        while let byte = peek, byte != quote {
            if byte == UInt8(ascii: "&"), let scalar = readReference() {
                value.append(contentsOf: String(scalar).utf8)
            } else {
                value.append(byte)
                position += 1
            }
        }
        position += 1
        guard peek != nil else { throw Failure(text: "Unclosed start tag at byte offset \(start)") }
        return (name, String(decoding: value, as: UTF8.self))
    }

    private mutating func readEndTag() throws(Failure) {
        let start = position
        guard let tag = open.last else { throw Failure(text: "Unexpected end tag at byte offset \(start)") }
        position += 2
        let name = readText { !HTMLText.isSpace($0) && $0 != UInt8(ascii: ">") }.lowercased()
        skipSpace()
        guard peek == UInt8(ascii: ">") else { throw Failure(text: "Unclosed end tag at byte offset \(start)") }
        guard name.isEmpty || name == tag.name else {
            throw Failure(
                text: "Unmatched end tag at byte offset \(start), expected \"</\(tag.name)>\", found \"</\(name)>\""
            )
        }
        position += 1
        open.removeLast()
        guard offset > tag.offset else { return }
        let text = String(decoding: output[tag.byteOffset...], as: UTF8.self)
        if let entity = try tag.entity(over: text, length: offset - tag.offset) { entities.append(entity) }
    }

    // MARK: Characters

    /// Reads `&lt;`, `&gt;`, `&amp;`, `&quot;` or a number; the semicolon may be missing. Anything else stays text.
    private mutating func readReference() -> Unicode.Scalar? {
        var end = position + 1
        guard end < bytes.count else { return nil }
        var scalar: Unicode.Scalar?
        if bytes[end] == UInt8(ascii: "#") {
            end += 1
            let isHex = end < bytes.count && bytes[end] == UInt8(ascii: "x")
            if isHex { end += 1 }
            let start = end
            while end < bytes.count, Character(Unicode.Scalar(bytes[end])).isHexDigit,
                isHex || bytes[end] <= UInt8(ascii: "9")
            { end += 1 }
            let digits = String(decoding: bytes[start..<end], as: UTF8.self)
            scalar = UInt32(digits, radix: isHex ? 16 : 10).flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
        } else {
            let start = end
            while end < bytes.count, HTMLText.isLetter(bytes[end]) { end += 1 }
            switch String(decoding: bytes[start..<end], as: UTF8.self) {
            case "lt": scalar = "<"
            case "gt": scalar = ">"
            case "amp": scalar = "&"
            case "quot": scalar = "\""
            default: return nil
            }
        }
        guard let scalar else { return nil }
        position = end < bytes.count && bytes[end] == UInt8(ascii: ";") ? end + 1 : end
        return scalar
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        output.append(contentsOf: String(scalar).utf8)
        offset += scalar.value > 0xFFFF ? 2 : 1
    }

    private mutating func appendByte(_ byte: UInt8) {
        output.append(byte)
        position += 1
        if byte & 0xC0 != 0x80 { offset += byte >= 0xF0 ? 2 : 1 }
    }

    private mutating func readText(while condition: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = peek, condition(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipSpace() {
        while let byte = peek, HTMLText.isSpace(byte) { position += 1 }
    }

    private var peek: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte) || byte == 0
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
