import Domain
import Foundation
import TestSupport
import Testing

/// The ledger made anew from what happened.
struct LedgerRebuildTests {
    /// Events whose lines a test says.
    private struct Said: LedgerOrigin {
        var portions: [[XPTransaction]]

        func eachPortion(_ take: ([XPTransaction]) async throws(StoreError) -> Void) async throws(StoreError) {
            for portion in portions { try await take(portion) }
        }
    }

    private let store = MemoryClubStore(clock: ManualClock())
    private let events = [
        [Fixtures.line(1, .chat, count: 3), Fixtures.line(1, .joined)], [Fixtures.line(2, .joined)],
        [Fixtures.line(1, .chat, count: 5)],
    ]

    private func rebuild(_ portions: [[XPTransaction]]) -> LedgerRebuild {
        let origins: [any LedgerOrigin] = [Said(portions: portions), CorrectionOrigin(store: store)]
        return LedgerRebuild(store: store, origins: origins, clock: ManualClock())
    }

    private func correct(_ correction: XPCorrection) async throws {
        _ = try await store.xpCorrections.change(.id(correction.id), cause: Fixtures.cause(1)) { _ in
            Change(correction)
        }
    }

    private func lines() async throws -> [XPTransaction] {
        try await store.ledger.lines(after: nil, limit: 99)
    }

    @Test func `a ledger that is what happened is the same afterwards, and nothing differed`() async throws {
        try await correct(Fixtures.correction(1, xp: -7))
        for lines in events { try await store.ledger.post(lines) }
        try await store.ledger.post([Fixtures.correction(1, xp: -7).line])
        let before = try await lines()
        let difference = try await rebuild(events).run()
        #expect(difference.isNone)
        #expect(difference.lines == 4)
        #expect(try await lines() == before)
        #expect(try await !LedgerRebuild.isUnfinished(in: store))
    }

    @Test func `missing, surplus and different lines are named, and put right`() async throws {
        try await correct(Fixtures.correction(1, xp: -7))
        let surplus = Fixtures.line(3, .hand)
        try await store.ledger.post([Fixtures.line(1, .chat, count: 5, xp: 99), Fixtures.line(2, .joined), surplus])
        let expected = try await rebuild(events).difference()
        #expect(expected.different.first.map(\.xp) == [99])
        #expect(expected.expected == [Fixtures.line(1, .chat).id: Fixtures.line(1, .chat, count: 5)])
        #expect(expected.surplus.first == [surplus])
        #expect(expected.missing.first == [Fixtures.line(1, .joined), Fixtures.correction(1, xp: -7).line])
        #expect(expected.missing.count == 2)
        #expect(try await lines().contains(surplus))

        #expect(try await rebuild(events).run() == expected)
        #expect(try await rebuild(events).difference().isNone)
        #expect(try await store.ledger.sums(of: [Fixtures.member(1).id]).values.map(\.xp) == [10 + 10 - 7])
    }

    @Test func `of many missing lines the first twenty are named`() async throws {
        let lines = (1...30).map { Fixtures.line(Int64($0), .joined) }
        let difference = try await rebuild([lines]).difference()
        #expect(difference.missing.count == 30)
        #expect(difference.missing.first == Array(lines.prefix(20)))
    }

    @Test(arguments: 0...6)
    func `a rebuild that was stopped leaves a mark, and is finished by the next one`(_ writes: Int) async throws {
        for lines in events { try await store.ledger.post(lines) }
        let before = try await lines()
        store.crash(afterWrites: writes)
        let isWhole = (try? await rebuild(events).run()) != nil
        store.crash(afterWrites: nil)
        let isMarked = try await LedgerRebuild.isUnfinished(in: store)
        #expect(isMarked == (writes > 0 && !isWhole))
        let isAsBefore = try await lines() == before
        #expect(isMarked || isAsBefore)
        _ = try await rebuild(events).run()
        #expect(try await lines() == before)
        #expect(try await !LedgerRebuild.isUnfinished(in: store))
    }
}
