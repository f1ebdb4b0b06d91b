import Domain
import Foundation
import TestSupport
import Testing

@testable import MongoStore

/// The ledger in MongoDB, where whoever changes it is stopped in between.
@Suite(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"), .timeLimit(.minutes(3)))
struct MongoLedgerTests {
    /// What is to become of the ledger in the end: posts one after another.
    private static let posts: [[XPTransaction]] = [
        [Fixtures.line(1, .chat, count: 3), Fixtures.line(1, .joined), Fixtures.line(2, .joined)],
        [Fixtures.line(1, .chat, count: 9, on: Fixtures.monday.adding(days: 7)), Fixtures.line(3, .hand)],
    ]

    private func expected(_ posts: [[XPTransaction]]) async throws -> LedgerView {
        let model = MemoryClubStore(clock: ManualClock())
        for post in posts { try await model.ledger.post(post) }
        return try await LedgerView(model)
    }

    @Test(arguments: ["xp_transactions", "ledger_sums"])
    func `what a post has decided and could not carry out, the sweep does`(_ collection: String) async throws {
        let bench = try await StoreBench.onWire()
        try await bench.store.ledger.post(Self.posts[0])
        try await bench.fail(["update"], on: collection)
        await #expect(throws: StoreError.self) { try await bench.store.ledger.post(Self.posts[1]) }
        try await bench.unfail(collection)
        try await bench.sweep()
        #expect(try await LedgerView(bench.store) == expected(Self.posts))
        #expect(try await bench.store.ledger.post(Self.posts[1]).isEmpty)
        #expect(try await LedgerView(bench.store) == expected(Self.posts))
        await bench.store.close()
    }

    @Test(arguments: ["xp_transactions", "ledger_sums"])
    func `what a post has decided and could not carry out, another process does before its own`(
        _ collection: String
    ) async throws {
        let bench = try await StoreBench.onWire()
        let other = try await bench.reopen()
        try await bench.fail(["update"], on: collection)
        await #expect(throws: StoreError.self) { try await bench.store.ledger.post(Self.posts[0]) }
        try await bench.unfail(collection)
        try await other.ledger.post(Self.posts[1])
        #expect(try await LedgerView(bench.store) == expected(Self.posts))
        await other.close()
        await bench.store.close()
    }

    @Test func `a post that came to nothing leaves nothing`() async throws {
        let bench = try await StoreBench.onWire()
        try await bench.store.ledger.post(Self.posts[0])
        try await bench.fail(["update"], on: "ledger")
        await #expect(throws: StoreError.self) { try await bench.store.ledger.post(Self.posts[1]) }
        try await bench.unfail("ledger")
        try await bench.sweep()
        #expect(try await LedgerView(bench.store) == expected([Self.posts[0]]))
        await bench.store.close()
    }

    @Test func `carrying out a change a second time, and late, changes nothing`() async throws {
        let bench = try await StoreBench.onWire()
        try await bench.fail(["update"], on: "ledger_sums")
        await #expect(throws: StoreError.self) { try await bench.store.ledger.post(Self.posts[0]) }
        let head = try await bench.beneath { try $0.first(MongoQuery(collection: "ledger", filter: ["_id": "head"])) }
        let pending = try #require(head?["pending"])
        try await bench.unfail("ledger_sums")
        try await bench.store.ledger.post(Self.posts[1])
        // Somebody who was stopped long ago goes on with the first change.
        try await bench.beneath { client in
            try MongoLedger(client: client, now: Fixtures.start).carryOut(pending)
        }
        #expect(try await LedgerView(bench.store) == expected(Self.posts))
        #expect(try await !bench.store.ledger.post([Fixtures.line(1, .hand)]).isEmpty)
        #expect(try await LedgerView(bench.store) == expected(Self.posts + [[Fixtures.line(1, .hand)]]))
        await bench.store.close()
    }

    @Test func `processes that post, erase and read at once lose nothing and count nothing twice`() async throws {
        let bench = try await StoreBench.onWire()
        let stores = [bench.store, try await bench.reopen(), try await bench.reopen()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (place, store) in stores.enumerated() {
                group.addTask {
                    for number in 1...12 {
                        let show = XPSource.show(LiveSessionID(rawValue: "show-\(number % 4 + 1)"))
                        try await store.ledger.post([
                            Fixtures.line(1, .chat, count: number), Fixtures.line(Int64(place + 2), .joined, show),
                        ])
                    }
                }
            }
            group.addTask {
                try await stores[0].ledger.post([Fixtures.line(6, .joined)])
                try await stores[1].ledger.erase(Fixtures.member(6).id)
            }
            try await group.waitForAll()
        }
        let model = MemoryClubStore(clock: bench.clock)
        try await model.ledger.post([Fixtures.line(1, .chat, count: 12)])
        for member in Int64(2)...4 {
            try await model.ledger.post(LedgerView.shows.map { Fixtures.line(member, .joined, .show($0)) })
        }
        #expect(try await LedgerView(bench.store) == LedgerView(model))
        for store in stores { await store.close() }
    }

    @Test func `of somebody who was erased not even an id is left after a minute`() async throws {
        let bench = try await StoreBench.onWire()
        try await bench.store.ledger.post(Self.posts[0])
        try await bench.store.ledger.erase(Fixtures.member(1).id)
        #expect(try await names(in: bench).contains { $0.contains("member-1") })
        bench.clock.advance(by: .seconds(61))
        try await bench.sweep()
        let left = try await names(in: bench)
        #expect(!left.contains { $0.contains("member-1") })
        #expect(left.contains { $0.contains("member-2") })
        await bench.store.close()
    }

    /// The ids of all documents of the ledger.
    private func names(in bench: StoreBench) async throws -> [String] {
        try await bench.beneath { client in
            try [MongoLedger.lines, MongoLedger.sums].flatMap { collection in
                try client.find(MongoQuery(collection: collection, filter: .empty)).compactMap { $0["_id"]?.string }
            }
        }
    }
}
