import Domain
import Foundation
import GRDB

extension Broadcast: IndexedDocument {
    static var indexColumns: [String] { ["listed_at", "open_since", "drafted_at"] }

    var indexValues: [(any DatabaseValueConvertible)?] {
        [listedAt, isOpenSince, draftedAt].map { $0.map(Timestamp.milliseconds) }
    }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension SQLiteEntityStore: BroadcastStore where Entity == Broadcast {
    func list(after cursor: PageCursor?, limit: Int) async throws(StoreError) -> Page<Broadcast> {
        // One more is looked for, so the greatest number has to be left out.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        let found = try await read("list") { database in
            let place = cursor.map { Timestamp.milliseconds($0.time) } ?? Int64.max
            let rows = try database.rows(
                """
                SELECT schema, body FROM broadcasts WHERE listed_at IS NOT NULL AND (listed_at, id) < (?, ?)
                ORDER BY listed_at DESC, id DESC LIMIT ?
                """,
                [place, cursor?.id ?? "", limit + 1]
            )
            return try rows.map(Broadcast.decode)
        }
        let items = Array(found.prefix(limit))
        return Page(items: items, next: found.count > limit ? items.last?.cursor : nil)
    }

    func open(limit: Int) async throws(StoreError) -> [Broadcast] {
        try await read("open") { database in
            let rows = try database.rows(
                """
                SELECT schema, body FROM broadcasts WHERE open_since IS NOT NULL ORDER BY open_since, id LIMIT ?
                """,
                [max(0, limit)]
            )
            return try rows.map(Broadcast.decode)
        }
    }
}
