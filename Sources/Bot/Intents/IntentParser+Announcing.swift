import Domain
import Foundation

/// What admins want to announce, with the emphasis that they gave it.
extension IntentParser {
    /// The command's own words; without any, those of the message to which it is a reply; or the reply to the bot's
    /// question for them.
    /// - Returns: nil where the message is none of these.
    func announcing(in message: TelegramMessage) -> Intent? {
        guard let user = message.from, user.isBot != true, message.chat.isPrivate else { return nil }
        let replied = message.replyToMessage
        if let replied, isQuestion(replied) {
            let text = message.text.map { WrittenText($0, entities: message.entities) }
            return .message(person(user), .admin(.announce(text)))
        }
        guard let text = message.text, command(text)?.name == "announce" else { return nil }
        let own = WrittenText(text, entities: message.entities).withoutCommand
        if !own.isBlank { return .message(person(user), .admin(.announce(own))) }
        let meant = replied.flatMap { replied in
            replied.text.map { WrittenText($0, entities: replied.entities) }
        }
        return .message(person(user), .admin(.announce(meant)))
    }

    private func isQuestion(_ message: TelegramRepliedMessage) -> Bool {
        message.from?.isBot == true && message.from?.username?.lowercased() == username.lowercased()
            && message.text?.hasSuffix(BroadcastPhrase.promptMark) == true
    }
}
