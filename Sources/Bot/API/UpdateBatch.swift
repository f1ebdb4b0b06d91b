import Domain
import Foundation

/// The updates of one `getUpdates` answer, each with its own bytes, so that one bad update harms no other.
///
/// The answer is only parted, not parsed: strings and brackets are followed far enough to find where each element of
/// `result` ends. What an element holds is decoded on its own, when it is handled.
struct UpdateBatch: Equatable, Sendable {
    struct Item: Equatable, Sendable {
        var updateID: Int64
        var payload: Data
    }

    /// No update has a greater number. Source: Bot API, `Update`: below 2^31 in practice, 2^53 for certain.
    private static let largestID: Int64 = 1 << 53

    /// In the order in which they came.
    var items: [Item]
    /// How many elements had no `update_id` and could not be kept.
    var unnumbered: Int

    /// - Throws: `.undecodable` where `answer` has no complete `result` array.
    init(answer: Data) throws(TelegramError) {
        let bytes = [UInt8](answer)
        guard let start = Self.arrayStart(bytes), let elements = Self.elements(bytes, from: start) else {
            throw .undecodable(method: GetUpdates.name)
        }
        items = []
        unnumbered = 0
        for element in elements {
            let payload = Data(bytes[element])
            if let id = Self.updateID(payload), (0...Self.largestID).contains(id) {
                items.append(Item(updateID: id, payload: payload))
            } else {
                unnumbered += 1
            }
        }
    }

    /// The lane in which an update is handled: its chat, else its person, else a lane for all the rest.
    ///
    /// Read leniently from the bytes, since an update that cannot be decoded is stored as well.
    static func lane(of payload: Data) -> String {
        guard let update = try? TelegramAPI.decoder().decode(TelegramUpdate.self, from: payload) else { return "other" }
        let chat =
            update.message?.chat ?? update.channelPost?.chat ?? update.editedChannelPost?.chat
            ?? update.callbackQuery?.message?.chat ?? update.myChatMember?.chat
            ?? update.chatMember?.chat ?? update.chatJoinRequest?.chat
        if let chat { return String(chat.id) }
        if let person = update.callbackQuery?.from { return String(person.id) }
        return "other"
    }

    // MARK: Parting

    /// The index behind the `[` of the top-level key `result`.
    private static func arrayStart(_ bytes: [UInt8]) -> Int? {
        let key = Array(#""result""#.utf8)
        guard bytes.count > key.count else { return nil }
        var depth = 0
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                guard let end = stringEnd(bytes, from: index) else { return nil }
                if depth == 1, end - index == key.count, bytes[index..<end].elementsEqual(key) {
                    var next = end
                    while next < bytes.count, isSpace(bytes[next]) || bytes[next] == UInt8(ascii: ":") { next += 1 }
                    if next < bytes.count, bytes[next] == UInt8(ascii: "[") { return next + 1 }
                }
                index = end
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            index += 1
        }
        return nil
    }

    /// The ranges of the array's elements, or nil where the array does not end.
    private static func elements(_ bytes: [UInt8], from start: Int) -> [Range<Int>]? {
        var elements: [Range<Int>] = []
        var depth = 0
        var begin: Int?
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                if begin == nil { begin = index }
                guard let end = stringEnd(bytes, from: index) else { return nil }
                index = end
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if begin == nil { begin = index }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 {
                    guard byte == UInt8(ascii: "]") else { return nil }
                    if let begin { elements.append(begin..<index) }
                    return elements
                }
                depth -= 1
            case UInt8(ascii: ",") where depth == 0:
                if let begin { elements.append(begin..<index) }
                begin = nil
            default:
                if begin == nil, !isSpace(byte) { begin = index }
            }
            index += 1
        }
        return nil
    }

    /// The index behind a string's closing quote, or nil where it does not end.
    private static func stringEnd(_ bytes: [UInt8], from start: Int) -> Int? {
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            if bytes[index] == UInt8(ascii: "\"") { return index + 1 }
            index += 1
        }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// The number of an update: decoded, else the first `"update_id": <digits>` of its bytes.
    private static func updateID(_ payload: Data) -> Int64? {
        struct Numbered: Decodable {
            var update_id: Int64
        }
        if let numbered = try? JSONDecoder().decode(Numbered.self, from: payload) { return numbered.update_id }
        let text = String(decoding: payload.prefix(200), as: UTF8.self)
        return text.firstMatch(of: /"update_id"\s*:\s*(\d{1,18})/).flatMap { Int64($0.1) }
    }
}
