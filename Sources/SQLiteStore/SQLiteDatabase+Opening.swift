import Domain
import Foundation
import GRDB

extension SQLiteDatabase {
    private static let opening = Operation("database", "open")

    /// How every connection is set up.
    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "club"
        configuration.busyMode = .timeout(busyTimeout.seconds)
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = readers
        configuration.persistentReadOnlyConnections = true
        // Many writes share a transaction, each in a savepoint; what could take them back stays in memory, not in files.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA temp_store = MEMORY") }
        return configuration
    }

    /// Opens the database, making its folder and the file where they are not there, and brings its tables up to date.
    ///
    /// A file that is not this program's, or a newer one's, is left as it is.
    static func open(
        path: String,
        signal: OutboxSignal,
        clock: any ClubClock,
        configuration: Configuration = configuration
    ) throws(StoreError) -> SQLiteDatabase {
        do {
            try makeFolder(of: path)
            try check(path: path)
            let pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL when it turns the write-ahead log on; then a commit could be lost with the power.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try migrate(pool)
            return SQLiteDatabase(pool: pool, signal: signal, clock: clock)
        } catch {
            throw StoreError(error, during: opening)
        }
    }

    private static func makeFolder(of path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw StoreError.unavailable(source: opening.source, code: SQLiteCode.cannotOpen)
        }
    }

    /// Looks at the file before anything is written to it.
    private static func check(path: String) throws {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        try queue.read { database in
            let application = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            // Another process may be making the file at this moment: GRDB's own tables come first.
            let foreign = "SELECT count(*) FROM sqlite_schema WHERE tbl_name NOT GLOB 'grdb_*'"
            let tables = try Int.fetchOne(database, sql: foreign) ?? 0
            guard application == Schema.application || (application == 0 && tables == 0) else {
                throw StoreError.corrupt(collection: "database", detail: "the file belongs to another program")
            }
            guard try !Schema.migrator.hasBeenSuperseded(database) else {
                throw StoreError.corrupt(collection: "database", detail: "a newer version of this program wrote it")
            }
        }
    }

    /// Several processes may open the same file at once: who finds that another one has done a step goes on behind it.
    /// It ends, since each further try needs a step that was done meanwhile.
    private static func migrate(_ pool: DatabasePool) throws {
        var known = -1
        while true {
            do {
                return try Schema.migrator.migrate(pool)
            } catch {
                let done = try pool.read { try Schema.migrator.appliedIdentifiers($0).count }
                guard done > known else { throw error }
                known = done
            }
        }
    }
}
