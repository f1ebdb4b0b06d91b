/// What somebody types behind the bot's name in any chat. Comes only where inline mode is switched on at BotFather.
public struct TelegramInlineQuery: Decodable, Sendable, Equatable {
    var id: String
    var from: TelegramUser
    /// At most 256 characters.
    @Lenient var query: String?
    /// Where the results go on: what the last answer named as `next_offset`.
    @Lenient var offset: String?
    /// `sender` for the person's own conversation with the bot, else the kind of chat; absent of some clients.
    @Lenient var chatType: String?
}
