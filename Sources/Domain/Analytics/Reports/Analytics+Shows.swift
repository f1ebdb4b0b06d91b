import Foundation

extension Analytics {
    /// So many shows or episodes are on a page.
    static let page = 50

    /// The show that is live, else the one that ended last; nil where there was none.
    public func lastShow() async throws(ChangeFailure) -> LiveSessionID? {
        let store = store
        return try await reading { () throws(StoreError) in
            let live = try await store.liveSessions.list(.live, from: .first, limit: 1).items
            if let show = live.first { return show.id }
            let past = try await store.liveSessions.list(.past, from: .first, limit: Self.page).items
            return past.first { $0.startedAt != nil }?.id
        }
    }

    private static let showColumns: [FigureColumn] = [
        .title, .started, .length, .told, .opened, .joined, .peak, .average, .reactions, .questions, .hands, .spoke,
    ]

    /// The shows that began within the days, the newest first.
    func shows(_ span: Span, from start: PageStart) async throws(ChangeFailure) -> FigureReport {
        let store = store
        let page = try await reading { () throws(StoreError) in
            var page = try await store.liveSessions.list(.past, from: start, limit: Self.page)
            if start == .first {
                let live = try await store.liveSessions.list(.live, from: .first, limit: Self.page).items
                page.items = live.reversed() + page.items
            }
            return page
        }
        let shows = page.items.filter { $0.startedAt.map(span.contains) ?? false }
        let known = try await book.figures(ofAll: shows.map(\.id))
        let isEnd = page.items.last.map { $0.listedAt < span.start } ?? true
        var people = 0
        for show in shows { people += known[show.id]?.funnel.joined ?? 0 }
        return FigureReport(
            .shows,
            days: span.days,
            zone: span.zone,
            facts: [
                FigureFact(.shows, .count(shows.count)),
                FigureFact(.average, shows.isEmpty ? .unknown : .decimal(Double(people) / Double(shows.count))),
            ],
            tables: [FigureTable(.shows, Self.showColumns, shows.map { Self.row(of: $0, known[$0.id]) })],
            next: isEnd ? nil : page.next
        )
    }

    private static func row(of show: LiveSession, _ figures: ShowFigures?) -> FigureRow {
        let name: [FigureCell] = [.text(show.title), show.startedAt.map(FigureCell.moment) ?? .unknown]
        guard let figures else {
            let length = show.duration.map(FigureCell.length) ?? .unknown
            let rest = Array(repeating: FigureCell.unknown, count: showColumns.count - name.count - 1)
            return FigureRow(name + [length] + rest, id: show.id.rawValue)
        }
        let funnel = figures.funnel
        return FigureRow(
            name + [
                .length(figures.length), funnel.told.map(FigureCell.count) ?? .unknown, .count(funnel.opened),
                .count(funnel.joined), .count(figures.peak), .decimal(figures.average), .count(figures.reactionCount),
                .count(figures.questions), .count(figures.hands.raised), .count(funnel.spoke),
            ],
            id: show.id.rawValue
        )
    }

    /// One show: how far people came, and what happened minute by minute.
    func show(_ id: LiveSessionID, _ span: Span) async throws(ChangeFailure) -> FigureReport {
        let store = store
        let found = try await reading { () throws(StoreError) in try await store.liveSessions.find(.id(id)) }
        guard let show = found, let figures = try await book.figures(of: show) else { throw .refused(.notFound) }
        let hands = figures.hands
        let wait = { (wait: Int?) -> FigureCell in wait.map { .length(.milliseconds($0)) } ?? .unknown }
        return FigureReport(
            .show(id),
            title: show.title,
            zone: span.zone,
            facts: [
                FigureFact(.started, .moment(figures.startedAt)), FigureFact(.length, .length(figures.length)),
                FigureFact(.joined, .count(figures.funnel.joined)), FigureFact(.peak, .count(figures.peak)),
                FigureFact(.average, .decimal(figures.average)), FigureFact(.chat, .count(figures.chat.total)),
                FigureFact(.questions, .count(figures.questions)),
                FigureFact(.reactions, .count(figures.reactionCount)), FigureFact(.hands, .count(hands.raised)),
                FigureFact(.taken, .count(hands.taken)), FigureFact(.medianWait, wait(hands.medianWait)),
                FigureFact(.longestWait, wait(hands.longestWait)),
            ],
            tables: [
                figures.funnelTable, figures.minuteTable, figures.reactionTable, figures.deviceTable,
            ]
        )
    }
}

extension ShowFigures {
    /// How many people came to a step; nil where nobody knows.
    fileprivate func people(_ step: ShowStep) -> Int? {
        switch step {
        case .told: funnel.told
        case .opened: funnel.opened
        case .joined: funnel.joined
        case .reacted: funnel.reacted
        case .raised: funnel.raised
        case .spoke: funnel.spoke
        }
    }

    /// Shares are of those who came in.
    fileprivate var funnelTable: FigureTable {
        let rows = ShowStep.allCases.map { step in
            let people = people(step)
            return FigureRow([
                .word(.step(step)), people.map(FigureCell.count) ?? .unknown,
                people.map { .share($0, of: funnel.joined) } ?? .unknown,
            ])
        }
        return FigureTable(.funnel, [.step, .people, .share], rows)
    }

    fileprivate var minuteTable: FigureTable {
        let rows = listeners.values.indices.map { index in
            FigureRow([.count(index * minutes), .count(listeners.values[index]), .count(chat.values[index])])
        }
        return FigureTable(.minutes, [.minute, .listeners, .chat], rows)
    }

    /// The most frequent reaction first; minutes without one are left out.
    fileprivate var reactionTable: FigureTable {
        let sorted = reactions.sorted { ($0.value.total, $1.key) > ($1.value.total, $0.key) }
        let rows = sorted.flatMap { emoji, series in
            series.values.indices.filter { series.values[$0] > 0 }.map { index in
                FigureRow([.text(emoji), .count(index * minutes), .count(series.values[index])])
            }
        }
        return FigureTable(.reactions, [.emoji, .minute, .count], rows)
    }

    fileprivate var deviceTable: FigureTable {
        let rows = devices.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { device, people in
            FigureRow([.word(.device(device)), .count(people), .share(people, of: funnel.joined)])
        }
        return FigureTable(.devices, [.device, .people, .share], rows)
    }
}
