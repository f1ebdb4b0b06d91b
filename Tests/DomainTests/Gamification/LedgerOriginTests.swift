import Foundation
import TestSupport
import Testing

@testable import Domain

/// The stored events of which the ledger is made anew.
struct LedgerOriginTests {
    private let clock = ManualClock()
    private let store: MemoryClubStore

    init() {
        store = MemoryClubStore(clock: clock)
    }

    private func lines(of origin: any LedgerOrigin) async throws -> [XPTransaction] {
        var lines: [XPTransaction] = []
        try await origin.eachPortion { (portion) throws(StoreError) in lines += portion }
        return lines
    }

    @Test func `every show that has begun gives the lines that scoring gives, whatever became of it`() async throws {
        for (collection, records) in try FullClub.records(now: clock.now) {
            try await store.loader.load(records, into: collection)
        }
        let scores = ShowScores(store: store, clock: clock)
        var expected: Set<String> = []
        for listing in LiveSessionListing.allCases {
            for show in try await store.liveSessions.list(listing, from: .first, limit: 1_000).items {
                expected.formUnion(try await scores.lines(of: show).map(\.id))
            }
        }
        let lines = try await lines(of: ShowOrigin(store: store, clock: clock))
        #expect(!expected.isEmpty)
        #expect(lines.count == expected.count)
        #expect(Set(lines.map(\.id)) == expected)
    }

    @Test func `shows beyond the first page are not passed over`() async throws {
        for number in 1...250 {
            let show = Fixtures.show(number, status: .ended)
            _ = try await store.liveSessions.change(.id(show.id), cause: Fixtures.cause(1)) { _ in Change(show) }
        }
        let origin = ShowOrigin(store: store, clock: clock)
        var portions = 0
        try await origin.eachPortion { (_) throws(StoreError) in portions += 1 }
        #expect(portions == 250)
    }

    @Test func `every day of listening gives its lines`() async throws {
        let days = try (1...450).map { try Fixtures.listeningDay($0, now: clock.now) }
        try await store.loader.load(days.map { try StoredRecord(EntityRecord($0, causes: [])) }, into: .listeningDays)
        let lines = try await lines(of: ListeningOrigin(store: store))
        #expect(lines.map(\.id).sorted() == days.flatMap(\.lines).map(\.id).sorted())
    }
}
