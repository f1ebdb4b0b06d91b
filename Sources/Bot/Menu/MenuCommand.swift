import Domain

/// A command that people are told of, in the order in which menus and help have them. The menus and the help are made
/// of this list and of nothing else; a new command is one line here and one phrase in each language.
enum MenuCommand: String, CaseIterable, Sendable {
    case live, hand, ask, schedule
    case latest, `continue`, library, search, tags, random
    case progress, xp, top, badges, whois, thanks, members
    case notifications, settings, export, forget, leave
    case help

    case newlive, golive, queue, end, lives
    case mine, stats

    case award, ban, unban, promote, invite, invites, club
    case announce, announcements, audit, failures
    case unpublish, publish, split

    /// Who may use it, at least.
    var leastRole: Role {
        switch self {
        case .live, .hand, .ask, .schedule, .latest, .continue, .library, .search, .tags, .random, .progress, .xp, .top,
            .badges, .whois, .thanks, .members, .notifications, .settings, .export, .forget, .leave, .help:
            .member
        case .newlive, .golive, .queue, .end, .lives, .mine, .stats: .host
        case .award, .ban, .unban, .promote, .invite, .invites, .club, .announce, .announcements, .audit,
            .failures, .unpublish, .publish, .split:
            .admin
        }
    }

    /// What it does, in plain text.
    var phraseKey: String { "bot.command.\(rawValue)" }

    /// The commands of a role, in the order of the list.
    static func open(to role: Role) -> [MenuCommand] {
        allCases.filter { $0.leastRole <= role }
    }
}
