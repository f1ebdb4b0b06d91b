import Foundation

/// Opens the reply to the message for whom it names. Source: Bot API, `ForceReply`.
struct ForceReply: Codable, Equatable, Sendable {
    var forceReply = true
    var selective: Bool
}

/// A message that asks for a reply.
struct SendPrompt: TelegramMethod {
    typealias Answer = SentMessage
    static let name = "sendMessage"
    static let isRepeatable = false

    var chatId: Int64
    var text: String
    var parseMode: String?
    var replyMarkup: ForceReply
}
