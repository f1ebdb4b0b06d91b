import Foundation

extension Analytics {
    /// The club day by day.
    func club(_ span: Span) async throws(StoreError) -> FigureReport {
        let known = try await store.ledger.figures(in: span.days)
        let days = Dictionary(known.map { ($0.day, $0) }) { first, _ in first }
        var sums = LedgerSums()
        for day in known { sums.add(day.sums) }
        let rows = span.all.map { day in
            let figures = days[day] ?? LedgerDay(day: day)
            return FigureRow([
                .day(day), .count(figures.active), figures.sums.length(.liveTime), figures.sums.length(.episodeTime),
                .count(figures.sums[.chat].count), .count(figures.sums[.hand].count),
                .count(figures.sums[.speech].count),
            ])
        }
        let joinings = try await store.members.joinings()
        let thisWeek = span.weeks.upperBound
        let active = try await store.ledger.active(in: thisWeek...thisWeek)[thisWeek] ?? 0
        return FigureReport(
            .club,
            days: span.days,
            zone: span.zone,
            facts: [
                FigureFact(.members, .count(joinings.count(where: \.isActive))),
                FigureFact(.newMembers, .count(joinings.count { $0.isActive && span.contains($0.at) })),
                FigureFact(.active, .count(active)),
                FigureFact(.live, sums.length(.liveTime)),
                FigureFact(.listened, sums.length(.episodeTime)),
                FigureFact(.chat, .count(sums[.chat].count)),
                FigureFact(.speeches, .count(sums[.speech].count)),
            ],
            tables: [FigureTable(.days, [.day, .active, .live, .listened, .chat, .hands, .speeches], rows)]
        )
    }
}
