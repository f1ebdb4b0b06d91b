import Domain

/// Groups that become supergroups.
extension IntentParser {
    /// Telegram says it in both: in the group, and in the supergroup that it has become.
    /// - Returns: nil where the message says nothing of the kind.
    func move(in message: TelegramMessage) -> Intent? {
        let chat = ChatID(rawValue: message.chat.id)
        if let new = message.migrateToChatId { return .groupMoved(from: chat, to: ChatID(rawValue: new)) }
        if let old = message.migrateFromChatId { return .groupMoved(from: ChatID(rawValue: old), to: chat) }
        return nil
    }
}
