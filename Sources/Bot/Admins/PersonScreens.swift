import Domain
import Foundation

/// How the people of the club look to admins, and what people are told about themselves. Pure: data in, screens out.
struct PersonScreens: Sendable {
    let phrases: Phrasebook

    /// A page of people with buttons that lead to their cards.
    func list(
        _ listing: PeopleListing,
        _ people: [Member],
        total: Int,
        _ language: Language
    ) -> Screen {
        let words = listing.query.words.joined(separator: " ")
        var title = phrases.html(AdminPhrase.peopleTitle, language, count: total)
        if !words.isEmpty { title = phrases.html(AdminPhrase.peopleFound, language, ["words": words], count: total) }
        if total == 0 { title = phrases.html(AdminPhrase.peopleNobody, language) }
        var rows = people.map { [Screen.Control.tap(label($0, language), .admin(.person($0.id)))] }
        rows.append(turning(listing, total: total, language))
        return Screen(text: title, rows: rows + filters(listing, language))
    }

    /// A person with what `admin` may decide about them.
    func card(_ person: Member, for admin: Member, zone: TimeZone) -> Screen {
        let language = admin.language
        var lines = [
            phrases.html(
                AdminPhrase.personCard,
                language,
                [
                    "name": person.name, "handle": person.username.map { " (@\($0))" } ?? "",
                    "role": phrases.label(person.role.phraseKey, language),
                    "standing": phrases.label(person.membership.phraseKey, language),
                ]
            )
        ]
        if let id = person.telegramID {
            lines.append(phrases.html(AdminPhrase.personTelegram, language, ["number": "\(id)"]))
        }
        if let joinedAt = person.joinedAt, person.isActive {
            let day = Phrasebook.day(joinedAt, language: language, zone: zone)
            lines.append(phrases.html(AdminPhrase.personSince, language, ["day": day]))
        }
        if !person.isReachable { lines.append(phrases.html(AdminPhrase.personUnreachable, language)) }
        var rows: [[Screen.Control]] = []
        if person.membership == .pending {
            rows.append([
                .tap(phrases.text(BotPhrase.buttonApprove, language), .decide(person.id, isApproved: true)),
                .tap(phrases.text(BotPhrase.buttonDecline, language), .decide(person.id, isApproved: false)),
            ])
        }
        rows += person.decisions(openTo: admin).map { decision in
            [.tap(phrases.label(decision.labelKey, language), .admin(.ask(decision, person.id)))]
        }
        rows.append([.tap(phrases.text(AdminPhrase.buttonPeople, language), .admin(.people(PeopleListing())))])
        return Screen(text: HTML.lines(lines), rows: rows)
    }

    /// Whether this is really to be decided.
    func question(_ decision: MemberDecision, _ person: Member, _ language: Language) -> Screen {
        Screen(
            text: phrases.html(key: decision.questionKey, language, ["name": person.name]),
            rows: [
                [
                    .tap(phrases.text(AdminPhrase.buttonYes, language), .admin(.decide(decision, person.id))),
                    .tap(phrases.text(AdminPhrase.buttonNo, language), .admin(.person(person.id))),
                ]
            ]
        )
    }

    /// What a person is told about themselves; nil where the notice is about something else.
    func told(_ notice: Notice, _ language: Language, _ club: ClubSettings) -> Screen? {
        switch notice {
        case .banned: return Screen(text: phrases.html(AdminPhrase.toldBanned, language))
        case .unbanned:
            let door = ClubChatScreens(phrases: phrases).door(to: "", club, language)
            return Screen(text: phrases.html(AdminPhrase.toldUnbanned, language), rows: door.rows)
        case .roleChanged(let role):
            let help = Screen.Control.tap(phrases.text(BotPhrase.buttonHelp, language), .help)
            let arguments = ["role": phrases.label(role.phraseKey, language)]
            return Screen(text: phrases.html(AdminPhrase.toldRole, language, arguments), rows: [[help]])
        default: return nil
        }
    }

    /// To an admin: somebody came in by their invite.
    func joined(_ person: Member, _ language: Language) -> Screen {
        let arguments = ["name": person.name, "handle": person.username.map { " (@\($0))" } ?? ""]
        return Screen(text: phrases.html(AdminPhrase.toldJoined, language, arguments))
    }

    // MARK: Details

    private func label(_ person: Member, _ language: Language) -> String {
        let standing = person.isActive ? person.role.phraseKey : person.membership.phraseKey
        return "\(person.name.prefix(40)) · \(phrases.label(standing, language))"
    }

    private func turning(_ listing: PeopleListing, total: Int, _ language: Language) -> [Screen.Control] {
        var turning: [Screen.Control] = []
        var other = listing
        if listing.page > 0 {
            other.page = listing.page - 1
            turning.append(.tap(phrases.text(BotPhrase.buttonNewer, language), .admin(.people(other))))
        }
        if (listing.page + 1) * PeopleListing.pageSize < total {
            other.page = listing.page + 1
            turning.append(.tap(phrases.text(BotPhrase.buttonOlder, language), .admin(.people(other))))
        }
        return turning
    }

    /// Buttons for each standing but the one that is shown.
    private func filters(_ listing: PeopleListing, _ language: Language) -> [[Screen.Control]] {
        let all: [Membership?] = [nil] + Membership.allCases
        let controls = all.filter { $0 != listing.query.membership }.map { membership in
            let label =
                membership.map { phrases.label($0.labelKey, language) } ?? phrases.text(AdminPhrase.peopleAll, language)
            let query = MemberQuery(membership: membership, words: listing.query.words)
            return Screen.Control.tap(label, .admin(.people(PeopleListing(query: query))))
        }
        return [Array(controls.prefix(2)), Array(controls.dropFirst(2))]
    }
}
