import Domain
import Foundation

/// How the club's figures look in the chat. Pure: data in, screens out.
struct StatsScreens: Sendable {
    /// What is told of the last show.
    private static let ofShow: Set<FigureColumn> = [
        .started, .length, .joined, .peak, .average, .reactions, .questions, .hands, .medianWait,
    ]
    /// What is told of each episode.
    private static let ofEpisode: Set<FigureColumn> = [.downloads, .listeners, .listened, .completed]
    /// So many episodes are told of; the page has all.
    private static let listed = 10

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
        let episodes = Screen.Control.tap("🎧 \(words.text(.episodes))", .admin(.episodeStats(range)))
        return Screen(text: .paragraphs(parts), rows: ranges(range, AdminButton.stats) + [[episodes], link(to: page)])
    }

    /// The newest of the episodes that came out within the days.
    func episodes(_ report: FigureReport, over range: FigureRange) -> Screen {
        let title = HTML(markup: words.text(.episodesOverview, ["days": String(range.rawValue)]))
        var parts = [HTML.lines([title] + report.facts.map { line($0, in: report.zone) })]
        let table = report.tables.first { $0.name == .episodes }
        for row in table?.rows.prefix(Self.listed) ?? [] {
            parts.append(episode(row, table?.columns ?? [], in: report.zone))
        }
        if parts.count == 1 { parts.append(HTML(words.text(.empty))) }
        let back = Screen.Control.tap("‹ \(words.text(.club))", .admin(.stats(range)))
        let link = link(to: page?.appending(path: "episodes"))
        return Screen(text: .paragraphs(parts), rows: ranges(range, AdminButton.episodeStats) + [[back], link])
    }

    private func episode(_ row: FigureRow, _ columns: [FigureColumn], in zone: TimeZone) -> HTML {
        let cells = zip(columns, row.cells)
        let title = cells.first { $0.0 == .title }.map { words.text($0.1, in: zone) } ?? ""
        let figures = cells.filter { Self.ofEpisode.contains($0.0) }.map { column, cell in
            "\(words.title(of: column)): \(words.text(cell, in: zone))"
        }
        return HTML.lines([HTML(title).bold, HTML(figures.joined(separator: " · "))])
    }

    private func ranges(_ shown: FigureRange, _ button: (FigureRange) -> AdminButton) -> [[Screen.Control]] {
        let controls = FigureRange.allCases.map { other -> Screen.Control in
            let label = words.text(.range, ["days": String(other.rawValue)])
            return .tap(other == shown ? "• \(label)" : label, .admin(button(other)))
        }
        return [Array(controls.prefix(2)), Array(controls.dropFirst(2))]
    }

    private func link(to page: URL?) -> [Screen.Control] {
        page.map { [Screen.Control.link(words.text(.open), $0)] } ?? []
    }

    private func line(_ fact: FigureFact, in zone: TimeZone) -> HTML {
        HTML("\(words.title(of: fact.name)): ") + HTML(words.text(fact.cell, in: zone)).bold
    }
}

extension Conversation {
    /// The club over some days, and its last show.
    func stats(over range: FigureRange, for member: Member) async throws(ChangeFailure) -> Screen {
        let report = try await club.analytics.report(on: .club, over: range, for: member)
        let screens = statsScreens(for: member)
        guard let last = try await club.analytics.lastShow() else {
            return screens.overview(report, show: nil, over: range)
        }
        let show = try await club.analytics.report(on: .show(last), over: range, for: member)
        return screens.overview(report, show: show, over: range)
    }

    /// The episodes of some days.
    func episodeStats(over range: FigureRange, for member: Member) async throws(ChangeFailure) -> Screen {
        let report = try await club.analytics.report(on: .episodes, over: range, for: member)
        return statsScreens(for: member).episodes(report, over: range)
    }

    private func statsScreens(for member: Member) -> StatsScreens {
        StatsScreens(
            words: FigureWords(phrases: phrases, language: member.language),
            page: episodes.addresses.site?.appending(path: "analytics")
        )
    }
}
