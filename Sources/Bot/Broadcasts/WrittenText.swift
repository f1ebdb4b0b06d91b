import Domain
import Foundation

/// A text as somebody has written it to the bot, with its emphasis; what of it may be announced, Domain says.
struct WrittenText: Equatable, Sendable {
    var text: String
    var marks: [RichText.Mark]

    /// `entities`: as Telegram tells them, by UTF-16 code units. Those that mean nothing here are passed over, and so
    /// are those that lie outside of the text.
    init(_ text: String, entities: [TelegramEntity]?) {
        self.text = text
        // How many scalars lie before each place between UTF-16 code units; nil within a scalar.
        var places: [Int?] = []
        for (index, scalar) in text.unicodeScalars.enumerated() {
            places.append(index)
            if scalar.utf16.count == 2 { places.append(nil) }
        }
        places.append(text.unicodeScalars.count)
        marks = (entities ?? []).compactMap { entity in
            guard let kind = entity.kind, places.indices.contains(entity.offset), entity.length > 0,
                places.count > entity.length, places.indices.contains(entity.offset + entity.length),
                let start = places[entity.offset], let end = places[entity.offset + entity.length]
            else { return nil }
            return RichText.Mark(kind, start: start, length: end - start, address: kind == .link ? entity.url : nil)
        }
    }

    /// What stands behind the first word, which is a command.
    var withoutCommand: WrittenText {
        let scalars = text.unicodeScalars
        let command = scalars.prefix { !$0.properties.isWhitespace }.count
        var rest = self
        rest.text = String(scalars.dropFirst(command))
        rest.marks = marks.compactMap { mark in
            let start = max(0, mark.start - command)
            let length = mark.end - command - start
            return length > 0 ? RichText.Mark(mark.kind, start: start, length: length, address: mark.address) : nil
        }
        return rest
    }

    /// Whether there is anything to be read.
    var isBlank: Bool { text.allSatisfy(\.isWhitespace) }
}

extension TelegramEntity {
    /// Mentions, addresses and hashtags that Telegram finds by itself need no mark.
    fileprivate var kind: RichText.Mark.Kind? {
        switch type {
        case "bold": .bold
        case "italic": .italic
        case "underline": .underline
        case "strikethrough": .strikethrough
        case "spoiler": .spoiler
        case "code": .code
        case "pre": .block
        case "blockquote", "expandable_blockquote": .quote
        case "text_link": url.flatMap(URL.init(string:)) == nil ? nil : .link
        default: nil
        }
    }
}
