import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    /// What is read of the ledger.
    static let ledgerReading = [
        StoreCheck("a member's lines are paged, the newest first, those of one moment by id") { bench in
            let ledger = bench.store.ledger
            let lines = [
                Fixtures.line(1, .chat, at: bench.after(5)), Fixtures.line(1, .joined, at: bench.after(5)),
                Fixtures.line(1, .hand, at: bench.after(5)), Fixtures.line(1, .handTaken, at: bench.after(5)),
                Fixtures.line(1, .joined, .show(LiveSessionID(rawValue: "show-2")), at: bench.after(9)),
                Fixtures.line(1, .joined, .show(LiveSessionID(rawValue: "show-0")), at: bench.after(5)),
                Fixtures.line(2, .joined, at: bench.after(7)),
            ]
            try await ledger.post(lines)
            let member = Fixtures.member(1).id
            let order = [4, 1, 5, 3, 2, 0].map { lines[$0] }
            var (read, start): ([XPTransaction], PageStart) = ([], .first)
            for size in [1, 3, 2] {
                let page = try await ledger.lines(of: member, from: start, limit: size)
                read += page.items
                if let next = page.next { start = .after(next) }
            }
            #expect(read == order)
            #expect(try await ledger.lines(of: member, from: .offset(4), limit: 9).items == Array(order.dropFirst(4)))
            #expect(try await ledger.lines(of: member, from: .first, limit: 0).items.isEmpty)
            #expect(try await ledger.lines(of: Fixtures.member(9).id, from: .first, limit: 9).items.isEmpty)
        },
        StoreCheck("members with the same XP stand in the order of their ids, and nobody without XP stands") { bench in
            let ledger = bench.store.ledger
            try await ledger.post([
                Fixtures.line(4, .joined), Fixtures.line(2, .joined), Fixtures.line(3, .promoted),
                Fixtures.line(1, .opened), Fixtures.correction(1, of: 5, xp: -1).line,
            ])
            let all = [3, 2, 4].map { Fixtures.member($0).id }
            #expect(try await ledger.ranks(.allTime, skipping: 0, limit: 9).map(\.member) == all)
            #expect(try await ledger.ranks(.allTime, skipping: 1, limit: 1).map(\.member) == [all[1]])
            #expect(try await ledger.ranks(.allTime, skipping: 3, limit: 9).isEmpty)
            #expect(try await ledger.ranks(.allTime, skipping: 0, limit: 0).isEmpty)
            let next = Fixtures.monday.adding(days: 7)
            #expect(try await ledger.ranks(.week(next.week), skipping: 0, limit: 9).isEmpty)
            #expect(try await ledger.ranks(.season(next.season), skipping: 0, limit: 9).count == 3)
        },
        StoreCheck("an episode comes to what its days and its whole come to") { bench in
            let ledger = bench.store.ledger
            let podcast = Fixtures.podcast(1).id
            let days = [Fixtures.monday, Fixtures.monday.adding(days: 1)]
            try await ledger.post([
                Fixtures.line(1, .episodeTime, .listening(podcast, on: days[0]), count: 60_000, xp: 1, on: days[0]),
                Fixtures.line(1, .episodeTime, .listening(podcast, on: days[1]), count: 90_000, xp: 1, on: days[1]),
                Fixtures.line(2, .episodeTime, .listening(podcast, on: days[1]), count: 30_000, xp: 0, on: days[1]),
                Fixtures.line(1, .episodeCompleted, .episode(podcast), on: days[1]),
            ])
            #expect(
                try await ledger.sums(ofEpisode: podcast).byRule == [
                    .episodeTime: .init(count: 180_000, xp: 2), .episodeCompleted: .init(count: 1, xp: 10),
                ]
            )
            #expect(try await ledger.sums(of: .episode(podcast)).byRule.keys.map(\.self) == [.episodeCompleted])
            let second = try await ledger.sums(of: .listening(podcast, on: days[1]))
            #expect(second.byRule == [.episodeTime: .init(count: 120_000, xp: 1)])
            #expect(try await ledger.sums(ofEpisode: Fixtures.podcast(2).id) == LedgerSums())
        },
        StoreCheck("weeks, days and cohorts of three members, worked out by hand") { bench in
            let ledger = bench.store.ledger
            func show(_ number: Int, _ member: Int64, week: Int, day: Int = 0) -> XPTransaction {
                let source = XPSource.show(LiveSessionID(rawValue: "show-\(number)"))
                return Fixtures.line(member, .joined, source, on: Fixtures.monday.adding(days: 7 * week + day))
            }
            // Anna came in weeks 0, 1 and 3, Boris in 0 and 3, Vera in 1 for the first time.
            try await ledger.post([
                show(1, 1, week: 0), show(2, 1, week: 0, day: 6), show(3, 1, week: 1), show(4, 1, week: 3),
                show(1, 2, week: 0), show(4, 2, week: 3), show(3, 3, week: 1),
                Fixtures.correction(1, of: 3, on: Fixtures.monday).line,
            ])
            let weeks = (0...4).map { Fixtures.monday.week.adding(weeks: $0) }
            #expect(try await ledger.weeks(of: Fixtures.member(1).id, limit: 2) == [weeks[3], weeks[1]])
            #expect(try await ledger.active(in: weeks[0]...weeks[4]) == [weeks[0]: 2, weeks[1]: 2, weeks[3]: 2])
            #expect(try await ledger.active(in: weeks[1]...weeks[2]) == [weeks[1]: 2])
            let cohorts = try await ledger.cohorts(in: weeks[0]...weeks[4])
            #expect(
                cohorts == [
                    LedgerCohort(first: weeks[0], week: weeks[0], members: 2),
                    LedgerCohort(first: weeks[0], week: weeks[1], members: 1),
                    LedgerCohort(first: weeks[0], week: weeks[3], members: 2),
                    LedgerCohort(first: weeks[1], week: weeks[1], members: 1),
                ]
            )
            #expect(
                try await ledger.cohorts(in: weeks[1]...weeks[4])
                    == [LedgerCohort(first: weeks[1], week: weeks[1], members: 1)]
            )
            // Vera was there in week 0 after all: she comes from there.
            try await ledger.post([show(1, 3, week: 0)])
            #expect(
                try await ledger.cohorts(in: weeks[0]...weeks[2]) == [
                    LedgerCohort(first: weeks[0], week: weeks[0], members: 3),
                    LedgerCohort(first: weeks[0], week: weeks[1], members: 2),
                ]
            )
            let figures = try await ledger.figures(in: Fixtures.monday...Fixtures.monday.adding(days: 6))
            #expect(figures.map(\.active) == [3, 1])
            #expect(figures.map(\.members) == [[.joined: 3], [.joined: 1]])
            #expect(figures.map(\.sums.xp) == [30, 10])
        },
        StoreCheck("whatever is posted in whatever order, everything comes to what a plain count comes to") { bench in
            var random = SmallRandom(state: 2_026)
            let model = MemoryClubStore(clock: bench.clock)
            for round in 1...40 {
                let lines = (0..<random.next(12) + 1).map { _ in line(&random) }
                let changed = try await bench.store.ledger.post(lines)
                #expect(try await model.ledger.post(lines) == changed, "round \(round)")
                if round % 13 == 0 {
                    let member = Fixtures.member(Int64(random.next(6) + 1)).id
                    try await bench.store.ledger.erase(member)
                    try await model.ledger.erase(member)
                }
            }
            #expect(try await LedgerView(bench.store) == LedgerView(model))
        },
    ]

    static let ledgerReopening = StoreCheck("the ledger is there again with all that it comes to") { bench in
        try await bench.store.ledger.post(Fixtures.lines(now: bench.now))
        let before = try await LedgerView(bench.store)
        await bench.store.close()
        let again = try await bench.reopen()
        #expect(try await LedgerView(again) == before)
        #expect(try await again.ledger.post(Fixtures.lines(now: bench.now)).isEmpty)
        await again.close()
    }

    /// Some line of the club of `LedgerView`.
    private static func line(_ random: inout SmallRandom) -> XPTransaction {
        let day = LedgerView.days[random.next(100)]
        let podcast = LedgerView.podcasts[random.next(3)]
        let rules = XPRule.allCases
        let source: XPSource
        switch random.next(4) {
        case 0, 1: source = .show(LedgerView.shows[random.next(4)])
        case 2: source = .listening(podcast, on: LedgerView.days[random.next(3)])
        default: source = random.next(2) == 0 ? .episode(podcast) : Fixtures.correction(random.next(4)).line.source
        }
        return Fixtures.line(
            Int64(random.next(6) + 1),
            rules[random.next(rules.count)],
            source,
            count: random.next(5) + 1,
            xp: random.next(40) - 10,
            on: day,
            at: Fixtures.start.addingTimeInterval(Double(random.next(20)))
        )
    }
}

/// Numbers that look like chance and are the same in every run. Source: xorshift64, G. Marsaglia 2003.
private struct SmallRandom {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}
