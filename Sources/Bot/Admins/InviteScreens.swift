import Domain
import Foundation

/// How invites look to admins. Pure: data in, screens out.
struct InviteScreens: Sendable {
    let phrases: Phrasebook
    let addresses: ClubAddresses

    /// A new invite with its link, to be passed on.
    func made(_ made: Invitations.Made, _ language: Language, zone: TimeZone) -> Screen {
        let payload = "\(ClubAddresses.invitePrefix)\(made.payload)"
        return Screen(
            text: phrases.html(
                AdminPhrase.inviteMade,
                language,
                [
                    "link": addresses.bot(payload: payload)?.absoluteString ?? "/start \(payload)",
                    "time": Phrasebook.moment(made.invite.expiresAt, language: language, zone: zone),
                ],
                count: made.invite.quota
            )
        )
    }

    /// The invites that run, each with a button that takes it back.
    func list(_ invites: [Invite], _ language: Language, zone: TimeZone) -> Screen {
        guard !invites.isEmpty else { return Screen(text: phrases.html(AdminPhrase.invitesEmpty, language)) }
        let lines = invites.enumerated().map { index, invite in
            phrases.html(
                AdminPhrase.invitesLine,
                language,
                [
                    "number": "\(index + 1)", "left": "\(invite.left)", "quota": "\(invite.quota)",
                    "made": Phrasebook.moment(invite.createdAt, language: language, zone: zone),
                    "time": Phrasebook.moment(invite.expiresAt, language: language, zone: zone),
                ]
            )
        }
        let buttons = invites.enumerated().map { index, invite in
            Screen.Control.tap(
                phrases.text(AdminPhrase.buttonRevoke, language, ["number": "\(index + 1)"]),
                .admin(.revokeInvite(invite.id))
            )
        }
        let rows = stride(from: 0, to: buttons.count, by: 3).map { Array(buttons[$0..<min($0 + 3, buttons.count)]) }
        return Screen(text: HTML.paragraphs([phrases.html(AdminPhrase.invitesTitle, language)] + lines), rows: rows)
    }
}
