import Foundation

/// Reads a text in the HTML parse mode as strictly as Telegram does, as far as the bots use it: bold, and within it or
/// beside it one other mark at a time; and the four named entities. It works on code points, so that no combining mark hides a bracket from it.
struct TelegramText {
    /// Why Telegram would refuse the text with "can't parse entities".
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// Longest texts, in code points after the markup was read. Source: Bot API, `sendMessage`, `sendVoice`.
    static let messageLimit = 4_096
    static let captionLimit = 1_024

    /// The text as a person reads it.
    let plain: String
    /// What is bold, in order.
    let bold: [String]

    /// In code points: what Telegram's limits are about.
    var length: Int { plain.unicodeScalars.count }

    init(_ source: String) throws(Fault) {
        var plain = String.UnicodeScalarView()
        var bold: [String] = []
        var boldStart: String.UnicodeScalarView.Index?
        var mark: String?
        var rest = source.unicodeScalars[...]
        while let scalar = rest.first {
            if Self.take("<b>", from: &rest) {
                guard boldStart == nil else { throw Fault(description: "bold within bold") }
                boldStart = plain.endIndex
            } else if Self.take("</b>", from: &rest) {
                guard let start = boldStart else { throw Fault(description: "an end tag without a beginning") }
                bold.append(String(plain[start...]))
                boldStart = nil
            } else if mark == nil, let begun = Self.marks.first(where: { Self.take("<\($0)>", from: &rest) }) {
                mark = begun
            } else if let begun = mark, Self.take("</\(begun)>", from: &rest) {
                mark = nil
            } else if let entity = Self.entities.first(where: { Self.take($0.key, from: &rest) }) {
                plain.append(entity.value)
            } else if scalar == "<" || scalar == ">" || scalar == "&" {
                throw Fault(description: "an unescaped \(scalar)")
            } else {
                plain.append(scalar)
                rest.removeFirst()
            }
        }
        guard boldStart == nil, mark == nil else { throw Fault(description: "a mark does not end") }
        self.plain = String(plain)
        self.bold = bold
    }

    private static let marks = ["i", "code"]
    private static let entities: [String: Unicode.Scalar] = ["&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": "\""]

    private static func take(_ token: String, from rest: inout String.UnicodeScalarView.SubSequence) -> Bool {
        guard rest.starts(with: token.unicodeScalars) else { return false }
        rest.removeFirst(token.unicodeScalars.count)
        return true
    }
}
