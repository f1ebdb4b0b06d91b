import Foundation

/// A part of a text that looks different. Source: Bot API, `MessageEntity`.
public struct TelegramEntity: Decodable, Sendable, Equatable {
    var type: String
    /// In UTF-16 code units, as the length.
    var offset: Int
    var length: Int
    @Lenient var url: String?
}
