/// A marked stretch of a text, counted in UTF-16 code units.
struct MessageEntity: Codable, Sendable, Hashable {
    /// The Bot API's name of the kind, for example `bold`.
    var kind: String
    var offset: Int
    var length: Int
    /// Of a `text_link`.
    var url: String?
    /// Of a `pre`.
    var language: String?
    /// Of a `text_mention`.
    var person: Int64?
    /// Of a `custom_emoji`.
    var customEmoji: String?

    /// Kinds that a bot may set itself; the others are found in the text.
    private static let settable: Set<String> = [
        "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
        "text_link", "text_mention", "custom_emoji",
    ]
    /// Outer entities first where two cover the same stretch.
    private static let order = [
        "blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention", "bold", "italic",
        "underline",
        "strikethrough", "spoiler", "custom_emoji",
    ]

    init(_ kind: String, offset: Int, length: Int) {
        self.kind = kind
        self.offset = offset
        self.length = length
    }

    /// Reads an element of `entities`. Kinds that are found in the text anyway give nothing.
    init?(json: JSON) {
        guard let kind = json["type"]?.string, MessageEntity.settable.contains(kind),
            let offset = json["offset"]?.integer, let length = json["length"]?.integer
        else { return nil }
        self.init(kind, offset: Int(clamping: offset), length: Int(clamping: length))
        url = json["url"]?.string
        language = json["language"]?.string
        person = json["user"]?["id"]?.integer
        customEmoji = json["custom_emoji_id"]?.string
        if kind == "text_link" {
            guard let address = url.flatMap({ LinkAddress(checking: $0)?.text }) else { return nil }
            url = address
        }
    }

    /// No other entity is looked for inside.
    var forbidsInside: Bool {
        ["code", "pre", "text_link", "text_mention"].contains(kind)
    }

    func overlaps(_ other: MessageEntity) -> Bool {
        offset < other.offset + other.length && other.offset < offset + length
    }

    /// By place, the longer first, then from outside to inside.
    static func ordered(_ entities: [MessageEntity]) -> [MessageEntity] {
        entities.sorted { one, other in
            if one.offset != other.offset { return one.offset < other.offset }
            if one.length != other.length { return one.length > other.length }
            let rank = { (entity: MessageEntity) in order.firstIndex(of: entity.kind) ?? order.count }
            return rank(one) < rank(other)
        }
    }

    /// The Bot API's `MessageEntity`.
    func json(people: [Int64: Person]) -> JSON {
        .fields([
            "offset": .int(offset),
            "length": .int(length),
            "type": .string(kind),
            "url": .text(url),
            "user": person.flatMap { people[$0]?.json },
            "language": .text(language),
            "custom_emoji_id": .text(customEmoji),
        ])
    }
}
