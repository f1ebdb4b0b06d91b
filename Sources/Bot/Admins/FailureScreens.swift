import Domain
import Foundation

/// How updates that were set aside look to admins. Pure: data in, screens out.
struct FailureScreens: Sendable {
    /// So many are shown at once; when they are dealt with, the next ones come up.
    static let pageSize = 5
    /// So much of an error is shown, in characters.
    private static let errorLength = 200

    let phrases: Phrasebook

    func list(_ updates: [SetAsideUpdate], _ language: Language, zone: TimeZone) -> Screen {
        guard !updates.isEmpty else { return Screen(text: phrases.html(AdminPhrase.failuresEmpty, language)) }
        let lines = updates.enumerated().map { index, update in
            phrases.html(
                AdminPhrase.failuresLine,
                language,
                [
                    "number": "\(index + 1)", "id": "\(update.entry.updateID)", "bot": update.entry.bot.rawValue,
                    "time": Phrasebook.moment(update.entry.receivedAt, language: language, zone: zone),
                    "error": String(update.error.prefix(Self.errorLength)),
                ]
            )
        }
        let rows = updates.enumerated().map { index, update in
            let (bot, id, number) = (update.entry.bot, update.entry.updateID, ["number": "\(index + 1)"])
            return [
                Screen.Control.tap(
                    phrases.text(AdminPhrase.buttonRetry, language, number),
                    .admin(.failure(.retry, bot, id))
                ),
                .tap(phrases.text(AdminPhrase.buttonDiscard, language, number), .admin(.failure(.discard, bot, id))),
            ]
        }
        return Screen(text: HTML.paragraphs([phrases.html(AdminPhrase.failuresTitle, language)] + lines), rows: rows)
    }
}
