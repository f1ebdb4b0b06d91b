import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

/// What is on the disk at a moment at which the process might die: the files are copied while the store is open.
@Suite(.timeLimit(.minutes(1)))
struct SQLiteCrashTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("club.sqlite")
    }

    private func open(_ path: String) throws -> SQLiteClubStore {
        try SQLiteClubStore.open(path: path, signal: OutboxSignal(), clock: ManualClock())
    }

    /// The database and its log as they are now, as another process would find them after a crash.
    private func copy() throws -> String {
        let copy = folder.path("copy.sqlite")
        for ending in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + ending, toPath: copy + ending)
        }
        return copy
    }

    /// Stores a member. That the store is closed is the only reason not to.
    private func isAnswered(_ number: Int64, by store: SQLiteClubStore) async -> Bool {
        let member = Fixtures.member(number)
        do {
            _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(1)) { _ in Change(member) }
            return true
        } catch {
            if case .store(.unavailable) = error { return false }
            Issue.record(error)
            return false
        }
    }

    @Test func `what was answered is there after the process died`() async throws {
        let store = try open(path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in Int64(1)...200 {
                group.addTask {
                    let member = Fixtures.member(number)
                    _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(1)) { _ in
                        Change(member, outbox: [Fixtures.draft("\(number)", chat: number)])
                    }
                }
            }
            try await group.waitForAll()
        }
        let found = try open(try copy())
        #expect(try await found.members.count(.active) == 200)
        #expect(try await found.outbox.counts(bot: .club).queued == 200)
        await found.close()
        await store.close()
    }

    @Test func `of a write that was under way nothing is there`() async throws {
        let store = try open(path)
        _ = try await store.inbox.receive([Fixtures.update(1)], nextOffset: 2, bot: .club)
        let halfway = try DatabaseQueue.stranger(at: path)
        try await halfway.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA cache_size = 1; BEGIN IMMEDIATE")
            try database.execute(sql: "UPDATE inbox_offsets SET next_offset = 9")
            for number in 2...400 {
                try database.execute(
                    sql: """
                        INSERT INTO inbox (bot, update_id, lane, payload, received_at, failures, state)
                        VALUES ('club', ?, 'l', zeroblob(4000), 0, 0, 'pending')
                        """,
                    arguments: [number]
                )
            }
        }
        let found = try open(try copy())
        #expect(try await found.inbox.pendingCount(bot: .club) == 1)
        #expect(try await found.inbox.offset(bot: .club) == 2)
        _ = try await found.inbox.receive([Fixtures.update(2)], nextOffset: 3, bot: .club)
        #expect(try await found.inbox.pendingCount(bot: .club) == 2)
        await found.close()
        try await halfway.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try halfway.close()
        await store.close()
    }

    @Test func `a store that is closed under load keeps what it answered and refuses the rest`() async throws {
        let store = try open(path)
        let answered = await withTaskGroup(of: Bool.self) { group in
            for number in Int64(1)...300 {
                group.addTask { await isAnswered(number, by: store) }
            }
            group.addTask {
                await store.close()
                return false
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        let again = try open(path)
        #expect(try await again.members.count(.active) == answered)
        await again.close()
    }
}
