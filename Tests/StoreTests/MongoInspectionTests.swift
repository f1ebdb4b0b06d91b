import Domain
import Foundation
import TestSupport
import Testing

@testable import MongoStore

@Suite(.enabled(if: !MongoServer.all.isEmpty, "no TEST_WIRE_URL or TEST_MONGO_URL"), .timeLimit(.minutes(1)))
struct MongoInspectionTests {
    /// A database of one server, with these documents in it.
    private func database(_ documents: [String: BSON] = [:]) async throws -> (url: String, name: String) {
        let server = try #require(MongoServer.all.first)
        let name = server.newDatabase()
        let connection = try MongoConnection(MongoAddress(server.url), database: name)
        try await connection.run(MongoCall("test", "fill")) { client in
            for (collection, document) in documents { _ = try client.insert([document], into: collection) }
        }
        await connection.close()
        return (server.url, name)
    }

    private func look(_ database: (url: String, name: String)) async throws -> MongoInspection {
        try await MongoInspection.look(url: database.url, database: database.name)
    }

    @Test func `an empty database is known as such, and stays empty`() async throws {
        let database = try await database()

        for _ in 1...2 { #expect(try await look(database).form == .empty) }
    }

    @Test func `the club's database has all its indexes`() async throws {
        let database = try await database()
        let store = try await MongoClubStore.open(
            url: database.url,
            database: database.name,
            signal: OutboxSignal(),
            clock: ManualClock()
        )
        let group = ChatPlace(chat: ChatID(rawValue: -5), title: "Talk", handle: "talk")
        _ = try await store.settings.change(.club, cause: Fixtures.cause(1)) { settings in
            var settings = settings ?? ClubSettings()
            settings.clubGroup = group
            return Change(settings)
        }
        await store.close()
        #expect(try await look(database).clubGroup == group)
        let inspection = try await look(database)

        #expect(inspection.form == .current)
        #expect(inspection.missingIndexes == 0)
        #expect(inspection.server != "unknown")
    }

    @Test func `indexes that are missing are counted, and not made`() async throws {
        let database = try await database(["store": ["_id": "fomo", "schema": 1]])

        for _ in 1...2 { #expect(try await look(database).missingIndexes == MongoClubStore.indexes.count) }
    }

    @Test func `a newer version's database is known as such`() async throws {
        let database = try await database(["store": ["_id": "fomo", "schema": 1_000_000]])

        #expect(try await look(database).form == .newer)
    }

    @Test func `another program's database is known as such`() async throws {
        let database = try await database(["users": ["id": "7", "name": "Polina"]])

        #expect(try await look(database).form == .foreign(collection: "users"))
    }
}
