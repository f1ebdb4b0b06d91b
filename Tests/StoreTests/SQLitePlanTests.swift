import Domain
import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import SQLiteStore

/// No statement of the store may read a table or an index from one end to the other, but those by which a whole store is
/// copied: they count each table once, and look for keys that no message has in pages of thousands; and those of an
/// upgrade, which read the documents (`json_each`) once.
@Suite(.timeLimit(.minutes(3)))
struct SQLitePlanTests {
    /// What SQLite prepared, gathered while the contract ran.
    private final class Statements: Sendable {
        private let texts = Mutex<Set<String>>([])

        func add(_ text: String) { texts.withLock { _ = $0.insert(text) } }

        var all: [String] { texts.withLock { $0.sorted() } }
    }

    @Test func `every statement finds its rows by an index`() async throws {
        let folder = try TemporaryFolder()
        let statements = Statements()
        for (number, check) in StoreContract.checks.enumerated() {
            let path = folder.path("\(number).sqlite")
            let bench = try await StoreBench { signal, clock in
                var configuration = SQLiteDatabase.configuration
                configuration.prepareDatabase { database in
                    database.trace { event in
                        guard case .statement(let statement) = event else { return }
                        statements.add(statement.sql)
                    }
                }
                return SQLiteClubStore(
                    database: try SQLiteDatabase.open(
                        path: path,
                        signal: signal,
                        clock: clock,
                        configuration: configuration
                    )
                )
            }
            try await check.run(bench)
            await bench.store.close()
        }
        let plain = statements.all.filter { sql in
            ["SELECT", "INSERT", "UPDATE", "DELETE"].contains { sql.hasPrefix($0) }
        }
        let ours = plain.filter { sql in
            !["sqlite_", "grdb_", "json_each"].contains { sql.contains($0) } && !Self.isOfCopying(sql)
        }
        #expect(plain.count { Self.isOfCopying($0) } == 35)
        #expect(ours.count > 60)
        #expect(ours.count { Self.isOrdered($0) } > 6)

        let database = try DatabaseQueue(path: folder.path("0.sqlite"))
        for sql in ours {
            let plan = try await database.read { database in
                let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
                statement.setUncheckedArguments([])
                return try Row.fetchAll(statement).map { $0["detail"] as String }
            }
            let scans = plan.filter { $0.hasPrefix("SCAN") && !Self.isSmall($0) && !Self.readsOne(sql, by: $0) }
            #expect(scans.isEmpty, "\(sql): \(plan)")
            if Self.isOrdered(sql) {
                #expect(!plan.contains { $0.hasPrefix("USE TEMP B-TREE") }, "\(sql): \(plan)")
            }
        }
    }

    private static func isOfCopying(_ sql: String) -> Bool {
        sql.wholeMatch(of: /SELECT count\(\*\) FROM [a-z_]+( WHERE held_until > 0)?/) != nil
            || sql.contains("NOT IN (\(RecordPage.keysInUse))")
            || sql.hasPrefix("SELECT bot, chat FROM conversations WHERE held_until > 0 ORDER BY bot DESC")
            || sql.hasPrefix("SELECT session, number FROM room_events ORDER BY session DESC")
    }

    /// Whether the statement is one of those whose order is that of an index, so that a page costs the same however
    /// long the list is.
    private static func isOrdered(_ sql: String) -> Bool {
        sql.hasPrefix("SELECT list.") || sql.hasPrefix("SELECT * FROM inbox") || sql.hasPrefix("SELECT sequence, lane")
            || sql.hasPrefix("SELECT lane, head") || sql.contains("WHERE awaits_since IS NOT NULL")
            || sql.contains("WHERE waits_since IS NOT NULL") || sql.contains("WHERE prepares_at IS NOT NULL")
            || sql.contains("(created_at, id) < (?, ?)") || sql.contains("FROM audit WHERE (at, id)")
            || sql.contains("WHERE completes_at IS NOT NULL") || sql.contains("FROM podcast_tag_counts WHERE")
            || sql.contains("checks_at <= ?") || sql.contains("AND (listed_at, id)")
            || sql.contains("WHERE due_at IS NOT NULL") || sql.contains("WHERE open_since IS NOT NULL")
            || sql.contains("FROM notifications WHERE member_id = ? AND (created_at")
            || sql.contains("(listed_at, id) < (?, ?)") || sql.hasPrefix("SELECT body FROM room_events")
            || sql.contains("is_shown = 1") || sql.hasPrefix("SELECT body FROM attendance")
            || sql.hasSuffix(firstByIndex) || sql.contains("FROM ledger_ranks WHERE")
            || sql.contains("FROM xp_corrections WHERE member")
    }

    private static let firstByIndex = "FROM users ORDER BY created_at, id LIMIT 1"

    /// Whether a scan ends at the first entry of the index that it goes through.
    private static func readsOne(_ sql: String, by scan: String) -> Bool {
        sql.hasSuffix(firstByIndex) && scan.contains("USING INDEX users_listed")
    }

    /// What is not a table: a subquery's result that has a limit of its own, or a single row.
    private static func isSmall(_ scan: String) -> Bool {
        scan == "SCAN CONSTANT ROW" || scan.hasPrefix("SCAN (subquery") || scan.hasPrefix("SCAN first")
    }
}
