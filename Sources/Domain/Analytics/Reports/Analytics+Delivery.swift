import Foundation

extension Analytics {
    /// What became of the messages that the club sent.
    func delivery(_ span: Span) async throws(StoreError) -> FigureReport {
        let found = try await store.deliveryDays.find(ids: span.all.map(DeliveryDayID.init))
        let days = Dictionary(found.map { ($0.day, $0) }) { first, _ in first }
        var total = DeliveryCount()
        var kinds: [DeliveryKind: DeliveryCount] = [:]
        var reasons: [String: Int] = [:]
        for day in found {
            total.add(day.total)
            for kind in DeliveryKind.allCases { kinds[kind, default: DeliveryCount()].add(day.count(kind)) }
            reasons.merge(day.reasons, uniquingKeysWith: +)
        }
        let dayRows = span.all.map { day in
            FigureRow([.day(day)] + (days[day]?.total ?? DeliveryCount()).cells)
        }
        let kindRows = DeliveryKind.allCases.compactMap { kind -> FigureRow? in
            guard let count = kinds[kind], count.total > 0 else { return nil }
            return FigureRow([.word(.kind(kind))] + count.cells)
        }
        let reasonRows = reasons.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { reason, count in
            FigureRow([.text(reason), .count(count)])
        }
        let counted: [FigureColumn] = [.sent, .failed, .blocked, .unknown, .medianDelay, .slowDelay]
        return FigureReport(
            .delivery,
            days: span.days,
            zone: span.zone,
            facts: [
                FigureFact(.sent, .count(total.sent)), FigureFact(.delivered, .share(total.sent, of: total.total)),
                FigureFact(.failed, .count(total.failed)), FigureFact(.blocked, .count(total.blocked)),
                FigureFact(.medianDelay, total.delay(0.5)), FigureFact(.slowDelay, total.delay(0.95)),
            ],
            tables: [
                FigureTable(.days, [.day] + counted, dayRows), FigureTable(.kinds, [.kind] + counted, kindRows),
                FigureTable(.reasons, [.reason, .count], reasonRows),
            ]
        )
    }
}

extension DeliveryCount {
    fileprivate func delay(_ share: Double) -> FigureCell {
        delays.quantile(share).map(FigureCell.length) ?? .unknown
    }

    fileprivate var cells: [FigureCell] {
        [.count(sent), .count(failed), .count(blocked), .count(unknown), delay(0.5), delay(0.95)]
    }
}
