import Domain
import Foundation
import TestSupport

/// All that can be read of a ledger of a small club: of members 1 to 6, shows 1 to 4, podcasts 1 to 3, in the hundred
/// days from `Fixtures.monday` on.
struct LedgerView: Equatable {
    var lines: [XPTransaction]
    var pages: [MemberID: [XPTransaction]] = [:]
    var members: [MemberID: LedgerSums]
    var days: [MemberID: [ClubDay: LedgerSums]] = [:]
    var weeks: [MemberID: [ClubWeek]] = [:]
    var ranks: [LedgerPeriod: [LedgerRank]] = [:]
    var sources: [XPSource: LedgerSums] = [:]
    var episodes: [LedgerSums] = []
    var figures: [LedgerDay]
    var active: [ClubWeek: Int]
    var cohorts: [LedgerCohort]
    /// Of a part of the weeks.
    var laterCohorts: [LedgerCohort]

    static let memberIDs = (Int64(1)...6).map { Fixtures.member($0).id }
    static let days = (0..<100).map { Fixtures.monday.adding(days: $0) }
    static let podcasts = (Int64(1)...3).map { Fixtures.podcast($0).id }
    static let shows = (1...4).map { LiveSessionID(rawValue: "show-\($0)") }

    init(_ store: any ClubStore) async throws {
        let ledger = store.ledger
        let all = Self.days[0]...Self.days[99]
        lines = []
        while true {
            let more = try await ledger.lines(after: lines.last?.id, limit: 3)
            guard !more.isEmpty else { break }
            lines += more
        }
        members = try await ledger.sums(of: Self.memberIDs)
        for member in Self.memberIDs {
            pages[member] = try await Self.pages(of: member, in: ledger)
            days[member] = try await ledger.days(of: member, in: all)
            weeks[member] = try await ledger.weeks(of: member, limit: 6)
        }
        let inWeeks = Set(Self.days.map(\.week)).map(LedgerPeriod.week)
        let periods = inWeeks + Set(Self.days.map(\.season)).map(LedgerPeriod.season) + [.allTime]
        for period in periods {
            let first = try await ledger.ranks(period, skipping: 0, limit: 2)
            ranks[period] = try await first + ledger.ranks(period, skipping: 2, limit: 9)
        }
        for source in Set(lines.map(\.source)).union(Self.shows.map(XPSource.show)) {
            sources[source] = try await ledger.sums(of: source)
        }
        for podcast in Self.podcasts { episodes.append(try await ledger.sums(ofEpisode: podcast)) }
        figures = try await ledger.figures(in: all)
        active = try await ledger.active(in: Self.days[0].week...Self.days[99].week)
        cohorts = try await ledger.cohorts(in: Self.days[0].week...Self.days[99].week)
        laterCohorts = try await ledger.cohorts(in: Self.days[14].week...Self.days[70].week)
    }

    private static func pages(of member: MemberID, in ledger: any LedgerStore) async throws -> [XPTransaction] {
        var (lines, start): ([XPTransaction], PageStart) = ([], .first)
        while true {
            let page = try await ledger.lines(of: member, from: start, limit: 2)
            lines += page.items
            guard let next = page.next else { return lines }
            start = .after(next)
        }
    }
}
