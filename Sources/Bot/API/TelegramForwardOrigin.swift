import Foundation

/// Where a forwarded message comes from: a person, a hidden one, a chat or a channel.
public struct TelegramForwardOrigin: Decodable, Sendable, Equatable {
    @Lenient var type: String?
    @Lenient var senderUser: TelegramUser?
    @Lenient var senderUserName: String?
    @Lenient var senderChat: TelegramChat?
    /// The channel.
    @Lenient var chat: TelegramChat?
    /// Its number in that channel.
    @Lenient var messageId: Int64?
    @Lenient var authorSignature: String?

    /// By whom it is, as Telegram shows it; nil where Telegram does not say.
    var author: String? {
        let names = [
            authorSignature, senderUser.map(\.fullName), senderUserName, senderChat?.title, chat?.title,
        ]
        return names.lazy.compactMap { $0 }.first { !$0.isEmpty }
    }
}

extension TelegramUser {
    /// First and last name.
    var fullName: String { [firstName, lastName].compactMap { $0 }.joined(separator: " ") }
}
