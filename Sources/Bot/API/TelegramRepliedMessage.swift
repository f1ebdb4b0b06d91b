import Foundation

/// The message to which another one replies: as much of it as tells what is meant.
public struct TelegramRepliedMessage: Decodable, Sendable, Equatable {
    /// A button that is under it.
    struct Button: Decodable, Sendable, Equatable {
        @Lenient var callbackData: String?
    }

    struct Keyboard: Decodable, Sendable, Equatable {
        @Lenient var inlineKeyboard: [[Button]]?
    }

    var messageId: Int64
    @Lenient var from: TelegramUser?
    @Lenient var text: String?
    @Lenient var entities: [TelegramEntity]?
    @Lenient var voice: TelegramFile?
    @Lenient var audio: TelegramFile?
    @Lenient var document: TelegramFile?
    @Lenient var video: TelegramFile?
    @Lenient var videoNote: TelegramFile?
    @Lenient var forwardOrigin: TelegramForwardOrigin?
    @Lenient var replyMarkup: Keyboard?

    var file: TelegramFile? { voice ?? audio ?? video ?? videoNote ?? document }

    /// What the buttons under it carry.
    var buttonData: [String] {
        (replyMarkup?.inlineKeyboard ?? []).flatMap { $0 }.compactMap(\.callbackData)
    }
}

/// A picture in one of its sizes.
public struct TelegramPhoto: Decodable, Sendable, Equatable {
    public var fileId: String
    public var fileUniqueId: String
    @Lenient var width: Int64?
    @Lenient var height: Int64?
    @Lenient var fileSize: Int64?
}
