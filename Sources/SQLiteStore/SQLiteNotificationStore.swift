import Domain
import Foundation
import GRDB

/// What members were told, in the table `notifications`.
struct SQLiteNotificationStore: NotificationStore {
    let database: SQLiteDatabase

    func list(
        of member: MemberID,
        after cursor: PageCursor?,
        limit: Int
    ) async throws(StoreError) -> Page<MemberNotification> {
        // One more is looked for, so the greatest number has to be left out.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        let found = try await database.read(Operation("notifications", "list")) { database in
            let place = cursor.map { Timestamp.milliseconds($0.time) } ?? Int64.max
            let rows = try database.rows(
                """
                SELECT * FROM notifications WHERE member_id = ? AND (created_at, id) < (?, ?)
                ORDER BY created_at DESC, id DESC LIMIT ?
                """,
                [member.rawValue, place, cursor?.id ?? "", limit + 1]
            )
            return try rows.map(MemberNotification.init)
        }
        let items = Array(found.prefix(limit))
        return Page(items: items, next: found.count > limit ? items.last?.cursor : nil)
    }

    func unread(of member: MemberID) async throws(StoreError) -> Int {
        try database.lookUp(Operation("notifications", "unread")) { database in
            try database.number(
                "SELECT count(*) FROM notifications WHERE member_id = ? AND read_at IS NULL",
                [member.rawValue]
            )
        }
    }

    func read(_ id: NotificationID, of member: MemberID, now: Date) async throws(StoreError) -> Bool {
        try await database.write(Operation("notifications", "read")) { transaction in
            let changed = try transaction.database.run(
                "UPDATE notifications SET read_at = coalesce(read_at, ?) WHERE id = ? AND member_id = ?",
                [Timestamp.milliseconds(now), id.rawValue, member.rawValue]
            )
            return changed > 0
        }
    }

    func readAll(of member: MemberID, now: Date) async throws(StoreError) {
        let now = Timestamp.milliseconds(now)
        try await database.write(Operation("notifications", "readAll")) { transaction in
            _ = try transaction.database.run(
                "UPDATE notifications SET read_at = ? WHERE member_id = ? AND read_at IS NULL AND created_at <= ?",
                [now, member.rawValue, now]
            )
        }
    }
}

extension MemberNotification {
    /// - Throws: A `DecodingError` where the row was damaged.
    init(_ row: Row) throws {
        let notice: String = row["notice"]
        self.init(
            id: NotificationID(rawValue: row["id"]),
            member: MemberID(rawValue: row["member_id"]),
            notice: try DocumentJSON.decode(Notice.self, from: Data(notice.utf8)),
            createdAt: Timestamp.date(milliseconds: row["created_at"]),
            readAt: (row["read_at"] as Int64?).map(Timestamp.date)
        )
    }

    /// Stores it. One with its id that is there already stays, or is replaced.
    func insert(isReplacing: Bool, in database: Database) throws {
        let replacing = """
            UPDATE SET member_id = excluded.member_id, created_at = excluded.created_at, notice = excluded.notice,
                read_at = excluded.read_at
            """
        try database.run(
            """
            INSERT INTO notifications (id, member_id, created_at, notice, read_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id) DO \(isReplacing ? replacing : "NOTHING")
            """,
            [
                id.rawValue, member.rawValue, Timestamp.milliseconds(createdAt),
                String(decoding: try DocumentJSON.encode(notice), as: UTF8.self),
                readAt.map(Timestamp.milliseconds),
            ]
        )
    }
}
