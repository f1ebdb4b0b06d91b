import Domain
import Foundation

/// What happens in a group or channel of which a bot hears. Whether it is one of the club's, Domain knows.
enum ClubChatEvent: Equatable, Sendable {
    case entered(Person, ChatID)
    /// `isPutOut`: they may not come back.
    case gone(TelegramUserID, ChatID, isPutOut: Bool)
    /// Somebody asks to be let in. `answers`: where the bot may write to them, until `answersEnd`.
    case requested(Person, ChatID, answers: ChatID, answersEnd: Date)
    /// The bot is no administrator any more. `isOut`: and not in the chat either.
    case outOfSight(ChatID, isOut: Bool)
    /// Somebody makes a group the club's.
    case settled(Person, ChatPlace)

    /// Who is told when it goes wrong.
    var asker: Person? {
        guard case .settled(let person, _) = self else { return nil }
        return person
    }
}
