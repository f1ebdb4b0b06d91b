/// A text with its entities.
struct FormattedText: Codable, Sendable, Hashable {
    var text: String
    var entities: [MessageEntity] = []

    static let empty = FormattedText(text: "")

    /// Longest text of a message, in Unicode code points after entities are parsed.
    static let messageLength = 4096
    /// Longest caption.
    static let captionLength = 1024
    /// Longest `text` or `caption` argument before anything is parsed, in bytes.
    static let argumentLength = 32 << 10

    /// Length in Unicode code points, by which Telegram limits texts of bots.
    var length: Int { text.unicodeScalars.count }

    /// The text as Telegram stores it: control characters and the white space around it are gone, links, names and
    /// commands that stand in it are marked, entities are cut to it and in order.
    func cleaned() -> FormattedText {
        var units: [UInt16] = []
        var moved: [Int] = [0]
        for unit in text.utf16 {
            switch unit {
            case 0x0D: break
            case 0x00..<0x0A, 0x0B..<0x20: units.append(0x20)
            default: units.append(unit)
            }
            moved.append(units.count)
        }
        let isSpace: (UInt16) -> Bool = { $0 == 0x20 || $0 == 0x0A }
        let end = (units.lastIndex { !isSpace($0) } ?? -1) + 1
        let start = units.prefix(end).firstIndex { !isSpace($0) } ?? end
        let kept = String(decoding: units[start..<end], as: UTF16.self)
        let cut = entities.compactMap { entity -> MessageEntity? in
            guard entity.offset >= 0, entity.length > 0, entity.offset + entity.length < moved.count else { return nil }
            let first = max(moved[entity.offset], start)
            let last = min(moved[entity.offset + entity.length], end)
            guard first < last else { return nil }
            var result = entity
            result.offset = first - start
            result.length = last - first
            return result
        }
        let found = EntityDetector.entities(in: kept).filter { candidate in
            !cut.contains { $0.forbidsInside && $0.overlaps(candidate) }
        }
        return FormattedText(text: kept, entities: MessageEntity.ordered(cut + found))
    }

    /// The members `text` and `entities`, or `caption` and `caption_entities`.
    func fields(textName: String, entitiesName: String, people: [Int64: Person]) -> JSON {
        .fields([
            textName: .text(text),
            entitiesName: .list(entities.map { $0.json(people: people) }),
        ])
    }
}
