import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    /// What posting, erasing and clearing promise.
    static let ledger = [
        StoreCheck("posting the same twice changes nothing, and says so") { bench in
            let lines = Fixtures.lines(now: bench.now)
            #expect(try await bench.store.ledger.post(lines) == [Fixtures.member(1).id, Fixtures.member(3).id])
            let once = try await LedgerView(bench.store)
            #expect(try await bench.store.ledger.post(lines.reversed()).isEmpty)
            #expect(try await LedgerView(bench.store) == once)
        },
        StoreCheck("a line grows with its source, and an older state does not take its place") { bench in
            let ledger = bench.store.ledger
            try await ledger.post([Fixtures.line(1, .chat, count: 3)])
            #expect(try await ledger.post([Fixtures.line(1, .chat, count: 5)]) == [Fixtures.member(1).id])
            #expect(try await ledger.post([Fixtures.line(1, .chat, count: 4)]).isEmpty)
            #expect(try await ledger.post([Fixtures.line(1, .chat, count: 5, xp: 99)]).isEmpty)
            #expect(try await ledger.lines(after: nil, limit: 9) == [Fixtures.line(1, .chat, count: 5)])
            #expect(try await sums(of: 1, in: bench) == [.chat: .init(count: 5, xp: 10)])
        },
        StoreCheck("of the same line twice in one call the one with the greatest count is meant") { bench in
            let counts = [2, 7, 7, 1]
            try await bench.store.ledger.post(counts.map { Fixtures.line(1, .chat, count: $0) })
            #expect(try await sums(of: 1, in: bench) == [.chat: .init(count: 7, xp: 14)])
        },
        StoreCheck("fifty posts at once to the same lines and members come to what they come to") { bench in
            await withTaskGroup(of: Void.self) { group in
                for number in 1...50 {
                    group.addTask {
                        let show = XPSource.show(LiveSessionID(rawValue: "show-\(number)"))
                        let lines = [
                            Fixtures.line(1, .chat, count: number % 20 + 1), Fixtures.line(1, .joined, show),
                            Fixtures.line(Int64(number % 5 + 2), .hand),
                        ]
                        // Whoever is told that the store is not there asks again.
                        while (try? await bench.store.ledger.post(lines)) == nil {}
                    }
                }
            }
            #expect(
                try await sums(of: 1, in: bench) == [
                    .chat: .init(count: 20, xp: 40), .joined: .init(count: 50, xp: 500),
                ]
            )
            let figures = try await bench.store.ledger.figures(in: Fixtures.monday...Fixtures.monday)
            let day = try #require(figures.first)
            #expect(day.sums.byRule[.hand] == .init(count: 5, xp: 25))
            #expect(day.members == [.chat: 1, .joined: 1, .hand: 5])
            #expect(day.active == 6)
        },
        StoreCheck("a line that grows on another day takes what it comes to along") { bench in
            let ledger = bench.store.ledger
            let later = Fixtures.monday.adding(days: 90)
            try await ledger.post([Fixtures.line(1, .chat, count: 3), Fixtures.line(1, .joined, on: later)])
            try await ledger.post([Fixtures.line(1, .chat, count: 4, on: later)])
            let (first, last) = (Fixtures.monday, later)
            #expect(try await ledger.days(of: Fixtures.member(1).id, in: first...last).keys.sorted() == [later])
            #expect(try await ledger.weeks(of: Fixtures.member(1).id, limit: 9) == [later.week])
            #expect(try await ledger.figures(in: first...last).map(\.day) == [later])
            #expect(try await ledger.ranks(.week(first.week), skipping: 0, limit: 9).isEmpty)
            #expect(try await ledger.ranks(.season(first.season), skipping: 0, limit: 9).isEmpty)
            #expect(try await ledger.ranks(.week(later.week), skipping: 0, limit: 9).map(\.xp) == [18])
            #expect(
                try await ledger.cohorts(in: first.week...later.week)
                    == [LedgerCohort(first: later.week, week: later.week, members: 1)]
            )
        },
        StoreCheck("what an admin takes lowers a member's sums and places, and is no deed") { bench in
            let ledger = bench.store.ledger
            try await ledger.post([
                Fixtures.line(1, .promoted), Fixtures.line(2, .joined), Fixtures.correction(1, xp: -45).line,
                Fixtures.correction(2, of: 3, xp: -10).line,
            ])
            #expect(try await ledger.sums(of: [Fixtures.member(1).id]).values.map(\.xp) == [5])
            let ranks = try await ledger.ranks(.allTime, skipping: 0, limit: 9)
            #expect(ranks.map(\.member) == [2, 1].map { Fixtures.member($0).id })
            #expect(try await ledger.weeks(of: Fixtures.member(3).id, limit: 9).isEmpty)
            let figures = try await ledger.figures(in: Fixtures.monday...Fixtures.monday)
            #expect(figures.map(\.active) == [2])
            #expect(figures.first?.sums.byRule[.correction] == nil)
            #expect(try await ledger.sums(of: Fixtures.correction(1).line.source).xp == -45)
        },
        StoreCheck("who is erased leaves nothing, and the others' sums are theirs") { bench in
            try await bench.store.ledger.post(Fixtures.lines(now: bench.now))
            try await bench.store.ledger.post([Fixtures.line(1, .joined, on: Fixtures.monday.adding(days: 70))])
            for _ in 1...2 { try await bench.store.ledger.erase(Fixtures.member(1).id) }
            let other = MemoryClubStore(clock: bench.clock)
            let rest = Fixtures.lines(now: bench.now).filter { $0.member != Fixtures.member(1).id }
            try await other.ledger.post(rest)
            #expect(try await LedgerView(bench.store) == LedgerView(other))
            let back = Fixtures.line(1, .hand)
            #expect(try await bench.store.ledger.post([back]) == [back.member])
            try await other.ledger.post([back])
            #expect(try await LedgerView(bench.store) == LedgerView(other))
        },
        StoreCheck("after everything was taken away the same lines can be posted again") { bench in
            let lines = Fixtures.lines(now: bench.now)
            try await bench.store.ledger.post(lines)
            let before = try await LedgerView(bench.store)
            try await bench.store.ledger.clear()
            #expect(try await LedgerView(bench.store) == LedgerView(MemoryClubStore(clock: bench.clock)))
            try await bench.store.ledger.post(lines)
            #expect(try await LedgerView(bench.store) == before)
        },
        StoreCheck("more lines than fit into one portion are posted all the same") { bench in
            let lines = (1...LedgerPortion.size + 7).map { number in
                Fixtures.line(1, .joined, .show(LiveSessionID(rawValue: "show-\(number)")))
            }
            try await bench.store.ledger.post(lines)
            #expect(try await sums(of: 1, in: bench) == [.joined: .init(count: 1_007, xp: 10_070)])
            try await bench.store.ledger.erase(Fixtures.member(1).id)
            #expect(try await bench.store.ledger.lines(after: nil, limit: 9).isEmpty)
        },
        StoreCheck("loaded lines come to the same, also where they take the place of others") { bench in
            let lines = Fixtures.lines(now: bench.now)
            try await bench.store.ledger.post(lines)
            let less = Fixtures.line(1, .chat, count: 2, on: Fixtures.monday.adding(days: 1))
            try await bench.store.loader.load([StoredRecord(less)], into: .xpTransactions)
            let other = MemoryClubStore(clock: bench.clock)
            try await other.ledger.post(lines.filter { $0.id != less.id } + [less])
            #expect(try await LedgerView(bench.store) == LedgerView(other))
        },
    ]

    private static func sums(of member: Int64, in bench: StoreBench) async throws -> [XPRule: LedgerSums.Sum] {
        let member = Fixtures.member(member).id
        return try await bench.store.ledger.sums(of: [member])[member]?.byRule ?? [:]
    }
}
