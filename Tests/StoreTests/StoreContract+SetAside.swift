import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    /// What becomes of updates that were set aside.
    static let setAside = [
        StoreCheck("an update that is tried again is pending behind all others, as if it had not failed") { bench in
            let inbox = bench.store.inbox
            try await giveUp(1, of: 3, in: bench)
            let before = try await inbox.pending(bot: .club, after: 0, limit: 9)
            #expect(try await inbox.retry(bot: .club, updateID: 1, audit: [Fixtures.entry(1)]))
            let last = try #require(before.last)
            let behind = try await inbox.pending(bot: .club, after: last.sequence, limit: 9)
            #expect(behind.map(\.entry) == [Fixtures.update(1)])
            #expect(try await inbox.pendingCount(bot: .club) == 3)
            #expect(try await inbox.setAside(bot: .club, limit: 9).isEmpty)
            #expect(try await inbox.receive([Fixtures.update(1)], nextOffset: 4, bot: .club) == 0)
            #expect(try await inbox.recordFailure(bot: .club, updateID: 1) == 1)
            #expect(try await bench.store.audit.list(after: nil, limit: 9).items == [Fixtures.entry(1)])
        },
        StoreCheck("an update that is dropped is never handled, and its number stays taken") { bench in
            let inbox = bench.store.inbox
            try await giveUp(1, of: 2, in: bench)
            #expect(try await inbox.discard(bot: .club, updateID: 1, audit: [Fixtures.entry(1)], now: bench.now))
            #expect(try await inbox.setAside(bot: .club, limit: 9).isEmpty)
            #expect(try await inbox.pending(bot: .club, after: 0, limit: 9).map(\.entry.updateID) == [2])
            #expect(try await inbox.receive([Fixtures.update(1)], nextOffset: 4, bot: .club) == 0)
            #expect(try await bench.store.audit.list(after: nil, limit: 9).items == [Fixtures.entry(1)])
        },
        StoreCheck("what is not set aside is neither tried again nor dropped, and nothing is written down") { bench in
            let inbox = bench.store.inbox
            try await giveUp(1, of: 3, in: bench)
            try await inbox.finish(bot: .club, updateID: 2, outbox: [], now: bench.now)
            for number in Int64(2)...4 {
                #expect(try await !inbox.retry(bot: .club, updateID: number, audit: [Fixtures.entry(1)]))
                #expect(
                    try await !inbox.discard(bot: .club, updateID: number, audit: [Fixtures.entry(2)], now: bench.now)
                )
            }
            #expect(try await !inbox.retry(bot: .recorder, updateID: 1, audit: [Fixtures.entry(3)]))
            #expect(try await inbox.retry(bot: .club, updateID: 1, audit: []))
            #expect(try await !inbox.retry(bot: .club, updateID: 1, audit: [Fixtures.entry(4)]))
            #expect(try await inbox.pending(bot: .club, after: 0, limit: 9).map(\.entry.updateID) == [3, 1])
            #expect(try await bench.store.audit.list(after: nil, limit: 9).items.isEmpty)
        },
    ]

    /// Receives updates 1 to `count` and gives one of them up.
    private static func giveUp(_ number: Int64, of count: Int64, in bench: StoreBench) async throws {
        let inbox = bench.store.inbox
        let updates = (1...count).map { Fixtures.update($0) }
        _ = try await inbox.receive(updates, nextOffset: count + 1, bot: .club)
        for _ in 1...3 { _ = try await inbox.recordFailure(bot: .club, updateID: number) }
        try await inbox.setAside(bot: .club, updateID: number, error: "odd", outbox: [], now: bench.now)
    }
}
