import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

@Suite(.timeLimit(.minutes(1)))
struct SQLiteTransferTests {
    private let folder: TemporaryFolder
    private let path: String
    private let store: SQLiteClubStore

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("club.sqlite")
        store = try SQLiteClubStore.open(path: path, signal: OutboxSignal(), clock: ManualClock())
    }

    /// Runs SQL behind the store's back.
    private func tamper(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test(arguments: ["body = '{}'", "lane = 77"])
    func `a message that cannot be read travels as one that has failed, and stops no others`(
        _ damage: String
    ) async throws {
        try await store.outbox.append([Fixtures.draft("a"), Fixtures.draft("b")], now: Fixtures.start)
        try tamper("UPDATE outbox SET \(damage) WHERE dedupe_key = 'a'")
        let records = try #require(try await StoreContract.all(of: store)[.outbox])
        let messages = try records.map { try $0.decoded(as: OutboxRecord.self) }
        #expect(messages.map(\.state) == [.failed, .queued])
        #expect(messages.map(\.reason) == ["unreadable", nil])
        #expect(messages.map(\.draft.dedupeKey) == ["a", "b"])
        try await store.loader.load(records, into: .outbox)
        #expect(try await StoreContract.all(of: store)[.outbox] == records)
        await store.close()
    }

    @Test func `a damaged document is named, without its contents`() async throws {
        try await StoreContract.load(FullClub.records(now: Fixtures.start), into: store)
        try tamper("UPDATE podcasts SET body = '{}' WHERE id = 'podcast-0002'")
        let reader = try await store.reader()
        let corrupt = StoreError.corrupt(collection: "podcasts", detail: "podcast-0002: no id at its top")
        await #expect(throws: corrupt) { _ = try await reader.records(of: .podcasts, after: nil, limit: 9) }
        await reader.end()
        await store.close()
    }

    @Test func `a reader that nobody ends does not keep the store from being closed`() async throws {
        let reader = try await store.reader()
        #expect(try await reader.isEmpty())
        await store.close()
        await #expect(throws: StoreError.unavailable(source: "users.count", code: SQLiteCode.closed)) {
            _ = try await reader.count(of: .users)
        }
    }

    @Test func `what is written while a reader is open is there for others`() async throws {
        let reader = try await store.reader()
        try await store.outbox.append([Fixtures.draft("a")], now: Fixtures.start)
        #expect(try await store.outbox.counts(bot: .club).queued == 1)
        #expect(try await reader.count(of: .outbox) == 0)
        await reader.end()
        await store.close()
    }
}
