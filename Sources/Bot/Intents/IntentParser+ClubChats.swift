import Domain
import Foundation

/// Who comes into groups and channels, who goes, and who asks to be let in.
extension IntentParser {
    /// For so long the bot may write to somebody who has asked to be let in. Source: Bot API, `ChatJoinRequest`.
    private static let requestAnswers: Duration = .seconds(300)

    func intent(ofChange change: TelegramChatMemberUpdate) -> Intent {
        let chat = ChatID(rawValue: change.chat.id)
        guard let new = change.newChatMember, let user = new.user else { return .unreadable("a new standing") }
        guard let isPresent = new.isPresent else { return .nothing("a standing that is not known") }
        guard user.isBot != true else { return .nothing("a bot's standing") }
        let was = change.oldChatMember?.isPresent
        if isPresent {
            return was == true ? .nothing("a member's other standing") : .clubChat(.entered(person(user), chat))
        }
        guard was != false || new.isPutOut else { return .nothing("the standing of somebody outside") }
        return .clubChat(.gone(TelegramUserID(rawValue: user.id), chat, isPutOut: new.isPutOut))
    }

    func intent(ofRequest request: TelegramJoinRequest) -> Intent {
        guard request.from.isBot != true else { return .nothing("a bot's request") }
        let asked = Date(timeIntervalSince1970: Double(request.date ?? 0))
        return .clubChat(
            .requested(
                person(request.from),
                ChatID(rawValue: request.chat.id),
                answers: ChatID(rawValue: request.userChatId ?? request.from.id),
                answersEnd: Timestamp.rounded(asked.addingTimeInterval(Self.requestAnswers.seconds))
            )
        )
    }

    /// The bot's own standing in a group or channel.
    func intent(ofClubChatStanding change: TelegramChatMemberUpdate) -> Intent {
        guard let new = change.newChatMember, !new.isAdministrator else { return .nothing("the bot runs a chat") }
        let isOut = new.isPresent == false
        guard isOut || change.oldChatMember?.isAdministrator == true else { return .nothing("the bot is in a chat") }
        return .clubChat(.outOfSight(ChatID(rawValue: change.chat.id), isOut: isOut))
    }

    /// `/clubgroup` in a group.
    func settling(in message: TelegramMessage, by user: TelegramUser) -> Intent? {
        guard message.chat.type == "group" || message.chat.type == "supergroup" else { return nil }
        return .clubChat(.settled(person(user), place(of: message.chat)))
    }
}
