import Domain
import Foundation
import GRDB

extension LiveSession: IndexedDocument {
    static var indexColumns: [String] { ["origin", "listing", "listed_at", "is_live", "live_host", "due_at"] }

    var indexValues: [(any DatabaseValueConvertible)?] {
        [
            origin, listing.rawValue, Timestamp.milliseconds(listedAt), status == .live, liveHost?.rawValue,
            dueAt.map(Timestamp.milliseconds),
        ]
    }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        case .origin(let origin): ("origin = ?", [origin])
        case .liveHost(let host): ("live_host = ?", [host.rawValue])
        }
    }
}

extension SQLiteEntityStore: LiveSessionStore where Entity == LiveSession {
    func list(
        _ listing: LiveSessionListing,
        from start: PageStart,
        limit: Int
    ) async throws(StoreError) -> Page<LiveSession> {
        // One more is looked for, so the greatest number has to be left out.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        let (condition, order, comparison) = (
            listing.condition, listing.isAscending ? "ASC" : "DESC", listing.isAscending ? ">" : "<"
        )
        var (place, id) = (listing.isAscending ? Int64.min : Int64.max, "")
        var skipped = 0
        switch start {
        case .first: break
        case .after(let cursor): (place, id) = (Timestamp.milliseconds(cursor.time), cursor.id)
        case .offset(let count): skipped = max(0, count)
        }
        let arguments: StatementArguments = [place, id, limit + 1, skipped]
        let found = try await read("list") { database in
            let rows = try database.rows(
                """
                SELECT schema, body FROM live_sessions WHERE \(condition) AND (listed_at, id) \(comparison) (?, ?)
                ORDER BY listed_at \(order), id \(order) LIMIT ? OFFSET ?
                """,
                arguments
            )
            return try rows.map(LiveSession.decode)
        }
        let items = Array(found.prefix(limit))
        let last = found.count > limit ? items.last : nil
        return Page(items: items, next: last.map { PageCursor(time: $0.listedAt, id: $0.id.rawValue) })
    }

    func count(_ listing: LiveSessionListing) async throws(StoreError) -> Int {
        let condition = listing.condition
        return try await read("count") { database in
            try database.number("SELECT count(*) FROM live_sessions WHERE \(condition)", [])
        }
    }

    func due(limit: Int) async throws(StoreError) -> [LiveSession] {
        try await read("due") { database in
            let rows = try database.rows(
                """
                SELECT schema, body FROM live_sessions WHERE due_at IS NOT NULL
                ORDER BY due_at, id LIMIT ?
                """,
                [max(0, limit)]
            )
            return try rows.map(LiveSession.decode)
        }
    }
}

extension LiveSessionListing {
    /// What has to hold of a row. The words are this program's own.
    fileprivate var condition: String {
        switch self {
        case .live: "is_live = 1"
        case .upcoming, .past, .cancelled: "listing = '\(rawValue)'"
        }
    }
}
