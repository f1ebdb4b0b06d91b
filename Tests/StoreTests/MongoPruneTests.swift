import Domain
import Foundation
import TestSupport
import Testing

@testable import MongoStore

/// Forgetting, while others go on.
@Suite(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"), .timeLimit(.minutes(3)))
struct MongoPruneTests {
    @Test func `an update that takes the number of one that is being forgotten is kept`() async throws {
        let bench = try await StoreBench.onWire()
        _ = try await bench.store.inbox.receive([Fixtures.update(1)], nextOffset: 2, bot: .club)
        try await bench.store.inbox.finish(bot: .club, updateID: 1, outbox: [], now: bench.now)
        let later = bench.after(49 * 3_600)
        try await bench.fail(["delete"], on: "inbox", ["blockConnection": true, "blockTimeMS": 1_500], times: 1)

        async let pruned: Void = bench.store.prune(now: later)
        try await bench.awaitJournal("find", on: "inbox", filter: ["state": "finished"])
        var next = Fixtures.update(1)
        next.receivedAt = later
        #expect(try await bench.store.inbox.receive([next], nextOffset: 2, bot: .club) == 1)
        try await pruned

        #expect(try await bench.store.inbox.pending(bot: .club, after: 0, limit: 9).map(\.entry) == [next])
        await bench.store.close()
    }

    @Test func `a document that cannot be read does not stop the forgetting`() async throws {
        let bench = try await StoreBench.onWire()
        try await bench.add(Fixtures.member(1))
        try await bench.beneath { client in
            let newer = MongoUpdate(filter: ["_id": "member-1"], change: ["$set": ["schema": 1_000]])
            _ = try client.update([newer], in: "users")
        }
        _ = try await bench.store.inbox.receive([Fixtures.update(1)], nextOffset: 2, bot: .club)
        try await bench.store.inbox.finish(bot: .club, updateID: 1, outbox: [], now: bench.now)
        try await bench.store.prune(now: bench.after(49 * 3_600))

        #expect(try await bench.store.inbox.receive([Fixtures.update(1)], nextOffset: 2, bot: .club) == 1)
        await bench.store.close()
    }

    @Test func `a session that ended is kept until its messages are handed on`() async throws {
        let bench = try await StoreBench.onWire()
        let link = SignInLink(
            id: SecretDigest(rawValue: "payload"),
            poll: SecretDigest(rawValue: "poll"),
            number: 42,
            device: "Firefox",
            expiresAt: bench.now
        )
        try await bench.fail(["insert"], on: "outbox")
        _ = try await bench.store.signInLinks.change(.id(link.id), cause: Fixtures.cause(1)) { _ in
            Change(link, outbox: [Fixtures.draft("a")])
        }
        try await bench.store.prune(now: bench.after(49 * 3_600))
        try await bench.unfail("outbox")
        try await bench.sweep()

        #expect(try await bench.claimed() == ["a"])
        await bench.store.close()
    }
}
