/// Asks the messenger how people stand to the club's chats. Implemented by the bot that is in them.
public protocol MembershipProbe: Sendable {
    /// Asks once, and answers within `patience` whatever happens.
    ///
    /// While the messenger is in trouble or wants to be left in peace, it is not asked: the answer is `.unavailable`.
    func standing(of person: TelegramUserID, in chat: ChatID, patience: Duration) async -> ChatStanding
}

/// How somebody stands to a chat, as far as the messenger says.
public enum ChatStanding: Equatable, Sendable {
    case present
    /// They have left, or never were there.
    case absent
    /// They were put out, and may not come back.
    case removed
    /// The messenger does not tell it, and will not tell it soon: the bot has not the right, or the chat is unknown.
    case unclear
    /// The group has become another one. Ask for that one.
    case moved(ChatID)
    /// The messenger cannot be asked now. Ask nothing more for this long.
    case unavailable(Duration)
}
