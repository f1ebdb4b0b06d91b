import Domain
import Foundation
import TestSupport
import Testing

@testable import MongoStore

@Suite(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"), .timeLimit(.minutes(3)))
struct MongoOpeningTests {
    private func open(_ url: String, _ database: String) async throws(StoreError) -> MongoClubStore {
        try await MongoClubStore.open(url: url, database: database, signal: OutboxSignal(), clock: ManualClock())
    }

    @Test func `two processes that begin a club at the same moment both have it`() async throws {
        let bench = try await StoreBench.onWire()
        let address = try #require(MongoServer.all.first).url
        let name = try #require(bench.store as? MongoClubStore).database.connection.database
        try await bench.beneath { _ = try $0.write(["dropDatabase": 1]) }
        // The first one waits between its two looks at the database until the other has made the club.
        let admin = try MongoConnection(MongoAddress(address), database: "admin")
        try await admin.run(MongoCall("admin", "fail")) { client in
            _ = try client.read([
                "configureFailPoint": "failCommand", "mode": ["times": 1],
                "data": [
                    "failCommands": ["listCollections"], "blockConnection": true, "blockTimeMS": 2_500,
                    "namespace": .string(name),
                ],
            ])
        }
        await admin.close()
        async let one = open(address, name)
        async let other = open(address, name)
        for store in try await [one, other] { await store.close() }
        await bench.store.close()
    }

    @Test func `what a connection string says of reading and writing does not weaken the store's promises`()
        async throws
    {
        let address = try #require(MongoServer.all.first).url
        let name = try #require(MongoServer.all.first).newDatabase()
        for options in ["w=2", "w=0", "w=majority&readConcernLevel=linearizable", "readPreference=secondary"] {
            let store = try await open("\(address)/?\(options)", name)
            try await store.ping()
            _ = try await store.members.change(.id(Fixtures.member().id), cause: Fixtures.cause(1)) { _ in
                Change(Fixtures.member())
            }
            await store.close()
        }
    }

    @Test func `a document that cannot be read stops neither the opening nor the messages of others`() async throws {
        let bench = try await StoreBench.onWire()
        try await bench.beneath { client in
            let newer: BSON = ["_id": "new", "schema": 1_000, "version": 1, "body": .empty, "effects_since": 1]
            _ = try client.insert([newer], into: "users")
        }
        try await bench.fail(["insert"], on: "outbox")
        _ = try await bench.store.members.change(.id(Fixtures.member().id), cause: Fixtures.cause(1)) { _ in
            Change(Fixtures.member(), outbox: [Fixtures.draft("a")])
        }
        try await bench.unfail("outbox")
        await #expect(throws: StoreError.self, "what is wrong is told") { try await bench.sweep() }

        #expect(try await bench.claimed() == ["a"])
        #expect(try await bench.store.outbox.counts(bot: .club).sending == 1)
        let again = try await bench.reopen()
        await again.close()
        await bench.store.close()
    }
}
