import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

@Suite(.timeLimit(.minutes(1)))
struct SQLiteFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("club.sqlite")
    }

    private func open() throws -> SQLiteClubStore {
        try SQLiteClubStore.open(path: path, signal: OutboxSignal(), clock: ManualClock())
    }

    private func addMember(to store: SQLiteClubStore) async throws {
        _ = try await store.members.change(.id(Fixtures.member().id), cause: Fixtures.cause(1)) { _ in
            Change(Fixtures.member())
        }
    }

    /// Runs SQL behind the store's back.
    private func tamper(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func `a commit waits for the disk`() async throws {
        let store = try open()
        let settings = try await store.database.write(Operation("test", "settings")) { transaction in
            let names = ["synchronous", "journal_mode", "foreign_keys", "busy_timeout"]
            return try names.map { try String.fetchOne(transaction.database, sql: "PRAGMA \($0)") }
        }
        #expect(settings == ["2", "wal", "1", "5000"])
        await store.close()
    }

    @Test func `the folder of the file is made, for its owner only`() async throws {
        let path = folder.path("new/deep/club.sqlite")
        let store = try SQLiteClubStore.open(path: path, signal: OutboxSignal(), clock: ManualClock())
        #expect(store.summary == "SQLite, \(path)")
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("new/deep"))
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        await store.close()
    }

    @Test func `a folder that cannot be made is said to be unavailable`() throws {
        try Data().write(to: folder.url.appendingPathComponent("file"))
        #expect(throws: StoreError.unavailable(source: "database.open", code: 14)) {
            try SQLiteClubStore.open(
                path: folder.path("file/club.sqlite"),
                signal: OutboxSignal(),
                clock: ManualClock()
            )
        }
    }

    @Test func `opening a second time migrates nothing`() async throws {
        let first = try open()
        try await addMember(to: first)
        await first.close()
        let second = try open()
        let applied = try await second.database.read(Operation("test", "migrations")) {
            try Schema.migrator.appliedIdentifiers($0).count
        }
        #expect(applied == Schema.migrator.migrations.count)
        #expect(try await second.members.count(.active) == 1)
        await second.close()
    }

    @Test func `many who open a new file at once all succeed`() async throws {
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...4 {
                group.addTask {
                    let store = try open()
                    let count = try await store.members.count(.active)
                    await store.close()
                    return count
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == [0, 0, 0, 0])
    }

    @Test func `a file that is no database is refused and left as it is`() throws {
        let text = Data(String(repeating: "This is a letter, not a database. ", count: 200).utf8)
        try text.write(to: URL(fileURLWithPath: path))
        #expect {
            try open()
        } throws: { error in
            guard case .corrupt(collection: "database", _) = error as? StoreError else { return false }
            return true
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
    }

    @Test func `another program's database is refused and left as it is`() throws {
        try tamper("CREATE TABLE recipes (name TEXT)")
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(
            throws: StoreError.corrupt(collection: "database", detail: "the file belongs to another program")
        ) {
            try open()
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test func `a newer version's database is refused`() async throws {
        await (try open()).close()
        try tamper("INSERT INTO grdb_migrations (identifier) VALUES ('99 from the future')")
        #expect(
            throws: StoreError.corrupt(collection: "database", detail: "a newer version of this program wrote it")
        ) {
            try open()
        }
    }

    @Test func `a newer version's document is refused, the others are not`() async throws {
        let store = try open()
        try await addMember(to: store)
        try tamper("UPDATE users SET schema = 9")
        let corrupt = StoreError.corrupt(
            collection: "users",
            detail: "a document has schema 9, this program knows 1"
        )
        await #expect(throws: corrupt) { _ = try await store.members.find(.id(Fixtures.member().id)) }
        await #expect(throws: ChangeFailure.store(corrupt)) { try await addMember(to: store) }
        #expect(try await store.members.find(.id(Fixtures.member(2).id)) == nil)
        await store.close()
    }

    @Test(arguments: ["", "{", "[]", "{\"id\": 5}"])
    func `a damaged document is named without its contents`(_ body: String) async throws {
        let store = try open()
        try await addMember(to: store)
        try tamper("UPDATE users SET body = '\(body)'")
        await #expect {
            _ = try await store.members.find(.id(Fixtures.member().id))
        } throws: { error in
            guard case .corrupt(collection: "users", let detail) = error as? StoreError else { return false }
            return !detail.isEmpty && !detail.contains("Person")
        }
        await store.close()
    }

    @Test func `of a finished update only its number is kept`() async throws {
        let store = try open()
        _ = try await store.inbox.receive([Fixtures.update(1), Fixtures.update(2)], nextOffset: 3, bot: .club)
        try await store.inbox.finish(bot: .club, updateID: 1, outbox: [], now: Fixtures.start)
        let lengths = try await store.database.read(Operation("test", "payloads")) {
            try Int.fetchAll($0, sql: "SELECT length(payload) FROM inbox ORDER BY update_id")
        }
        #expect(lengths == [0, 1])
        await store.close()
    }

    @Test func `a message that an earlier version laid out is sent by this one`() async throws {
        let store = try open()
        try await store.outbox.append([Fixtures.draft("a")], now: Fixtures.start)
        let stored = String(
            decoding: try DocumentJSON.encode(OutboxDraft.Body.prepared(Data("hello".utf8))),
            as: UTF8.self
        )
        try tamper("UPDATE outbox SET body = '\(stored)'")
        let claimed = try await store.outbox.claim(
            bot: .club,
            lanes: [.alerts],
            excluding: [],
            limit: 9,
            now: Fixtures.start
        )
        #expect(claimed.map(\.draft.body) == [.prepared(Data("hello".utf8))])
        await store.close()
    }

    @Test func `a damaged message fails and holds up nobody`() async throws {
        let store = try open()
        try await store.outbox.append([Fixtures.draft("a"), Fixtures.draft("b", chat: 2)], now: Fixtures.start)
        try tamper("UPDATE outbox SET body = '{}' WHERE dedupe_key = 'a'")
        let claimed = try await store.outbox.claim(
            bot: .club,
            lanes: [.alerts],
            excluding: [],
            limit: 9,
            now: Fixtures.start
        )
        #expect(claimed.map(\.draft.dedupeKey) == ["b"])
        #expect(try await store.outbox.counts(bot: .club).failed == 1)
        await store.close()
    }

    @Test func `a lock that another process does not give back is said to be unavailable`() async throws {
        var configuration = SQLiteDatabase.configuration
        configuration.busyMode = .immediateError
        let database = try SQLiteDatabase.open(
            path: path,
            signal: OutboxSignal(),
            clock: ManualClock(),
            configuration: configuration
        )
        let store = SQLiteClubStore(database: database)
        let other = try DatabaseQueue.stranger(at: path)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        await #expect(throws: ChangeFailure.store(.unavailable(source: "database.commit", code: 5))) {
            try await addMember(to: store)
        }
        #expect(try await store.members.count(.active) == 0)
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try await addMember(to: store)
        #expect(try await store.members.count(.active) == 1)
        try other.close()
        await store.close()
    }

    @Test func `a full disk is said to be unavailable and takes nothing that was there`() async throws {
        let store = try open()
        try await addMember(to: store)
        try await limitPages(of: store, to: "(SELECT page_count FROM pragma_page_count)")
        var update = Fixtures.update(1)
        update.payload = Data(count: 100_000)
        let entries = [update]
        await #expect(throws: StoreError.unavailable(source: "inbox.receive", code: 13)) {
            _ = try await store.inbox.receive(entries, nextOffset: 2, bot: .club)
        }
        #expect(try await store.inbox.offset(bot: .club) == nil)
        #expect(try await store.members.count(.active) == 1)
        try await limitPages(of: store, to: "1000000")
        #expect(try await store.inbox.receive(entries, nextOffset: 2, bot: .club) == 1)
        await store.close()
    }

    @Test func `a commit that fails announces nothing`() async throws {
        let path = path
        let bench = try await StoreBench { try SQLiteClubStore.open(path: path, signal: $0, clock: $1) }
        let store = try #require(bench.store as? SQLiteClubStore)
        await #expect(throws: StoreError.conflict(collection: "database")) {
            try await store.database.write(Operation("test", "orphan")) { transaction in
                try transaction.append([Fixtures.draft("never")], now: Fixtures.start)
                try transaction.database.execute(
                    sql: """
                        PRAGMA defer_foreign_keys = ON;
                        INSERT INTO podcast_posts (channel, message, podcast_id) VALUES (1, 1, 'nobody');
                        """
                )
            }
        }
        #expect(await !StoreContract.isWoken(bench))
        #expect(try await bench.claim().isEmpty)
        await store.close()
    }

    /// Lets the file grow to so many pages only, as if the disk were full then.
    private func limitPages(of store: SQLiteClubStore, to count: String) async throws {
        try await store.database.write(Operation("test", "limit")) { transaction in
            let pages = try Int.fetchOne(transaction.database, sql: "SELECT \(count)") ?? 0
            try transaction.database.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
    }
}
