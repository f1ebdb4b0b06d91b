import Foundation

/// A method of the Bot API with its parameters. Written as a JSON object in snake_case; nil fields are left out.
protocol TelegramMethod: Codable, Equatable, Sendable {
    associatedtype Answer: Decodable & Sendable

    /// The method's name as Telegram writes it.
    static var name: String { get }
    /// Whether carrying it out twice is the same as once.
    static var isRepeatable: Bool { get }
}

/// The answer `true`, which says nothing more.
struct Acknowledgement: Decodable, Sendable, Equatable {
    init(from decoder: any Decoder) throws {}
}

/// A button under a message: exactly one of `callbackData` (at most 64 bytes) and `url`.
struct InlineButton: Codable, Equatable, Sendable {
    var text: String
    var callbackData: String?
    var url: String?
}

/// Rows of buttons under a message.
struct InlineKeyboard: Codable, Equatable, Sendable {
    var inlineKeyboard: [[InlineButton]]
}

struct LinkPreviewOptions: Codable, Equatable, Sendable {
    var isDisabled: Bool
}

/// To which message of the same chat a message replies.
struct ReplyParameters: Codable, Equatable, Sendable {
    var messageId: Int64
    /// Whether it is sent without the reply where that message is gone.
    var allowSendingWithoutReply: Bool
}

struct GetMe: TelegramMethod {
    typealias Answer = TelegramUser
    static let name = "getMe"
    static let isRepeatable = true
}

struct GetChat: TelegramMethod {
    typealias Answer = TelegramChat
    static let name = "getChat"
    static let isRepeatable = true

    /// An id or `@name`.
    var chatId: String
}

struct GetChatMember: TelegramMethod {
    typealias Answer = TelegramStanding
    static let name = "getChatMember"
    static let isRepeatable = true

    /// An id or `@name`.
    var chatId: String
    var userId: Int64
}

struct GetWebhookInfo: TelegramMethod {
    typealias Answer = TelegramWebhook
    static let name = "getWebhookInfo"
    static let isRepeatable = true
}

struct DeleteWebhook: TelegramMethod {
    typealias Answer = Acknowledgement
    static let name = "deleteWebhook"
    static let isRepeatable = true

    var dropPendingUpdates: Bool
}

struct GetUpdates: TelegramMethod {
    /// Read by `UpdateBatch`, update by update.
    typealias Answer = Acknowledgement
    static let name = "getUpdates"
    static let isRepeatable = true

    var offset: Int64?
    var limit: Int
    /// Seconds.
    var timeout: Int
    var allowedUpdates: [String]
}

struct GetFile: TelegramMethod {
    typealias Answer = TelegramFileLocation
    static let name = "getFile"
    static let isRepeatable = true

    var fileId: String
}

struct SendMessage: TelegramMethod {
    typealias Answer = SentMessage
    static let name = "sendMessage"
    static let isRepeatable = false

    var chatId: Int64
    var text: String
    var parseMode: String?
    var linkPreviewOptions: LinkPreviewOptions?
    /// Whether it comes without a sound.
    var disableNotification: Bool?
    var replyParameters: ReplyParameters?
    var replyMarkup: InlineKeyboard?
}

struct EditMessageText: TelegramMethod {
    typealias Answer = SentMessage
    static let name = "editMessageText"
    static let isRepeatable = true

    var chatId: Int64
    var messageId: Int64
    var text: String
    var parseMode: String?
    var linkPreviewOptions: LinkPreviewOptions?
    var replyMarkup: InlineKeyboard?
}

struct AnswerCallbackQuery: TelegramMethod {
    typealias Answer = Acknowledgement
    static let name = "answerCallbackQuery"
    static let isRepeatable = true

    var callbackQueryId: String
    /// At most 200 characters.
    var text: String?
    var showAlert: Bool?
}

struct SendVoice: TelegramMethod {
    typealias Answer = SentMessage
    static let name = "sendVoice"
    static let isRepeatable = false

    var chatId: Int64
    var voice: String
    var caption: String?
    var parseMode: String?
    var replyMarkup: InlineKeyboard?
}

struct SendAudio: TelegramMethod {
    typealias Answer = SentMessage
    static let name = "sendAudio"
    static let isRepeatable = false

    var chatId: Int64
    var audio: String
    var caption: String?
    var parseMode: String?
    var replyMarkup: InlineKeyboard?
}

struct SendDocument: TelegramMethod {
    typealias Answer = SentMessage
    static let name = "sendDocument"
    static let isRepeatable = false

    var chatId: Int64
    var document: String
    var caption: String?
    var parseMode: String?
    var replyMarkup: InlineKeyboard?
}

struct CopyMessage: TelegramMethod {
    typealias Answer = SentMessage
    static let name = "copyMessage"
    static let isRepeatable = false

    var chatId: Int64
    var fromChatId: Int64
    var messageId: Int64
    var caption: String?
    var parseMode: String?
}
