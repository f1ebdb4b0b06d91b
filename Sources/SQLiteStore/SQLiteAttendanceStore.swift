import Domain
import Foundation
import GRDB

/// Who was in the shows, in the table `attendance`.
struct SQLiteAttendanceStore: AttendanceStore {
    let database: SQLiteDatabase

    func keep(_ intervals: [AttendanceInterval]) async throws(StoreError) {
        guard !intervals.isEmpty else { return }
        try await database.write(Operation(AttendanceInterval.collection, "keep")) { transaction in
            for interval in intervals { try interval.keep(in: transaction.database) }
        }
    }

    func intervals(
        of session: LiveSessionID,
        after id: AttendanceID?,
        limit: Int
    ) async throws(StoreError) -> [AttendanceInterval] {
        try await rows(
            "intervals",
            "session = ? AND id > ? ORDER BY id LIMIT ?",
            [session.rawValue, id?.rawValue ?? "", max(0, limit)]
        )
    }

    func open(in session: LiveSessionID, limit: Int) async throws(StoreError) -> [AttendanceInterval] {
        try await rows(
            "open",
            "session = ? AND is_open = 1 ORDER BY id LIMIT ?",
            [session.rawValue, max(0, limit)]
        )
    }

    func attended(by member: MemberID, limit: Int) async throws(StoreError) -> [AttendanceInterval] {
        try await rows(
            "attended",
            "member = ? ORDER BY from_at DESC, id DESC LIMIT ?",
            [member.rawValue, max(0, limit)]
        )
    }

    func forget(_ member: MemberID) async throws(StoreError) {
        try await database.write(Operation(AttendanceInterval.collection, "forget")) { transaction in
            _ = try transaction.database.run("DELETE FROM attendance WHERE member = ?", [member.rawValue])
        }
    }

    private func rows(
        _ name: String,
        _ condition: String,
        _ arguments: StatementArguments
    ) async throws(StoreError) -> [AttendanceInterval] {
        try await database.read(Operation(AttendanceInterval.collection, name)) { database in
            let rows = try database.rows("SELECT body FROM attendance WHERE \(condition)", arguments)
            return try rows.map(AttendanceInterval.init)
        }
    }
}

extension AttendanceInterval {
    /// The interval of a row that has the column `body`.
    init(_ row: Row) throws {
        let body: String = row["body"]
        self = try DocumentJSON.decode(Self.self, from: Data(body.utf8))
    }

    /// Stores it in place of the one with its id.
    func keep(in database: Database) throws {
        try database.run(
            """
            INSERT INTO attendance (id, session, member, from_at, is_open, body) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET session = excluded.session, member = excluded.member,
                from_at = excluded.from_at, is_open = excluded.is_open, body = excluded.body
            """,
            [
                id.rawValue, session.rawValue, member.rawValue, Timestamp.milliseconds(from), to == nil,
                String(decoding: try DocumentJSON.encode(self), as: UTF8.self),
            ]
        )
    }
}
