import Domain
import Foundation

/// What members are told of their progress: with a picture where one can be painted.
extension NoticeComposer {
    /// - Returns: nil where the notice is about something else.
    func progress(_ notice: Notice, in chat: ChatID) async throws(ChangeFailure) -> Reply? {
        let recipient = try await directory.find(.telegram(TelegramUserID(rawValue: chat.rawValue)))
        switch notice {
        case .levelReached(let level): return await levelReached(level, recipient, in: chat)
        case .badgeEarned(let badge): return await badgeEarned(badge, recipient, in: chat)
        default: return nil
        }
    }

    func levelReached(_ level: Level, _ recipient: Member?, in chat: ChatID) async -> Reply {
        let language = await language(of: recipient)
        let name = phrases.text(ProgressPhrase(level), language)
        let note =
            level.next.map { next in
                phrases.text(SeenPhrase.cardNext, language, ["xp": XPWords.grouped(next.threshold)])
            } ?? phrases.text(SeenPhrase.cardTop, language)
        let card = ProgressCard(
            subject: .level(level.rawValue),
            language: language,
            eyebrow: phrases.text(SeenPhrase.cardLevel, language),
            title: name,
            note: note,
            club: phrases.text(SeenPhrase.cardClub, language)
        )
        let words = ["level": "\(level.rawValue)", "name": name]
        return await reply(card, phrases.html(ProgressTalkPhrase.levelReached, language, words))
    }

    func badgeEarned(_ badge: Badge, _ recipient: Member?, in chat: ChatID) async -> Reply {
        let language = await language(of: recipient)
        let name = phrases.text(ProgressPhrase(badge), language)
        let how = phrases.text(SeenPhrase(howToGet: badge), language)
        let card = ProgressCard(
            subject: .badge(badge),
            language: language,
            eyebrow: phrases.text(SeenPhrase.cardBadge, language),
            title: name,
            note: how,
            club: phrases.text(SeenPhrase.cardClub, language)
        )
        let words = ["name": name, "how": how]
        return await reply(card, phrases.html(ProgressTalkPhrase.badgeEarned, language, words))
    }

    private func reply(_ card: ProgressCard, _ text: HTML) async -> Reply {
        let button = phrases.text(ProgressTalkPhrase.buttonProgress, card.language)
        let screen = Screen(text: text, rows: [[.tap(button, .progress(.own))]])
        guard let picture = await cards?.picture(card) else { return .show(screen) }
        return .card(picture, screen)
    }
}
