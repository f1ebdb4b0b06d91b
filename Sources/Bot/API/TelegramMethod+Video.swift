import Foundation

struct SendVideo: TelegramMethod {
    typealias Answer = SentMessage
    static let name = "sendVideo"
    static let isRepeatable = false

    var chatId: Int64
    var video: String
    var caption: String?
    var parseMode: String?
    var replyMarkup: InlineKeyboard?
}

/// Round videos have no caption.
struct SendVideoNote: TelegramMethod {
    typealias Answer = SentMessage
    static let name = "sendVideoNote"
    static let isRepeatable = false

    var chatId: Int64
    var videoNote: String
    var replyMarkup: InlineKeyboard?
}
