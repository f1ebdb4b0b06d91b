import Foundation

extension Analytics {
    private static let episodeColumns: [FigureColumn] = [
        .title, .published, .length, .downloads, .listeners, .listened, .completed,
    ]

    /// What the club heard within the days, and the episodes that came out in them, the newest first, each with all
    /// that became of it since.
    func episodes(_ span: Span, from start: PageStart) async throws(StoreError) -> FigureReport {
        let page = try await store.podcasts.list(PodcastQuery(), from: start, limit: Self.page)
        let shown = page.items.filter { span.contains($0.listedAt) }
        let isEnd = page.items.last.map { $0.listedAt < span.start } ?? true
        let days = try await downloads(span) { .club(on: $0) }
        var sums = LedgerSums()
        for day in try await store.ledger.figures(in: span.days) { sums.add(day.sums) }
        return FigureReport(
            .episodes,
            days: span.days,
            zone: span.zone,
            facts: [
                FigureFact(.downloads, .count(days.reduce(0) { $0 + $1.count })),
                FigureFact(.listened, sums.length(.episodeTime)),
                FigureFact(.completed, .count(sums[.episodeCompleted].count)),
            ],
            tables: [
                FigureTable(.episodes, Self.episodeColumns, try await rows(of: shown)), Self.downloadTable(days),
            ],
            next: isEnd ? nil : page.next
        )
    }

    /// One episode: how often it was fetched, and where members listen and where they leave.
    func episode(_ id: PodcastID, _ span: Span) async throws(ChangeFailure) -> FigureReport {
        let store = store
        let found = try await reading { () throws(StoreError) in try await store.podcasts.find(.id(id)) }
        guard let podcast = found, podcast.status == .published else { throw .refused(.notFound) }
        return try await reading { () throws(StoreError) in
            let figures = try await store.episodeFigures.find(.id(id)) ?? EpisodeFigures(id: id)
            let total = DownloadCountID.episode(id)
            let days = try await downloads(span) { .episode(id, on: $0) }
            return FigureReport(
                .episode(id),
                title: podcast.title,
                days: span.days,
                zone: span.zone,
                facts: [
                    FigureFact(.published, .moment(podcast.listedAt)), FigureFact(.length, podcast.lengthCell),
                    FigureFact(.downloads, .count(try await store.downloadCounts.counts([total])[total] ?? 0)),
                    FigureFact(.listeners, .count(figures.listeners)),
                    FigureFact(.listened, try await store.ledger.sums(ofEpisode: id).length(.episodeTime)),
                    FigureFact(.completed, .count(figures.completions)),
                ],
                tables: [figures.retentionTable(of: podcast), Self.downloadTable(days)]
            )
        }
    }

    private func rows(of podcasts: [Podcast]) async throws(StoreError) -> [FigureRow] {
        let ids = podcasts.map(\.id)
        let found = try await store.episodeFigures.find(ids: ids)
        let figures = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        let counts = try await store.downloadCounts.counts(ids.map(DownloadCountID.episode))
        var rows: [FigureRow] = []
        for podcast in podcasts {
            let heard = figures[podcast.id] ?? EpisodeFigures(id: podcast.id)
            let cells: [FigureCell] = [
                .text(podcast.title), .moment(podcast.listedAt), podcast.lengthCell,
                .count(counts[.episode(podcast.id)] ?? 0), .count(heard.listeners),
                try await store.ledger.sums(ofEpisode: podcast.id).length(.episodeTime), .count(heard.completions),
            ]
            rows.append(FigureRow(cells, id: podcast.id.rawValue))
        }
        return rows
    }

    /// How many downloads there were on each day.
    private func downloads(
        _ span: Span,
        of id: (ClubDay) -> DownloadCountID
    ) async throws(StoreError) -> [(day: ClubDay, count: Int)] {
        let days = span.all.map { (day: $0, id: id($0)) }
        let counts = try await store.downloadCounts.counts(days.map(\.id))
        return days.map { (day: $0.day, count: counts[$0.id] ?? 0) }
    }

    private static func downloadTable(_ days: [(day: ClubDay, count: Int)]) -> FigureTable {
        FigureTable(.downloads, [.day, .downloads], days.map { FigureRow([.day($0.day), .count($0.count)]) })
    }
}

extension Podcast {
    fileprivate var lengthCell: FigureCell { duration.map(FigureCell.length) ?? .unknown }
}

extension EpisodeFigures {
    /// Each hundredth with the share of listeners who have heard it, and the chapters that begin in it. Empty as long as
    /// nobody has listened, and where the length is not known.
    fileprivate func retentionTable(of podcast: Podcast) -> FigureTable {
        let columns: [FigureColumn] = [.position, .listeners, .share, .chapter]
        guard let length = podcast.duration?.wholeMilliseconds, length > 0, listeners > 0 else {
            return FigureTable(.retention, columns, [])
        }
        var chapters: [Int: [String]] = [:]
        for chapter in podcast.chapters {
            let point = Int(chapter.start.wholeMilliseconds * Int64(retention.count) / length)
            if point < retention.count { chapters[point, default: []].append(chapter.title) }
        }
        let rows = retention.indices.map { point in
            let position = length * Int64(point) / Int64(retention.count)
            let titles = chapters[point]?.joined(separator: " · ")
            return FigureRow([
                .length(.milliseconds(position)), .count(retention[point]), .share(retention[point], of: listeners),
                titles.map(FigureCell.text) ?? .unknown,
            ])
        }
        return FigureTable(.retention, columns, rows)
    }
}
