/// Gives a regular member of a group a tag. The bot has to be an administrator with `can_manage_tags`.
struct SetChatMemberTag: TelegramMethod {
    typealias Answer = Acknowledgement
    static let name = "setChatMemberTag"
    static let isRepeatable = true

    /// Longest tag, in characters. Source: Bot API, `setChatMemberTag`, parameter `tag`.
    static let tagLength = 16

    var chatId: Int64
    var userId: Int64
    /// At most `tagLength` characters, without emoji; empty: none.
    var tag: String
}
