import Domain

/// The phrases of what admins see, in Telegram's HTML where they are no labels.
public enum AdminPhrase: String, PhraseKey {
    // Who did what
    case auditTitle = "bot.audit.title"
    case auditEmpty = "bot.audit.empty"
    /// `{time}`, `{actor}`, `{event}`.
    case auditLine = "bot.audit.line"
    /// Who did it, where nobody of the club did.
    case auditProgram = "bot.audit.program"
    /// Who did it, where it was asked for in the recording channel.
    case auditChannel = "bot.audit.channel"
    /// A person who is not known any more.
    case auditNobody = "bot.audit.nobody"

    // The people of the club
    /// With `count`.
    case peopleTitle = "bot.people.title"
    /// `{words}`, with `count`.
    case peopleFound = "bot.people.found"
    case peopleNobody = "bot.people.nobody"
    case peopleWhom = "bot.people.whom"
    /// `{name}`, `{handle}`, `{role}`, `{standing}`.
    case personCard = "bot.person.card"
    /// `{number}`.
    case personTelegram = "bot.person.telegram"
    /// `{day}`.
    case personSince = "bot.person.since"
    case personUnreachable = "bot.person.unreachable"
    case peopleAll = "bot.button.people_all"
    case buttonPeople = "bot.button.people"
    case buttonYes = "bot.button.yes"
    case buttonNo = "bot.button.no"

    // What was set aside
    case failuresTitle = "bot.failures.title"
    case failuresEmpty = "bot.failures.empty"
    /// `{number}` in the list, `{id}`, `{bot}`, `{time}`, `{error}`.
    case failuresLine = "bot.failures.line"
    case failureGone = "bot.failures.gone"
    /// `{number}` in the list.
    case buttonRetry = "bot.button.retry"
    case buttonDiscard = "bot.button.discard"

    // Invites
    /// `{link}`, `{time}`, with `count`.
    case inviteMade = "bot.invite.made"
    case invitesTitle = "bot.invites.title"
    case invitesEmpty = "bot.invites.empty"
    /// `{number}` in the list, `{left}`, `{quota}`, `{made}`, `{time}`.
    case invitesLine = "bot.invites.line"
    /// `{number}` in the list.
    case buttonRevoke = "bot.button.revoke"
    /// `{name}`, `{handle}`.
    case toldJoined = "bot.notice.joined_by_invite"

    // The club's settings
    /// `{zone}`, `{time}`, `{admins}`, `{group}`.
    case clubTitle = "bot.club.title"
    case clubZones = "bot.club.zones"
    /// `{title}`.
    case adminsChat = "bot.club.admins_chat"
    case noAdminsChat = "bot.club.no_admins_chat"
    /// Of a chat whose name was not told.
    case namelessChat = "bot.club.nameless"
    case buttonSharesAudio = "bot.button.shares_audio"
    case buttonZone = "bot.button.zone"
    case buttonReactions = "bot.button.reactions"
    case clubReactions = "bot.club.reactions"
    /// `{hands}`: the policy's name.
    case buttonClubHands = "bot.button.club_hands"
    case clubHands = "bot.club.hands"
    /// The language that the machine's settings say.
    case buttonOwnLanguage = "bot.button.setting_language"

    // What people are told about themselves
    case toldBanned = "bot.notice.banned"
    case toldUnbanned = "bot.notice.unbanned"
    /// `{role}`.
    case toldRole = "bot.notice.role_changed"
}

extension BotPhrase {
    /// The keys of everything that the bots say.
    public static var requiredKeys: [String] {
        allCases.map(\.rawValue) + AdminPhrase.allCases.map(\.rawValue) + ClubChatPhrase.allCases.map(\.rawValue)
            + PersonalPhrase.requiredKeys + ShowPhrase.allCases.map(\.rawValue)
            + ShowTalkPhrase.allCases.map(\.rawValue) + RoomPhrase.allCases.map(\.rawValue)
            + TagPhrase.allCases.map(\.rawValue) + ThanksPhrase.allCases.map(\.rawValue)
            + ProgressTalkPhrase.allCases.map(\.rawValue) + SeenPhrase.allCases.map(\.rawValue)
            + ProgressPhrase.allCases.map(\.rawValue)
            + BroadcastPhrase.allCases.map(\.rawValue) + NotificationPhrase.allCases.map(\.rawValue)
            + AnalyticsPhrase.requiredKeys + AuditAction.allCases.map(\.phraseKey)
            + SettingButton.Place.allCases.flatMap { [$0.labelKey, $0.questionKey] }
            + JoiningMode.allCases.map(\.labelKey) + MemberDecision.allCases.flatMap { [$0.labelKey, $0.questionKey] }
            + Role.allCases.map(\.phraseKey) + Membership.allCases.flatMap { [$0.phraseKey, $0.labelKey] }
    }
}

extension AuditAction {
    /// The phrase that tells it: `{subject}`, and `{from}` and `{to}` where the entry has them.
    var phraseKey: String { "bot.audit.\(rawValue)" }
}

extension MemberDecision {
    /// What stands on the button.
    var labelKey: String { "bot.button.\(rawValue)" }
    /// Whether it is really meant: `{name}`, in Telegram's HTML.
    var questionKey: String { "bot.question.\(rawValue)" }
}

extension Role {
    var phraseKey: String { "bot.role.\(rawValue)" }
}

extension Membership {
    /// How a person stands to the club.
    var phraseKey: String { "bot.standing.\(rawValue)" }
    /// The button that lists those who stand so.
    var labelKey: String { "bot.button.people_\(rawValue)" }
}

extension Phrasebook {
    /// The phrase of a key that is among `BotPhrase.requiredKeys`, as plain text.
    func label(_ key: String, _ language: Language) -> String {
        text(key: key, language) ?? key
    }

    /// As `label`, with markup; its arguments are escaped.
    func html(key: String, _ language: Language, _ arguments: [String: String] = [:]) -> HTML {
        HTML(markup: text(key: key, language, arguments.mapValues(HTML.escaped)) ?? HTML.escaped(key))
    }
}
