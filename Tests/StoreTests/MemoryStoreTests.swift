import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct MemoryStoreTests {
    @Test(arguments: StoreContract.checks + StoreContract.checksOfSnapshots)
    func `keeps the contract`(_ check: StoreCheck) async throws {
        try await check.run(StoreBench { MemoryClubStore(signal: $0, clock: $1) })
    }
}
