import Domain
import Foundation

/// How the club's figures look in the chat. Pure: data in, screens out.
struct StatsScreens: Sendable {
    /// What is told of the last show.
    private static let ofShow: Set<FigureColumn> = [
        .started, .length, .joined, .peak, .average, .reactions, .questions, .hands, .medianWait,
    ]

    let words: FigureWords
    /// The page that has all of it; nil where no member could open it.
    let page: URL?

    /// - `show`: The report on the last show; nil where there was none.
    func overview(_ club: FigureReport, show: FigureReport?, over range: FigureRange) -> Screen {
        let title = HTML(markup: words.text(.overview, ["days": String(range.rawValue)]))
        var parts = [HTML.lines([title] + club.facts.map { line($0, in: club.zone) })]
        if let show {
            let title = HTML(markup: words.text(.lastShow, ["title": HTML.escaped(show.title ?? "")]))
            let facts = show.facts.filter { Self.ofShow.contains($0.name) && $0.cell != .unknown }
            parts.append(HTML.lines([title] + facts.map { line($0, in: show.zone) }))
        } else {
            parts.append(HTML(markup: words.text(.noShow)))
        }
        let ranges = FigureRange.allCases.map { other -> Screen.Control in
            let label = words.text(.range, ["days": String(other.rawValue)])
            return .tap(other == range ? "• \(label)" : label, .admin(.stats(other)))
        }
        let link = page.map { [Screen.Control.link(words.text(.open), $0)] } ?? []
        return Screen(text: .paragraphs(parts), rows: [Array(ranges.prefix(2)), Array(ranges.dropFirst(2)), link])
    }

    private func line(_ fact: FigureFact, in zone: TimeZone) -> HTML {
        HTML("\(words.title(of: fact.name)): ") + HTML(words.text(fact.cell, in: zone)).bold
    }
}

extension Conversation {
    /// The club over some days, and its last show.
    func stats(over range: FigureRange, for member: Member) async throws(ChangeFailure) -> Screen {
        let report = try await club.analytics.report(on: .club, over: range, for: member)
        let screens = StatsScreens(
            words: FigureWords(phrases: phrases, language: member.language),
            page: episodes.addresses.site?.appending(path: "analytics")
        )
        guard let last = try await club.analytics.lastShow() else {
            return screens.overview(report, show: nil, over: range)
        }
        let show = try await club.analytics.report(on: .show(last), over: range, for: member)
        return screens.overview(report, show: show, over: range)
    }
}
