/// What somebody types behind the bot's name in any chat.
struct InlineQuestion: Equatable, Sendable {
    /// By which it is answered.
    var id: String
    /// At most 256 characters.
    var text: String
    /// Where the results go on, as an earlier answer said; empty at the beginning.
    var offset: String
    /// Whether it is typed in the person's own conversation with the bot.
    var isPrivate: Bool
}
