import Foundation
import HTTPClient

/// `sendPhoto` with the picture itself, as a form. Made when it is sent; no row of the outbox holds it.
struct UploadPhoto: TelegramMethod {
    typealias Answer = SentPhoto
    static let name = "sendPhoto"
    static let isRepeatable = false

    var chatId: Int64
    /// What the picture shows, by which it is known again; not sent.
    var card: String
    /// A PNG of at most 10 MB. Source: Bot API, "Sending files".
    var contents: Data
    var caption: String?
    var parseMode: String?
    var disableNotification: Bool?
    var replyMarkup: InlineKeyboard?

    /// The form's fields, in the Bot API's names.
    var parts: [MultipartPart] {
        var parts = [MultipartPart(name: "chat_id", content: .text(String(chatId)))]
        if let caption { parts.append(MultipartPart(name: "caption", content: .text(caption))) }
        if let parseMode { parts.append(MultipartPart(name: "parse_mode", content: .text(parseMode))) }
        if disableNotification == true {
            parts.append(MultipartPart(name: "disable_notification", content: .text("true")))
        }
        if let replyMarkup, let json = try? TelegramAPI.encoder().encode(replyMarkup) {
            parts.append(MultipartPart(name: "reply_markup", content: .text(String(decoding: json, as: UTF8.self))))
        }
        let file = MultipartPart.Content.bytes(contents, fileName: "card.png", contentType: "image/png")
        return parts + [MultipartPart(name: "photo", content: file)]
    }
}

/// `sendPhoto` with a picture that Telegram has already.
struct SendPhoto: TelegramMethod {
    typealias Answer = SentPhoto
    static let name = "sendPhoto"
    static let isRepeatable = false

    var chatId: Int64
    /// Its id, which only this bot may use.
    var photo: String
    var caption: String?
    var parseMode: String?
    var disableNotification: Bool?
    var replyMarkup: InlineKeyboard?
}

/// What Telegram tells of a picture that was sent.
struct SentPhoto: Decodable, Sendable {
    var messageId: Int64
    /// Its sizes.
    @Lenient var photo: [TelegramPhoto]?

    /// By which the picture can be sent again: the largest size's id.
    var fileID: String? {
        photo?.max { ($0.width ?? 0) * ($0.height ?? 0) < ($1.width ?? 0) * ($1.height ?? 0) }?.fileId
    }
}
