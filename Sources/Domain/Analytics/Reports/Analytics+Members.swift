import Foundation

extension Analytics {
    /// So many weeks after the first one retention is followed.
    private static let followed = 12
    /// So many members have a level of their own at most; a club is not larger.
    private static let ranked = 20_000

    /// Members by week, and how many of those who began together stay.
    func members(_ span: Span) async throws(StoreError) -> FigureReport {
        let joinings = try await store.members.joinings()
        let new = Self.newMembers(joinings, span)
        let active = try await store.ledger.active(in: span.weeks)
        let members = Set(joinings.lazy.filter(\.isActive).map(\.id))
        let weeks = zip(span.allWeeks, new).map { week, count in
            FigureRow([.day(week.monday), .count(count), .count(active[week] ?? 0)])
        }
        return FigureReport(
            .members,
            days: span.days,
            zone: span.zone,
            facts: [
                FigureFact(.members, .count(members.count)),
                FigureFact(.newMembers, .count(new.reduce(0, +))),
                FigureFact(.active, .count(active[span.weeks.upperBound] ?? 0)),
            ],
            tables: [
                FigureTable(.weeks, [.week, .new, .active], weeks),
                Self.cohorts(try await store.ledger.cohorts(in: span.weeks), span), try await levels(of: members),
            ]
        )
    }

    /// How many members came in each week of the span. The calendar is asked once a week, not once a member.
    private static func newMembers(_ joinings: [MemberJoining], _ span: Span) -> [Int] {
        let starts = span.allWeeks.map { $0.monday.start(in: span.zone) }
        let start = span.start
        var new = starts.map { _ in 0 }
        for joining in joinings where joining.isActive && start <= joining.at {
            guard let week = starts.lastIndex(where: { $0 <= joining.at }) else { continue }
            new[week] += 1
        }
        return new
    }

    /// Who has no XP is on the first level.
    private func levels(of members: Set<MemberID>) async throws(StoreError) -> FigureTable {
        let ranks = try await store.ledger.ranks(.allTime, skipping: 0, limit: Self.ranked)
        var counts: [Level: Int] = [:]
        for rank in ranks where members.contains(rank.member) { counts[Level(xp: rank.xp), default: 0] += 1 }
        counts[.observer, default: 0] += members.count - counts.values.reduce(0, +)
        let rows = Level.allCases.map { level in
            let count = counts[level] ?? 0
            return FigureRow([.word(.level(level.rawValue)), .count(count), .share(count, of: members.count)])
        }
        return FigureTable(.levels, [.level, .members, .share], rows)
    }

    private static func cohorts(_ cohorts: [LedgerCohort], _ span: Span) -> FigureTable {
        let places = Dictionary(uniqueKeysWithValues: zip(span.allWeeks, 0...))
        var sizes: [ClubWeek: Int] = [:]
        for cohort in cohorts where cohort.first == cohort.week { sizes[cohort.first] = cohort.members }
        let sorted = cohorts.sorted { ($0.first, $0.week) < ($1.first, $1.week) }
        let rows = sorted.compactMap { cohort -> FigureRow? in
            guard let first = places[cohort.first], let week = places[cohort.week], let size = sizes[cohort.first],
                (0...followed).contains(week - first)
            else { return nil }
            let later = week - first
            return FigureRow([
                .day(cohort.first.monday), .count(later), .count(cohort.members), .share(cohort.members, of: size),
            ])
        }
        return FigureTable(.cohorts, [.cohort, .weeksLater, .members, .share], rows)
    }
}
