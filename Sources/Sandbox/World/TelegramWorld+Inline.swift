/// Messages that came about through a bot's inline mode.
extension TelegramWorld {
    /// The message that a bot knows by its `inline_message_id`.
    func inlineMessage(_ name: String, of bot: Int64) -> Message? {
        for chat in chats.values {
            if let found = chat.messages.last(where: { $0.inlineID == name && $0.viaBot == bot }) { return found }
        }
        return nil
    }
}
