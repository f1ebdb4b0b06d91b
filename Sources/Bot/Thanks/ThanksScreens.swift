import Domain
import Foundation

/// How thanks look in the chat. Pure: data in, screens out.
struct ThanksScreens: Sendable {
    /// Thanks with the names that belong to them.
    struct Line: Sendable {
        var thanks: Thanks
        /// The other one; nil where they are not known any more.
        var person: String?
        /// The episode's; nil where it is not known any more.
        var title: String?
    }

    let phrases: Phrasebook
    let addresses: ClubAddresses
    let language: Language

    /// What one has to give, has got and has given.
    func overview(_ budget: ThanksDesk.Budget, received: [Line], given: [Line], zone: TimeZone) -> Screen {
        let time = Phrasebook.day(budget.renewsAt, language: language, zone: zone)
        let left =
            budget.left == 0
            ? phrases.html(ThanksPhrase.budgetSpent, language, ["time": time])
            : phrases.html(ThanksPhrase.budget, language, ["time": time], count: budget.left)
        let lists = [(ThanksPhrase.receivedTitle, received), (.givenTitle, given)].filter { !$0.1.isEmpty }
        return Screen(
            text: .paragraphs(
                [left] + lists.map { HTML.lines([phrases.html($0.0, language)] + $0.1.map(line)) }
                    + [phrases.html(ThanksPhrase.how, language)]
            )
        )
    }

    /// Whom one can thank for an episode.
    func choice(_ podcast: Podcast, _ people: [Member]) -> Screen {
        let back = Screen.Control.tap(phrases.text(BotPhrase.buttonBack, language), .episode(podcast.id, back: nil))
        guard !people.isEmpty else {
            return Screen(text: phrases.html(ThanksPhrase.nobody, language), rows: [[back]])
        }
        let rows = people.map { person in
            [
                Screen.Control.tap(
                    "🙏 \(EpisodeScreens.beginning(of: person.name, 40))",
                    .thanks(.give(person.id, podcast.id))
                )
            ]
        }
        return Screen(
            text: phrases.html(ThanksPhrase.whom, language, ["title": podcast.title]),
            rows: rows + [[back]]
        )
    }

    /// To the one who thanks: it is done.
    func done(_ line: Line, _ budget: ThanksDesk.Budget, zone: TimeZone) -> Screen {
        let time = Phrasebook.day(budget.renewsAt, language: language, zone: zone)
        let left =
            budget.left == 0
            ? phrases.html(ThanksPhrase.budgetSpent, language, ["time": time])
            : phrases.html(ThanksPhrase.budget, language, ["time": time], count: budget.left)
        return Screen(text: .paragraphs([words(.done, line), left]))
    }

    /// To the one who is thanked.
    func told(_ line: Line) -> Screen {
        var row: [Screen.Control] = []
        if line.title != nil {
            let label = phrases.text(BotPhrase.buttonPlay, language)
            row = [.tap(label, .play(line.thanks.podcast))]
            if let position = line.thanks.position,
                let url = addresses.page(of: line.thanks.podcast, from: position)
            {
                let time = ["time": EpisodeScreens.clock(position)]
                row.append(.link(phrases.text(BotPhrase.buttonFrom, language, time), url))
            }
        }
        return Screen(text: words(.told, line), rows: [row])
    }

    /// One of a list, in a line.
    func line(_ line: Line) -> HTML { HTML("• ") + words(.line, line) }

    private func words(_ phrase: ThanksPhrase, _ line: Line) -> HTML {
        let gone = phrases.text(ThanksPhrase.gone, language)
        var text = phrases.html(phrase, language, ["name": line.person ?? gone, "title": line.title ?? gone])
        if let position = line.thanks.position {
            text =
                text + HTML(" ")
                + phrases.html(ThanksPhrase.moment, language, ["time": EpisodeScreens.clock(position)])
        }
        if let words = line.thanks.words { text = text + HTML("\n«\(words)»") }
        return text
    }
}
