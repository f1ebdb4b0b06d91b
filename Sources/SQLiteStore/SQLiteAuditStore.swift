import Domain
import Foundation
import GRDB

/// Who did what, in the table `audit`.
struct SQLiteAuditStore: AuditStore {
    let database: SQLiteDatabase

    func list(after cursor: PageCursor?, limit: Int) async throws(StoreError) -> Page<AuditEntry> {
        // One more is looked for, so the greatest number has to be left out.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        let found = try await database.read(Operation("audit", "list")) { database in
            let place = cursor.map { Timestamp.milliseconds($0.time) } ?? Int64.max
            let rows = try database.rows(
                "SELECT body FROM audit WHERE (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?",
                [place, cursor?.id ?? "", limit + 1]
            )
            return try rows.map(AuditEntry.init)
        }
        let items = Array(found.prefix(limit))
        return Page(items: items, next: found.count > limit ? items.last?.cursor : nil)
    }
}

extension AuditEntry {
    /// The entry of a row that has the column `body`.
    init(_ row: Row) throws {
        let body: String = row["body"]
        self = try DocumentJSON.decode(Self.self, from: Data(body.utf8))
    }

    /// Stores it. One with its id that is there already stays, or is replaced.
    func insert(isReplacing: Bool, in database: Database) throws {
        let conflict = isReplacing ? "UPDATE SET at = excluded.at, body = excluded.body" : "NOTHING"
        try database.run(
            "INSERT INTO audit (id, at, body) VALUES (?, ?, ?) ON CONFLICT (id) DO \(conflict)",
            [
                id.rawValue, Timestamp.milliseconds(at),
                String(decoding: try DocumentJSON.encode(self), as: UTF8.self),
            ]
        )
    }
}
