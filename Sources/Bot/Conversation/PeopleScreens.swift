import Domain
import Foundation

/// What people see who arrive, ask to join, or decide about others. Pure: data in, screens out.
struct PeopleScreens: Sendable {
    let phrases: Phrasebook

    /// To a person who is not in the club, by what the club knows of them.
    /// `wanted`: the episode for which they have come.
    func outside(_ person: Person, _ known: Member?, _ club: ClubSettings, wanting wanted: PodcastID? = nil) -> Screen {
        switch known?.membership {
        case .pending: Screen(text: phrases.html(BotPhrase.startPending, person.language, ["name": person.name]))
        case .banned: Screen(text: HTML(phrases.text(.banned, person.language, zone: club.zone)))
        case nil, .left, .active:
            ClubChatScreens(phrases: phrases).door(to: person.name, club, wanting: wanted, person.language)
        }
    }

    func welcomeBack(_ member: Member) -> Screen {
        greeting(.startMember, member)
    }

    func welcome(_ member: Member) -> Screen {
        greeting(.joinWelcome, member)
    }

    func claimed(_ member: Member) -> Screen {
        greeting(.claimed, member)
    }

    private func greeting(_ phrase: BotPhrase, _ member: Member) -> Screen {
        let help = Screen.Control.tap(phrases.text(BotPhrase.buttonHelp, member.language), .help)
        return Screen(
            text: phrases.html(phrase, member.language, ["name": member.name]),
            rows: menu(member.language) + [[help]]
        )
    }

    func declined(_ language: Language) -> Screen {
        Screen(text: phrases.html(BotPhrase.joinDeclined, language))
    }

    func help(_ member: Member, heading: BotPhrase? = nil) -> Screen {
        let (language, role) = (member.language, member.role)
        let commands = CommandMenu(phrases: phrases)
        var parts = [
            phrases.html(heading ?? .helpMember, language), commands.lines(from: .member, to: .member, language),
            phrases.html(BotPhrase.helpSearch, language),
        ]
        if role >= .host {
            parts += [phrases.html(BotPhrase.helpHost, language), commands.lines(from: .host, to: .host, language)]
        }
        if role >= .admin {
            parts += [
                phrases.html(BotPhrase.helpAdmin, language), commands.lines(from: .admin, to: role, language),
                phrases.html(BotPhrase.helpRecordings, language),
            ]
        }
        return Screen(text: HTML.paragraphs(parts), rows: menu(language))
    }

    /// A request to join as admins see it: open with buttons, or decided.
    /// `decider`: who answered it, where somebody did.
    func request(of member: Member, decider: Member?, _ language: Language) -> Screen {
        var arguments = ["name": member.name, "handle": member.username.map { " (@\($0))" } ?? ""]
        guard member.membership != .pending, let decision = member.decision else {
            return Screen(
                text: phrases.html(BotPhrase.joinRequest, language, arguments),
                rows: [
                    [
                        .tap(phrases.text(BotPhrase.buttonApprove, language), .decide(member.id, isApproved: true)),
                        .tap(phrases.text(BotPhrase.buttonDecline, language), .decide(member.id, isApproved: false)),
                    ]
                ]
            )
        }
        arguments["admin"] = decider?.name ?? "–"
        let phrase: BotPhrase = decision.isApproved ? .joinApprovedCard : .joinDeclinedCard
        return Screen(text: phrases.html(phrase, language, arguments))
    }

    func signInQuestion(_ link: SignInLink, payload: String, _ language: Language) -> Screen {
        Screen(
            text: phrases.html(
                BotPhrase.signInQuestion,
                language,
                ["device": link.device, "number": String(link.number)]
            ),
            rows: [
                [
                    .tap(
                        phrases.text(BotPhrase.buttonConfirm, language),
                        .signIn(payload: payload, isConfirmed: true)
                    ),
                    .tap(
                        phrases.text(BotPhrase.buttonRefuse, language),
                        .signIn(payload: payload, isConfirmed: false)
                    ),
                ]
            ]
        )
    }

    func signInAnswered(_ link: SignInLink, isConfirmed: Bool, _ language: Language) -> Screen {
        isConfirmed
            ? Screen(text: phrases.html(BotPhrase.signInDone, language, ["device": link.device]))
            : Screen(text: phrases.html(BotPhrase.signInRefused, language))
    }

    private func menu(_ language: Language) -> [[Screen.Control]] {
        [
            [
                .tap(phrases.text(BotPhrase.buttonLatest, language), .latest(0)),
                .tap(phrases.text(BotPhrase.buttonLibrary, language), .list(Listing())),
            ]
        ]
    }
}
