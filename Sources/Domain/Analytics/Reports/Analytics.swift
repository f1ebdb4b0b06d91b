import Foundation

/// The club in figures, for hosts and admins. Read from sums that are kept, at a cost that does not grow with what
/// happened.
public struct Analytics: Sendable {
    let store: any ClubStore
    let clock: any ClubClock
    let book: ShowFigureBook

    public init(store: any ClubStore, clock: any ClubClock) {
        self.store = store
        self.clock = clock
        book = ShowFigureBook(store: store, clock: clock)
    }

    /// A report for somebody.
    /// - `cursor`: Behind which a list of shows or episodes goes on.
    /// - Throws: `.refused(.notAllowed)` to others than hosts and admins; `.refused(.notFound)`.
    public func report(
        on subject: FigureSubject,
        over range: FigureRange,
        after cursor: PageCursor? = nil,
        for reader: Member
    ) async throws(ChangeFailure) -> FigureReport {
        guard reader.isActive, reader.role >= .host else { throw .refused(.notAllowed) }
        let span = try await span(range)
        let start = cursor.map(PageStart.after) ?? .first
        switch subject {
        case .club: return try await reading { () throws(StoreError) in try await club(span) }
        case .members: return try await reading { () throws(StoreError) in try await members(span) }
        case .shows: return try await shows(span, from: start)
        case .show(let id): return try await show(id, span)
        case .episodes: return try await reading { () throws(StoreError) in try await episodes(span, from: start) }
        case .episode(let id): return try await episode(id, span)
        case .delivery: return try await reading { () throws(StoreError) in try await delivery(span) }
        }
    }

    /// The days of a report, by the club's clock.
    struct Span: Sendable {
        let days: ClosedRange<ClubDay>
        let zone: TimeZone

        /// The weeks that have a day in it.
        var weeks: ClosedRange<ClubWeek> { days.lowerBound.week...days.upperBound.week }
        /// When it begins.
        var start: Date { days.lowerBound.start(in: zone) }

        /// Every day, from the first to the last.
        var all: [ClubDay] {
            Array(sequence(first: days.lowerBound) { $0 < days.upperBound ? $0.adding(days: 1) : nil })
        }

        /// Every week, from the first to the last.
        var allWeeks: [ClubWeek] {
            Array(sequence(first: weeks.lowerBound) { $0 < weeks.upperBound ? $0.adding(weeks: 1) : nil })
        }

        func contains(_ moment: Date) -> Bool { days.contains(ClubDay(moment, in: zone)) }
    }

    private func span(_ range: FigureRange) async throws(ChangeFailure) -> Span {
        let store = store
        let zone = try await reading { () throws(StoreError) in try await store.settings.find(.club)?.zone ?? .gmt }
        return Span(days: range.days(until: ClubDay(clock.now, in: zone)), zone: zone)
    }
}

extension LedgerSums {
    func length(_ rule: XPRule) -> FigureCell { .length(.milliseconds(self[rule].count)) }
}
