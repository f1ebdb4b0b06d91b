import Domain
import SQLiteStore
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SQLiteStoreTests {
    @Test(arguments: StoreContract.checks + StoreContract.checksOfReopening + StoreContract.checksOfSnapshots)
    func `keeps the contract`(_ check: StoreCheck) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("data/club.sqlite")
        let bench = try await StoreBench { try SQLiteClubStore.open(path: path, signal: $0, clock: $1) }
        try await check.run(bench)
        await bench.store.close()
    }
}
