import Domain
import Foundation

/// Boards, and what members may know of each other.
extension ProgressScreens {
    /// Members on a page of a board.
    static let boardSize = 10

    /// A part of a board. `own`: one's own place, nil where one has none.
    func board(
        _ span: BoardSpan,
        _ part: Boards.Part,
        skipping: Int,
        levels: [MemberID: Level],
        own: Boards.Place?,
        reader: Member
    ) -> Screen {
        let lines = part.rows.map { row in
            say(
                .boardLine,
                [
                    "place": Self.place(row.place), "name": EpisodeScreens.beginning(of: row.member.name, 40),
                    "level": name(levels[row.member.id] ?? .observer), "xp": Self.grouped(row.xp),
                ]
            )
        }
        var turning: [Screen.Control] = []
        if skipping > 0 {
            let label = phrases.text(BotPhrase.buttonPrevious, language)
            turning.append(.tap(label, .progress(.board(span, skipping: max(0, skipping - Self.boardSize)))))
        }
        if let next = part.next {
            turning.append(.tap(phrases.text(BotPhrase.buttonNext, language), .progress(.board(span, skipping: next))))
        }
        let spans = BoardSpan.allCases.map { other in
            let label = phrases.text(other.button, language)
            return Screen.Control.tap(other == span ? "✅ \(label)" : label, .progress(.board(other, skipping: 0)))
        }
        let list = lines.isEmpty ? say(.boardEmpty) : HTML.lines(lines)
        return Screen(
            text: .paragraphs([say(span.title), list, self.own(own, reader)]),
            rows: [turning, spans, [tap(.buttonProgress, .own)]]
        )
    }

    private func own(_ place: Boards.Place?, _ reader: Member) -> HTML {
        if reader.settings.isHidden { return say(.boardOwnHidden) }
        guard let place else { return say(.boardOwnNone) }
        return say(.boardOwn, ["place": "\(place.place)", "xp": Self.grouped(place.xp)])
    }

    private static func place(_ number: Int) -> String {
        switch number {
        case 1: "🥇"
        case 2: "🥈"
        case 3: "🥉"
        default: "\(number)."
        }
    }

    // MARK: Members of each other

    /// What a member may know of another one. `thanks`: how many they have got.
    func person(_ person: Member, _ progress: MemberProgress, thanks: Int, for reader: Member) -> Screen {
        let handle = person.username.map { " (@\($0))" } ?? ""
        var lines = [say(.whoisName, ["name": person.name, "handle": handle])]
        let (level, xp) = (progress.level, Self.grouped(progress.xp))
        lines.append(say(.own, ["level": "\(level.rawValue)", "name": name(level), "xp": xp]))
        if let joined = person.joinedAt {
            lines.append(say(.whoisSince, ["day": Phrasebook.day(joined, language: language, zone: zone)]))
        }
        lines.append(streak(progress.streak))
        if thanks > 0 { lines.append(phrases.html(ThanksPhrase.count, language, count: thanks)) }
        if reader.isAdmin, person.settings.isHidden { lines.append(say(.whoisHidden)) }
        var rows: [[Screen.Control]] = []
        if reader.isAdmin {
            let card = phrases.text(ProgressTalkPhrase.buttonPerson, language)
            rows = [[tap(.buttonHonours, .honours(person.id)), .tap(card, .admin(.person(person.id)))]]
        }
        return Screen(text: .paragraphs([.lines(lines), badges(progress.badges)]), rows: rows)
    }

    /// Several whom the words find.
    func choice(_ people: [Member]) -> Screen {
        guard !people.isEmpty else { return Screen(text: say(.whoisNobody)) }
        let rows = people.map { person in
            [Screen.Control.tap(EpisodeScreens.beginning(of: person.name, 40), .progress(.person(person.id)))]
        }
        return Screen(text: say(.whoisWhich), rows: rows)
    }

    /// Of admins: the badges that are given by hand, those that the member has marked.
    func honours(_ person: Member, _ progress: MemberProgress) -> Screen {
        let held = Set(progress.badges.map(\.badge))
        let rows = Badge.allCases.filter { !$0.isEarned }.map { badge in
            let isHeld = held.contains(badge)
            let label = "\(isHeld ? "✅" : "⬜️") \(phrases.text(ProgressPhrase(badge), language))"
            return [Screen.Control.tap(label, .progress(.honour(person.id, badge, isHeld: !isHeld)))]
        }
        let back = Screen.Control.tap(phrases.text(BotPhrase.buttonBack, language), .progress(.person(person.id)))
        return Screen(text: .paragraphs([say(.honours, ["name": person.name]), say(.awardHow)]), rows: rows + [[back]])
    }
}

extension BoardSpan {
    fileprivate var title: ProgressTalkPhrase {
        switch self {
        case .allTime: .boardAll
        case .week: .boardWeek
        case .season: .boardSeason
        }
    }

    fileprivate var button: ProgressTalkPhrase {
        switch self {
        case .allTime: .buttonAll
        case .week: .buttonWeek
        case .season: .buttonSeason
        }
    }
}
