import Domain
import Foundation
import TestSupport
import Testing

@testable import MongoStore

/// What calls that were broken off leave in the outbox, and what goes on at the same time.
@Suite(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"), .timeLimit(.minutes(3)))
struct MongoOutboxTests {
    /// A step of a claim that fails, and how.
    struct Break: Sendable, CustomTestStringConvertible {
        let command: String
        let collection: String
        /// Whether the step is carried out, and only its answer lost.
        let isApplied: Bool

        var testDescription: String { "\(command) \(collection)\(isApplied ? ", carried out" : "")" }

        var fault: BSON { isApplied ? ["closeAfterApplying": true] : ["closeConnection": true] }
    }

    @Test(arguments: [
        Break(command: "update", collection: "conversations", isApplied: true),
        Break(command: "update", collection: "outbox", isApplied: false),
        Break(command: "update", collection: "outbox", isApplied: true),
    ])
    func `a claim that the server breaks off keeps no message back`(_ place: Break) async throws {
        let bench = try await StoreBench.onWire()
        try await bench.append(Fixtures.draft("1a"), Fixtures.draft("1b"), Fixtures.draft("2", chat: 2))
        try await bench.fail([place.command], on: place.collection, place.fault)
        await #expect(throws: StoreError.self) { try await bench.claim() }
        try await bench.unfail(place.collection)

        let rows = try await bench.claim()
        #expect(rows.map(\.draft.dedupeKey) == ["1a", "2"])
        #expect(rows.allSatisfy { $0.attempts == 1 && !$0.isUncertain })
        #expect(try await bench.claim().isEmpty)
        await bench.store.close()
    }

    @Test func `a message is found whose writer lost the server before it could show it`() async throws {
        let bench = try await StoreBench.onWire()
        try await bench.fail(["insert", "update"], on: "conversations")
        await #expect(throws: StoreError.self) { try await bench.append(Fixtures.draft("a")) }
        try await bench.unfail("conversations")

        try await bench.sweep()
        let other = try await bench.reopen()
        let all = Set(OutboxLane.allCases)
        let rows = try await other.outbox.claim(bot: .club, lanes: all, excluding: [], limit: 9, now: bench.now)
        #expect(rows.map(\.draft.dedupeKey) == ["a"])
        await other.close()
        await bench.store.close()
    }

    @Test func `a message that another process claims while its group becomes another keeps neither back`() async throws
    {
        let bench = try await StoreBench.onWire()
        try await bench.append(Fixtures.draft("a", chat: -1))
        let row = try #require(try await bench.claim().first)
        // What the other process does between the steps of the claim: `move` has seen no message on its way.
        try await bench.beneath { client in
            let moved = MongoUpdate(filter: ["_id": "a"], change: ["$set": ["chat": -100]])
            _ = try client.update([moved], in: "outbox")
        }
        try await bench.settle(row, .retry(notBefore: bench.now))
        try await bench.append(Fixtures.draft("b", chat: -1))

        #expect(try await bench.claimed() == ["a", "b"])
        await bench.store.close()
    }

    @Test func `a message that is settled while its group becomes another does not keep the new one back`() async throws
    {
        let bench = try await StoreBench.onWire()
        let (old, new) = (ChatID(rawValue: -1), ChatID(rawValue: -100))
        try await bench.append(Fixtures.draft("a", chat: -1))
        let row = try #require(try await bench.claim().first)
        // The first step of `move` waits long enough for the message to be settled.
        try await bench.fail(
            ["insert", "update"],
            on: "conversations",
            ["blockConnection": true, "blockTimeMS": 1_500],
            times: 1
        )
        async let moved: Void = bench.store.outbox.move(bot: .club, from: old, to: new)
        try await bench.awaitJournal("find", on: "conversations", filter: ["_id": ["$in": ["club:-100"]]])
        try await bench.settle(row, .sent(message: 1))
        try await moved
        try await bench.append(Fixtures.draft("b", chat: -100))

        #expect(try await bench.claimed() == ["b"])
        await bench.store.close()
    }

    @Test func `a group whose messages could not be moved is not kept back for ever`() async throws {
        let bench = try await StoreBench.onWire()
        let (old, new) = (ChatID(rawValue: -1), ChatID(rawValue: -100))
        try await bench.append(Fixtures.draft("a", chat: -1))
        let row = try #require(try await bench.claim().first)
        try await bench.fail(["update"], on: "outbox")
        await #expect(throws: StoreError.self) { try await bench.store.outbox.move(bot: .club, from: old, to: new) }
        try await bench.unfail("outbox")
        try await bench.settle(row, .sent(message: 1))
        try await bench.append(Fixtures.draft("b", chat: -100))

        #expect(try await bench.claimed() == ["b"])
        await bench.store.close()
    }

    @Test func `a hold that is loaded takes the place of a longer one`() async throws {
        let bench = try await StoreBench.onWire()
        let chat = ChatID(rawValue: 1)
        try await bench.store.outbox.hold(bot: .club, chat: chat, until: bench.after(60))
        let hold = OutboxHoldRecord(bot: .club, chat: chat, until: bench.after(-1))
        try await bench.store.loader.load([StoredRecord(hold)], into: .outboxHolds)
        try await bench.append(Fixtures.draft("a"))

        #expect(try await bench.claimed() == ["a"])
        await bench.store.close()
    }

    @Test func `no message is lost where a backup put the numbers back`() async throws {
        let bench = try await StoreBench.onWire()
        try await bench.append(Fixtures.draft("a"), Fixtures.draft("b"))
        try await bench.beneath { client in
            let back = MongoUpdate(filter: ["_id": "outbox"], change: ["$set": ["value": 0]])
            _ = try client.update([back], in: "counters")
        }
        try await bench.append(Fixtures.draft("c", chat: 2), Fixtures.draft("d", chat: 3), Fixtures.draft("e", chat: 4))

        #expect(try await Set(bench.claimed()) == ["a", "c", "d", "e"])
        await bench.store.close()
    }

    @Test func `numbers go on behind all that a backup brought`() async throws {
        let bench = try await StoreBench.onWire()
        _ = try await bench.store.inbox.receive([Fixtures.update(1), Fixtures.update(2)], nextOffset: 3, bot: .club)
        try await bench.beneath { try $0.delete(["_id": "inbox"], from: "counters") }
        let again = try await bench.reopen()
        _ = try await again.inbox.receive([Fixtures.update(3)], nextOffset: 4, bot: .club)

        let pending = try await again.inbox.pending(bot: .club, after: 0, limit: 9)
        #expect(pending.map(\.entry.updateID) == [1, 2, 3])
        await again.close()
        await bench.store.close()
    }
}
