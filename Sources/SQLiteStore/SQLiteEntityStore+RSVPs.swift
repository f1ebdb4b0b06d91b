import Domain
import Foundation
import GRDB

extension RSVP: IndexedDocument {
    static var indexColumns: [String] {
        ["session_id", "member_id", "created_at", "is_coming", "is_reminded", "is_given"]
    }

    var indexValues: [(any DatabaseValueConvertible)?] {
        [
            session.rawValue, member.rawValue, Timestamp.milliseconds(createdAt), isComing, wantsReminders, isGiven,
        ]
    }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension SQLiteEntityStore: RSVPStore where Entity == RSVP {
    func list(_ listing: RSVPListing, from start: PageStart, limit: Int) async throws(StoreError) -> Page<RSVP> {
        // One more is looked for, so the greatest number has to be left out.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        var (place, id, skipped) = (Int64.max, "", 0)
        switch start {
        case .first: break
        case .after(let cursor): (place, id) = (Timestamp.milliseconds(cursor.time), cursor.id)
        case .offset(let count): skipped = max(0, count)
        }
        let (condition, subject) = listing.condition
        let arguments: StatementArguments = [subject, place, id, limit + 1, skipped]
        let found = try await read("list") { database in
            let rows = try database.rows(
                """
                SELECT schema, body FROM rsvps WHERE \(condition) AND (created_at, id) < (?, ?)
                ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?
                """,
                arguments
            )
            return try rows.map(RSVP.decode)
        }
        let items = Array(found.prefix(limit))
        let last = found.count > limit ? items.last : nil
        return Page(items: items, next: last.map { PageCursor(time: $0.createdAt, id: $0.id.rawValue) })
    }

    func count(_ listing: RSVPListing) async throws(StoreError) -> Int {
        let (condition, subject) = listing.condition
        return try await read("count") { database in
            try database.number("SELECT count(*) FROM rsvps WHERE \(condition)", [subject])
        }
    }
}

extension RSVPListing {
    /// What has to hold of a row, and whose it is.
    fileprivate var condition: (sql: String, subject: String) {
        switch self {
        case .coming(let session): ("session_id = ? AND is_coming = 1", session.rawValue)
        case .reminded(let session): ("session_id = ? AND is_reminded = 1", session.rawValue)
        case .given(let session): ("session_id = ? AND is_given = 1", session.rawValue)
        case .by(let member): ("member_id = ? AND is_given = 1", member.rawValue)
        }
    }
}
