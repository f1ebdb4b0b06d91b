import Domain
import Foundation

/// How progress, boards and badges look in the chat. Pure: data in, screens out.
struct ProgressScreens: Sendable {
    /// Squares of the bar to the next level.
    private static let barLength = 10

    let phrases: Phrasebook
    let language: Language
    let zone: TimeZone

    // MARK: One's own

    /// `place`: of all time; nil without any. `thanks`: how many one has got.
    func own(_ member: Member, _ progress: MemberProgress, place: Boards.Place?, thanks: Int) -> Screen {
        var facts = [say(.engagement, ["score": Self.number(progress.engagement.score)]), streak(progress.streak)]
        if let place, !member.settings.isHidden { facts.append(say(.place, ["place": "\(place.place)"])) }
        if member.settings.isHidden { facts.append(say(.hidden)) }
        if thanks > 0 { facts.append(phrases.html(ThanksPhrase.count, language, count: thanks)) }
        return Screen(
            text: .paragraphs([level(progress), .lines(facts), badges(progress.badges)]),
            rows: [
                [tap(.buttonHistory, .history(page: 0)), tap(.buttonWays, .ways)],
                [tap(.buttonBadges, .badges), tap(.buttonBoard, .board(.allTime, skipping: 0))],
            ]
        )
    }

    /// The level, and how far it is to the next one.
    private func level(_ progress: MemberProgress) -> HTML {
        let (level, xp) = (progress.level, progress.xp)
        let head = say(.own, ["level": "\(level.rawValue)", "name": name(level), "xp": Self.grouped(xp)])
        guard let next = level.next, let left = level.left(at: xp) else { return .lines([head, say(.top)]) }
        let filled = Int(level.progress(at: xp) * Double(Self.barLength))
        let bar = String(repeating: "▰", count: filled) + String(repeating: "▱", count: Self.barLength - filled)
        return .lines([head, say(.next, ["bar": bar, "xp": Self.grouped(left), "name": name(next)])])
    }

    func streak(_ streak: WeekStreak) -> HTML {
        guard streak.weeks > 0 else { return say(.streakNone) }
        var text = phrases.html(ProgressTalkPhrase.streak, language, count: streak.weeks)
        if streak.frozen > 0 {
            text = text + HTML(" ") + phrases.html(ProgressTalkPhrase.streakFrozen, language, count: streak.frozen)
        }
        return streak.isActiveNow ? text : text + HTML(" ") + say(.streakWaits)
    }

    /// Badges in one line; nothing without any.
    func badges(_ held: [HeldBadge]) -> HTML {
        guard !held.isEmpty else { return HTML("") }
        let names = held.map { phrases.text(ProgressPhrase($0.badge), language) }.joined(separator: ", ")
        return .lines([phrases.html(ProgressTalkPhrase.badgesLine, language, count: held.count), HTML(names)])
    }

    // MARK: How it came about

    func history(_ groups: [XPHistory.Group], page: Int, hasMore: Bool) -> Screen {
        var turning: [Screen.Control] = []
        if page > 0 {
            turning.append(.tap(phrases.text(BotPhrase.buttonNewer, language), .progress(.history(page: page - 1))))
        }
        if hasMore {
            turning.append(.tap(phrases.text(BotPhrase.buttonOlder, language), .progress(.history(page: page + 1))))
        }
        let rows = [turning, [tap(.buttonWays, .ways), tap(.buttonProgress, .own)]]
        guard !groups.isEmpty else { return Screen(text: say(.historyEmpty), rows: rows) }
        return Screen(text: .paragraphs([say(.historyTitle)] + groups.map(told)), rows: rows)
    }

    private func told(_ group: XPHistory.Group) -> HTML {
        let words = XPWords(phrases: phrases, language: language)
        let head = say(
            .historyGroup,
            ["title": words.title(group), "day": words.day(group.day, in: zone), "xp": XPWords.signed(group.xp)]
        )
        let lines = group.lines.map { HTML("• \(words.what($0)) · \(XPWords.signed($0.xp))") }
        let reason = group.reason.map { say(.historyReason, ["reason": $0]) }
        return .lines([head] + lines + [reason].compactMap { $0 })
    }

    /// How XP is earned.
    func ways() -> Screen {
        let lines = SeenPhrase.ways.map { HTML("• \(phrases.text($0, language))") }
        return Screen(
            text: .paragraphs([say(.waysTitle), .lines(lines), say(.waysNote)]),
            rows: [[tap(.buttonHistory, .history(page: 0)), tap(.buttonProgress, .own)]]
        )
    }

    // MARK: Badges

    /// One's own: those that one has, and how far it is to those by rule.
    func ownBadges(_ progress: MemberProgress) -> Screen {
        let held = progress.badges.map(\.badge)
        let lines = held.isEmpty ? [say(.badgesNone)] : held.map { line($0, .badgeLine) }
        let ahead = Badge.allCases.filter { $0.isEarned && !held.contains($0) }.compactMap { badge -> HTML? in
            badge.standing(progress.sums).map { (standing: BadgeStanding) -> HTML in
                // Listening is counted in milliseconds and told in hours.
                let unit = badge == .hundredHours ? 3_600_000 : 1
                let (count, goal) = (standing.count / unit, standing.goal / unit)
                return line(badge, .badgeAhead, ["count": "\(count)", "goal": "\(goal)"])
            }
        }
        return Screen(
            text: .paragraphs([say(.badgesTitle), .lines(lines), .lines(ahead)]),
            rows: [[tap(.buttonAllBadges, .allBadges), tap(.buttonProgress, .own)]]
        )
    }

    /// All there are, with how one gets them.
    func allBadges() -> Screen {
        let earned = Badge.allCases.filter(\.isEarned).map { line($0, .badgeLine) }
        let given = Badge.allCases.filter { !$0.isEarned }.map { line($0, .badgeLine) }
        return Screen(
            text: .paragraphs([
                .lines([say(.badgesEarned)] + earned), .lines([say(.badgesGiven)] + given),
            ]),
            rows: [[tap(.buttonBadges, .badges), tap(.buttonProgress, .own)]]
        )
    }

    private func line(_ badge: Badge, _ phrase: ProgressTalkPhrase, _ more: [String: String] = [:]) -> HTML {
        let how = phrases.text(SeenPhrase(howToGet: badge), language)
        let name = phrases.text(ProgressPhrase(badge), language)
        return say(phrase, ["name": name, "how": how].merging(more) { $1 })
    }

    // MARK: Parts

    func say(_ phrase: ProgressTalkPhrase, _ arguments: [String: String] = [:]) -> HTML {
        phrases.html(phrase, language, arguments)
    }

    func tap(_ phrase: ProgressTalkPhrase, _ button: ProgressButton) -> Screen.Control {
        .tap(phrases.text(phrase, language), .progress(button))
    }

    func name(_ level: Level) -> String { phrases.text(ProgressPhrase(level), language) }

    /// A number with thin spaces between its thousands.
    static func grouped(_ number: Int) -> String { XPWords.grouped(number) }

    /// Without a fraction where it has none.
    private static func number(_ value: Double) -> String { String(Int(value.rounded())) }
}
