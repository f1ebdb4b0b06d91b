import Domain
import Foundation
import Logging
import TestSupport
import Testing

@testable import MongoStore

/// What a change asks for, where its writer was stopped in between; and what a document remembers.
@Suite(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"), .timeLimit(.minutes(3)))
struct MongoEffectsTests {
    private func bench() async throws -> StoreBench {
        let server = try #require(MongoServer.all.first)
        return try await server.bench()
    }

    /// Lets the server lose the connection at each insertion into the outbox of this store, before it is carried out.
    private func blockOutbox(of bench: StoreBench, _ isBlocked: Bool) async throws {
        try await block("outbox", of: bench, isBlocked)
    }

    private func block(_ collection: String, of bench: StoreBench, _ isBlocked: Bool) async throws {
        if isBlocked { try await bench.fail(["insert"], on: collection) } else { try await bench.unfail(collection) }
    }

    private func changeWithMessage(_ bench: StoreBench, _ number: Int = 1) async throws -> Change<Member> {
        let draft = Fixtures.draft("message-\(number)")
        let id = Fixtures.member().id
        return try await bench.store.members.change(.id(id), cause: Fixtures.cause(number)) { member in
            Change(member ?? Fixtures.member(), outbox: [draft])
        }
    }

    @Test func `the sweep sends on what the writer of a change could not`() async throws {
        let bench = try await bench()
        let store = try #require(bench.store as? MongoClubStore)
        try await blockOutbox(of: bench, true)
        #expect(try await changeWithMessage(bench).outbox.map(\.dedupeKey) == ["message-1"])
        #expect(try await bench.claimed() == [])
        try await blockOutbox(of: bench, false)

        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let sweep = Task { try await store.sweep(logger: logger).run() }
        await bench.signal.wakeup(for: .club).wait(atMost: .seconds(60), clock: SystemClubClock())
        #expect(try await bench.claimed() == ["message-1"])
        sweep.cancel()
        try await sweep.value
        await store.close()
    }

    @Test func `a store that opens writes down what a crash has left of the audit, once`() async throws {
        let bench = try await bench()
        try await block("audit", of: bench, true)
        _ = try await bench.store.members.change(.id(Fixtures.member().id), cause: Fixtures.cause(1)) { member in
            Change(member ?? Fixtures.member(), outbox: [Fixtures.draft("told")], audit: [Fixtures.entry(1)])
        }
        #expect(try await bench.store.audit.list(after: nil, limit: 9).items.isEmpty)
        try await block("audit", of: bench, false)
        for _ in 1...2 {
            let again = try await bench.reopen()
            #expect(try await again.audit.list(after: nil, limit: 9).items == [Fixtures.entry(1)])
            await again.close()
        }
        #expect(try await bench.claimed() == ["told"])
        await bench.store.close()
    }

    @Test func `what is left of a change is done before the messages are counted`() async throws {
        let bench = try await bench()
        try await blockOutbox(of: bench, true)
        _ = try await changeWithMessage(bench)
        try await blockOutbox(of: bench, false)
        #expect(try await bench.store.outbox.counts(bot: .club).queued == 1)
        await bench.store.close()
    }

    @Test func `however much is left is done before the messages are counted`() async throws {
        let bench = try await bench()
        try await bench.fail(["insert"], on: "outbox", ["errorCode": 85])
        for number in Int64(1)...210 {
            let draft = Fixtures.draft("\(number)", chat: number)
            let member = Fixtures.member(number)
            _ = try await bench.store.members.change(.id(member.id), cause: Fixtures.cause(1)) { _ in
                Change(member, outbox: [draft])
            }
        }
        try await bench.unfail("outbox")
        #expect(try await bench.store.outbox.counts(bot: .club).queued == 210)
        await bench.store.close()
    }

    @Test func `a later change of the document sends on what an earlier one left`() async throws {
        let bench = try await bench()
        try await blockOutbox(of: bench, true)
        _ = try await changeWithMessage(bench, 1)
        try await blockOutbox(of: bench, false)
        _ = try await changeWithMessage(bench, 2)
        #expect(try await Set(["message-1"]) == Set(bench.claimed(limit: 1)))
        #expect(try await bench.store.outbox.counts(bot: .club).queued == 1)
        await bench.store.close()
    }

    @Test func `a store that opens sends on what a crash has left`() async throws {
        let bench = try await bench()
        try await blockOutbox(of: bench, true)
        _ = try await changeWithMessage(bench)
        try await blockOutbox(of: bench, false)
        let again = try await bench.reopen()
        #expect(try await bench.claimed() == ["message-1"])
        await again.close()
        await bench.store.close()
    }

    @Test func `a document that changes often remembers every cause, and does not grow with them`() async throws {
        let bench = try await bench()
        let store = try #require(bench.store as? MongoClubStore)
        for number in 1...150 { _ = try await touch(bench, number) }
        for number in [1, 2, 75, 86, 87, 150] {
            #expect(try await touch(bench, number).isRepeat, "\(number)")
        }
        let held = try await store.database.run(MongoCall("users", "test")) { client in
            try client.document(.id(Fixtures.member().id), of: Member.self)?.causes.count
        }
        #expect(held == MongoChange<Member>.heldCauses)
        await store.close()
    }

    @Test func `a cause is not called applied while most members do not have it yet`() async throws {
        let bench = try await bench()
        _ = try await touch(bench, 1)
        try await bench.fail(["update"], on: "users", ["errorCode": 64])
        await #expect(throws: ChangeFailure.store(.unavailable(source: "MongoDB users.change", code: 64))) {
            _ = try await touch(bench, 1)
        }
        try await bench.unfail("users")
        #expect(try await touch(bench, 1).isRepeat)
        await bench.store.close()
    }

    private func touch(_ bench: StoreBench, _ number: Int) async throws -> Change<Member> {
        try await bench.store.members.change(.id(Fixtures.member().id), cause: Fixtures.cause(number)) { member in
            Change(member ?? Fixtures.member())
        }
    }

    @Test func `two processes that change one document lose no change`() async throws {
        let bench = try await bench()
        let other = try await bench.reopen()
        let stores = [bench.store, other]
        try await bench.add(Fixtures.member())
        let lost = try await withThrowingTaskGroup(of: Int.self) { group in
            for (place, store) in stores.enumerated() {
                for number in 1...30 {
                    group.addTask {
                        do {
                            _ = try await store.members.change(
                                .id(Fixtures.member().id),
                                cause: Cause(rawValue: "\(place):\(number)")
                            ) { member in
                                var member = member ?? Fixtures.member()
                                member.name += "x"
                                return Change(member)
                            }
                            return 0
                        } catch ChangeFailure.store(.conflict) {
                            return 1
                        }
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        let member = try #require(try await bench.store.members.find(.id(Fixtures.member().id)))
        #expect(member.name.count == Fixtures.member().name.count + 60 - lost)
        await other.close()
        await bench.store.close()
    }
}
