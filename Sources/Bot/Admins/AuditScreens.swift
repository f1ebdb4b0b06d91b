import Domain
import Foundation

/// How the audit looks in the chat. Pure: data in, screens out.
struct AuditScreens: Sendable {
    /// Entries on a page.
    static let pageSize = 10

    let phrases: Phrasebook

    /// `isFirst`: whether it is the page with the newest entries.
    func page(_ page: Page<AuditLog.Line>, isFirst: Bool, _ language: Language, zone: TimeZone) -> Screen {
        guard !page.items.isEmpty else { return Screen(text: phrases.html(AdminPhrase.auditEmpty, language)) }
        let lines = page.items.map { line($0, language, zone: zone) }
        var turning: [Screen.Control] = []
        if !isFirst {
            turning.append(.tap(phrases.text(BotPhrase.buttonNewer, language), .admin(.audit(after: nil))))
        }
        if let next = page.next {
            turning.append(.tap(phrases.text(BotPhrase.buttonOlder, language), .admin(.audit(after: next))))
        }
        let title = phrases.html(AdminPhrase.auditTitle, language)
        return Screen(text: HTML.paragraphs([title] + lines), rows: [turning])
    }

    private func line(_ line: AuditLog.Line, _ language: Language, zone: TimeZone) -> HTML {
        let nobody = phrases.text(AdminPhrase.auditNobody, language)
        var actor = phrases.text(AdminPhrase.auditProgram, language)
        if line.entry.details[AuditDetail.via.rawValue] == "channel" {
            actor = phrases.text(AdminPhrase.auditChannel, language)
        } else if line.entry.actor != nil {
            actor = line.actor?.name ?? nobody
        }
        var arguments = line.entry.details
        arguments["subject"] = line.subject?.name ?? nobody
        switch line.entry.subject {
        case .member, .club: break
        case .update, .invite, .show, .broadcast: arguments["subject"] = line.entry.subject.id
        case .episode: arguments["subject"] = line.episode ?? line.entry.subject.id
        }
        let event = phrases.text(key: line.entry.action.phraseKey, language, arguments) ?? line.entry.action.rawValue
        return phrases.html(
            AdminPhrase.auditLine,
            language,
            [
                "time": Phrasebook.moment(line.entry.at, language: language, zone: zone),
                "actor": actor, "event": event,
            ]
        )
    }
}
