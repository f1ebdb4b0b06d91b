import Domain
import Foundation
import GRDB

/// Who may do what only one process may do, in the table `leases`.
struct SQLiteLeaseStore: LeaseStore {
    let database: SQLiteDatabase

    func acquire(_ lease: Lease, now: Date, takesOverSamePlace: Bool) async throws(StoreError) -> Lease {
        try await database.write(Operation("leases", "acquire")) { transaction in
            try transaction.database.run(
                """
                INSERT INTO leases (name, holder, place, expires_at) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE
                SET holder = excluded.holder, place = excluded.place, expires_at = excluded.expires_at
                WHERE holder = excluded.holder OR expires_at < ? OR (? AND place = excluded.place)
                """,
                [
                    lease.name, lease.holder, lease.place, Timestamp.milliseconds(lease.expiresAt),
                    Timestamp.milliseconds(now), takesOverSamePlace,
                ]
            )
            let row = try transaction.database.row("SELECT * FROM leases WHERE name = ?", [lease.name])
            guard let row else { throw StoreError.missing(collection: "leases") }
            return Self.lease(row)
        }
    }

    func holder(of name: String) async throws(StoreError) -> Lease? {
        try await database.read(Operation("leases", "holder")) { database in
            try database.row("SELECT * FROM leases WHERE name = ?", [name]).map(Self.lease)
        }
    }

    func release(name: String, holder: String) async throws(StoreError) {
        try await database.write(Operation("leases", "release")) { transaction in
            _ = try transaction.database.run("DELETE FROM leases WHERE name = ? AND holder = ?", [name, holder])
        }
    }

    private static func lease(_ row: Row) -> Lease {
        Lease(
            name: row["name"],
            holder: row["holder"],
            place: row["place"],
            expiresAt: Timestamp.date(milliseconds: row["expires_at"])
        )
    }
}
