import Domain
import Foundation
import Testing

@testable import App

struct UnfinishedCopyTests {
    let folder = TemporaryFolder()

    @Test func `no club is served from a store that was only half filled`() async throws {
        let telegram = try await Telegram()
        let settings = try ProgramSettings.of(folder.url, telegram)
        let opening = StoreOpening(signal: OutboxSignal(), clock: SystemClubClock(), logger: .silent)
        let store = try await opening.open(.sqlite(Settings.sqliteFile(in: folder.url))).store
        let mark = Lease(
            name: "store-copy",
            holder: "MongoDB, db.test/fomo",
            place: "elsewhere",
            expiresAt: Timestamp.date(milliseconds: Timestamp.limit)
        )
        _ = try await store.leases.acquire(mark, now: Date(), takesOverSamePlace: false)
        await store.close()

        let program = try Program(settings)

        #expect(await program.end() == 78)
        #expect(program.errorText().contains("is an unfinished copy of MongoDB, db.test/fomo. Finish it"))
        await telegram.stop()
    }
}
