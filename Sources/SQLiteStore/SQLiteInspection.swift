import Domain
import Foundation
import GRDB

/// What a look at a store's file shows. Looking makes no file and changes nothing; the club may run meanwhile.
public struct SQLiteInspection: Equatable, Sendable {
    /// Whose the file is, and from which version.
    public enum Form: Equatable, Sendable {
        case current
        /// The next start brings it up to date.
        case older
        /// This version does not open it.
        case newer
        case foreign
    }

    private static let looking = Operation("database", "inspect")
    /// How much damage is told at most.
    private static let damageLimit = 5

    /// The size of the file and of its write-ahead log.
    public var bytes: Int64
    public var form: Form
    /// What `PRAGMA quick_check` complains of; empty where the file is whole.
    public var damage: [String]
    /// The club's group, where it has one.
    public var clubGroup: ChatPlace?

    /// Looks at a file. It blocks for as long as reading the whole file takes.
    /// - Throws: `.unavailable` where it cannot be opened, `.corrupt` where it is no database.
    public static func look(at path: String) throws(StoreError) -> SQLiteInspection {
        do {
            var configuration = SQLiteDatabase.configuration
            configuration.readonly = true
            let queue = try DatabaseQueue(path: name(of: path), configuration: configuration)
            defer { try? queue.close() }
            return try queue.read { database in
                let form = try form(of: database)
                let isOurs = form == .current || form == .older
                return SQLiteInspection(
                    bytes: size(path) + size("\(path)-wal"),
                    form: form,
                    damage: isOurs ? try damage(of: database) : [],
                    clubGroup: isOurs ? clubGroup(in: database) : nil
                )
            }
        } catch {
            throw StoreError(error, during: looking)
        }
    }

    /// Without a write-ahead log nobody has the file open, and SQLite would make one only to look: `immutable` keeps
    /// it from that. Source: sqlite.org/uri.html, "Recognized Query Parameters".
    private static func name(of path: String) -> String {
        guard !FileManager.default.fileExists(atPath: "\(path)-wal"),
            let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
        else { return path }
        return "file:\(escaped)?immutable=1"
    }

    private static func form(of database: Database) throws -> Form {
        let application = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard application == Schema.application else { return .foreign }
        if try Schema.migrator.hasBeenSuperseded(database) { return .newer }
        return try Schema.migrator.hasCompletedMigrations(database) ? .current : .older
    }

    private static func damage(of database: Database) throws -> [String] {
        try String.fetchAll(database, sql: "PRAGMA quick_check(\(damageLimit))").filter { $0 != "ok" }
    }

    /// Nil also where the settings cannot be read: a damaged file is told of by itself.
    private static func clubGroup(in database: Database) -> ChatPlace? {
        (try? ClubSettings.find(.club, in: database))?.clubGroup
    }

    private static func size(_ path: String) -> Int64 {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int64 ?? 0
    }
}
