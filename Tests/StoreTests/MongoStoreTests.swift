import Domain
import MongoStore
import TestSupport
import Testing

@Suite(.enabled(if: !MongoServer.all.isEmpty, "no TEST_WIRE_URL or TEST_MONGO_URL"), .timeLimit(.minutes(5)))
struct MongoStoreTests {
    @Test(arguments: MongoServer.all, StoreContract.checks + StoreContract.checksOfReopening)
    func `keeps the contract`(on server: MongoServer, _ check: StoreCheck) async throws {
        let bench = try await server.bench()
        try await check.run(bench)
        if let store = bench.store as? MongoClubStore, server.keepsJournal { try await MongoQueryShapes.check(store) }
        await bench.store.close()
    }
}
