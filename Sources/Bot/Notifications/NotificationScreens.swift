import Domain
import Foundation

/// How a member's list of what they were told looks in the chat. Pure: data in, screens out.
struct NotificationScreens: Sendable {
    /// Entries on a page.
    static let pageSize = 8
    /// So much of an entry is shown, in characters.
    private static let textLength = 240

    let phrases: Phrasebook

    /// `isFirst`: whether it is the page with the newest entries. `unread`: how many are, in the whole list.
    func page(
        _ page: Page<NotificationList.Line>,
        isFirst: Bool,
        unread: Int,
        _ language: Language,
        zone: TimeZone
    ) -> Screen {
        guard !page.items.isEmpty else {
            return Screen(text: phrases.html(PersonalPhrase.notificationsEmpty, language))
        }
        let title =
            unread == 0
            ? phrases.html(PersonalPhrase.notificationsRead, language)
            : phrases.html(PersonalPhrase.notificationsUnread, language, count: unread)
        var turning: [Screen.Control] = []
        if !isFirst { turning.append(tap(BotPhrase.buttonNewer, .notifications(after: nil), language)) }
        if let next = page.next {
            turning.append(tap(BotPhrase.buttonOlder, .notifications(after: next), language))
        }
        let reading = unread == 0 ? [] : [tap(PersonalPhrase.buttonReadAll, .readAll, language)]
        let lines = page.items.map { line($0, language, zone: zone) }
        return Screen(text: .paragraphs([title] + lines), rows: [turning, reading])
    }

    private func line(_ line: NotificationList.Line, _ language: Language, zone: TimeZone) -> HTML {
        let text = phrases.text(line, language)
        let shown = text.count > Self.textLength ? "\(text.prefix(Self.textLength))…" : text
        return phrases.html(
            PersonalPhrase.notificationsLine,
            language,
            [
                "mark": line.isUnread ? "🔵 " : "",
                "time": Phrasebook.moment(line.notification.createdAt, language: language, zone: zone),
                "text": shown,
            ]
        )
    }

    private func tap(_ phrase: some PhraseKey, _ button: PersonalButton, _ language: Language) -> Screen.Control {
        .tap(phrases.text(phrase, language), .personal(button))
    }
}
