/// A tag that was opened, and what it makes of the text up to its end.
struct HTMLTag: Sendable, Hashable {
    let name: String
    /// What an attribute says: an address, a language, a class.
    let argument: String
    /// Where its text begins, in UTF-16 units.
    let offset: Int
    /// Where its text begins, in bytes of the result.
    let byteOffset: Int

    /// What an attribute means for its tag; nothing where it means nothing.
    static func argument(tag: String, attribute: String, value: String) -> String? {
        switch (tag, attribute) {
        case ("a", "href"), ("tg-emoji", "emoji-id"): value
        case ("code", "class") where value.hasPrefix("language-"): String(value.dropFirst(9))
        case ("span", "class") where value.hasPrefix("tg-"): String(value.dropFirst(3))
        case ("blockquote", "expandable"): "expandable"
        default: nil
        }
    }

    /// The entity over the tag's text of `length` UTF-16 units; nothing for a link that leads nowhere.
    func entity(over text: String, length: Int) throws(HTMLText.Failure) -> MessageEntity? {
        var entity = MessageEntity("", offset: offset, length: length)
        switch name {
        case "b", "strong": entity.kind = "bold"
        case "i", "em": entity.kind = "italic"
        case "u", "ins": entity.kind = "underline"
        case "s", "strike", "del": entity.kind = "strikethrough"
        case "span", "tg-spoiler": entity.kind = "spoiler"
        case "blockquote": entity.kind = argument.isEmpty ? "blockquote" : "expandable_blockquote"
        case "pre": entity.kind = "pre"
        case "code":
            entity.kind = "code"
            entity.language = argument.isEmpty ? nil : argument
        case "tg-emoji":
            guard !argument.isEmpty, argument.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                throw HTMLText.Failure(text: "Invalid custom emoji identifier specified")
            }
            entity.kind = "custom_emoji"
            entity.customEmoji = argument
        default: return link(to: argument.isEmpty ? text : argument, entity)
        }
        return entity
    }

    private func link(to address: String, _ entity: MessageEntity) -> MessageEntity? {
        var entity = entity
        if let person = LinkAddress.person(of: address) {
            entity.kind = "text_mention"
            entity.person = person
            return entity
        }
        guard let link = LinkAddress(checking: address) else { return nil }
        entity.kind = "text_link"
        entity.url = link.text
        return entity
    }

    /// A `code` with a language and a `pre` over the same text are one `pre` with that language; any other `code`
    /// loses it.
    static func joined(_ entities: [MessageEntity]) -> [MessageEntity] {
        var result = entities
        for code in entities where code.kind == "code" && code.language != nil {
            let isTwin = { (other: MessageEntity) in other.offset == code.offset && other.length == code.length }
            if let pre = result.firstIndex(where: { $0.kind == "pre" && isTwin($0) }) {
                result[pre].language = code.language
                result.removeAll { $0.kind == "code" && isTwin($0) }
            }
        }
        for index in result.indices where result[index].kind == "code" { result[index].language = nil }
        return MessageEntity.ordered(result)
    }
}
