import Domain
import Foundation
import GRDB

extension Schema {
    /// Thanks; each list is one range of an index.
    static let thanks = """
        CREATE TABLE thanks (
            id TEXT PRIMARY KEY NOT NULL,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL,
            -- All nil where they were erased.
            from_member TEXT,
            to_member TEXT,
            podcast_id TEXT,
            given_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX thanks_from ON thanks (from_member, given_at, id) WHERE from_member IS NOT NULL;
        CREATE INDEX thanks_to ON thanks (to_member, given_at, id) WHERE to_member IS NOT NULL;
        CREATE INDEX thanks_podcast ON thanks (podcast_id, given_at, id) WHERE podcast_id IS NOT NULL;
        """
}

extension Thanks: IndexedDocument {
    static var indexColumns: [String] { ["from_member", "to_member", "podcast_id", "given_at"] }

    var indexValues: [(any DatabaseValueConvertible)?] {
        let isListed = erasedAt == nil
        return [
            isListed ? from.rawValue : nil, isListed ? to.rawValue : nil, isListed ? podcast.rawValue : nil,
            Timestamp.milliseconds(at),
        ]
    }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension SQLiteEntityStore: ThanksStore where Entity == Thanks {
    func list(_ listing: ThanksListing, from start: PageStart, limit: Int) async throws(StoreError) -> Page<Thanks> {
        // One more is looked for, so the greatest number has to be left out.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        var (place, id, skipped) = (Int64.max, "", 0)
        switch start {
        case .first: break
        case .after(let cursor): (place, id) = (Timestamp.milliseconds(cursor.time), cursor.id)
        case .offset(let count): skipped = max(0, count)
        }
        let (column, subject) = listing.condition
        let arguments: StatementArguments = [subject, place, id, limit + 1, skipped]
        let found = try await read("list") { database in
            let rows = try database.rows(
                """
                SELECT schema, body FROM thanks WHERE \(column) = ? AND (given_at, id) < (?, ?)
                ORDER BY given_at DESC, id DESC LIMIT ? OFFSET ?
                """,
                arguments
            )
            return try rows.map(Thanks.decode)
        }
        let items = Array(found.prefix(limit))
        let last = found.count > limit ? items.last : nil
        return Page(items: items, next: last.map { PageCursor(time: $0.at, id: $0.id.rawValue) })
    }

    func count(_ listing: ThanksListing) async throws(StoreError) -> Int {
        let (column, subject) = listing.condition
        return try await read("count") { database in
            try database.number("SELECT count(*) FROM thanks WHERE \(column) = ?", [subject])
        }
    }
}

extension ThanksListing {
    /// In which column of a row what has to stand.
    fileprivate var condition: (column: String, subject: String) {
        switch self {
        case .to(let member): ("to_member", member.rawValue)
        case .from(let member): ("from_member", member.rawValue)
        case .about(let podcast): ("podcast_id", podcast.rawValue)
        }
    }
}
