import Foundation
import HTTPClient

/// `sendDocument` with the file itself, as a form. Made when it is sent; no row of the outbox holds it.
struct UploadDocument: TelegramMethod {
    typealias Answer = SentMessage
    static let name = "sendDocument"
    static let isRepeatable = false

    var chatId: Int64
    var fileName: String
    /// At most 50 MB. Source: Bot API, "Sending files".
    var contents: Data
    var caption: String?
    var parseMode: String?

    /// The form's fields, in the Bot API's names.
    var parts: [MultipartPart] {
        var parts = [MultipartPart(name: "chat_id", content: .text(String(chatId)))]
        if let caption { parts.append(MultipartPart(name: "caption", content: .text(caption))) }
        if let parseMode { parts.append(MultipartPart(name: "parse_mode", content: .text(parseMode))) }
        let file = MultipartPart.Content.bytes(contents, fileName: fileName, contentType: "application/json")
        return parts + [MultipartPart(name: "document", content: file)]
    }
}
