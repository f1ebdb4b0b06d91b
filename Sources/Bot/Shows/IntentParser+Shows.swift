import Domain
import Foundation

/// What people ask for about shows.
extension IntentParser {
    /// Longest answer that is looked at, in characters. Source: Telegram, the longest message.
    private static let answerLimit = 4_096

    /// The show whose link to the bot stands in a text; nil where there is none.
    func linkedShow(_ text: String) -> LiveSessionID? {
        text.firstMatch(of: /[?&]start=show-([a-z0-9]{1,40})(?:[&#]|$)/).map { LiveSessionID(rawValue: String($0.1)) }
    }

    /// A reply to one of the bot's questions about shows, in private; nil where the message is none. A command stays
    /// one, whatever it replies to.
    func showAnswer(_ message: TelegramMessage) -> ShowAnswer? {
        guard message.chat.isPrivate, let question = message.replyToMessage, question.from?.isBot == true,
            question.from?.username?.lowercased() == username.lowercased(), let words = question.text,
            let prompt = ShowPrompt(question: words), message.text?.hasPrefix("/") != true
        else { return nil }
        return ShowAnswer(
            prompt: prompt,
            title: prompt == .newTime ? ShowDraft.title(in: words) : nil,
            text: message.text.map { String($0.prefix(Self.answerLimit)) }
        )
    }
}
