import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

struct SQLiteInspectionTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("club.sqlite")
    }

    private func makeStore() async throws {
        let store = try SQLiteClubStore.open(path: path, signal: OutboxSignal(), clock: ManualClock())
        await store.close()
    }

    /// Runs SQL on a file that nobody has open.
    private func run(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() }
    }

    @Test func `a club's file is current and whole, and a look makes no file`() async throws {
        try await makeStore()
        let before = try names
        let inspection = try SQLiteInspection.look(at: path)

        #expect(inspection.form == .current)
        #expect(inspection.damage.isEmpty)
        #expect(inspection.bytes > 4_096)
        #expect(try names == before)
    }

    @Test func `the club's group is seen`() async throws {
        let store = try SQLiteClubStore.open(path: path, signal: OutboxSignal(), clock: ManualClock())
        let group = ChatPlace(chat: ChatID(rawValue: -5), title: "Talk", handle: "talk")
        _ = try await store.settings.change(.club, cause: Fixtures.cause(1)) { settings in
            var settings = settings ?? ClubSettings()
            settings.clubGroup = group
            return Change(settings)
        }
        await store.close()
        #expect(try SQLiteInspection.look(at: path).clubGroup == group)
    }

    @Test func `also what only the write-ahead log has is seen`() async throws {
        let store = try SQLiteClubStore.open(path: path, signal: OutboxSignal(), clock: ManualClock())

        #expect(try SQLiteInspection.look(at: path).form == .current)
        await store.close()
    }

    @Test func `a newer version's file is known as such`() async throws {
        try await makeStore()
        try run("INSERT INTO grdb_migrations (identifier) VALUES ('99 the future')")

        #expect(try SQLiteInspection.look(at: path).form == .newer)
    }

    @Test func `an older version's file is known as such, and is not brought up to date`() async throws {
        try await makeStore()
        try run("DELETE FROM grdb_migrations")

        for _ in 1...2 { #expect(try SQLiteInspection.look(at: path).form == .older) }
    }

    @Test func `another program's file is known as such`() throws {
        try run("CREATE TABLE theirs (x)")

        #expect(try SQLiteInspection.look(at: path).form == .foreign)
    }

    @Test func `damage is told`() async throws {
        try await makeStore()
        // A value that its table does not allow any more.
        try run(
            """
            INSERT INTO conversations (bot, chat) VALUES ('club', 1);
            PRAGMA writable_schema = 1;
            UPDATE sqlite_schema SET sql = replace(sql, 'lane INTEGER,', 'lane INTEGER NOT NULL,')
            WHERE name = 'conversations'
            """
        )

        #expect(try !SQLiteInspection.look(at: path).damage.isEmpty)
    }

    @Test func `what is no database, and what is not there, cannot be looked at`() throws {
        #expect(throws: StoreError.self) { try SQLiteInspection.look(at: path) }
        try Data(repeating: 0x41, count: 9_000).write(to: URL(fileURLWithPath: path))
        #expect(throws: StoreError.self) { try SQLiteInspection.look(at: path) }
    }
}
