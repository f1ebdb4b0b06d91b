import Domain
import Foundation
import GRDB

extension Member: IndexedDocument {
    static var indexColumns: [String] { ["telegram_id", "membership", "role", "created_at", "waits_since"] }

    var indexValues: [(any DatabaseValueConvertible)?] {
        let waitsSince = membership == .pending ? Timestamp.milliseconds(requestedAt ?? createdAt) : nil
        return [
            telegramID?.rawValue, membership.rawValue, role.rawValue, Timestamp.milliseconds(createdAt), waitsSince,
        ]
    }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        case .telegram(let id): ("telegram_id = ?", [id.rawValue])
        }
    }
}

extension SQLiteEntityStore: MemberStore where Entity == Member {
    func active(atLeast role: Role) async throws(StoreError) -> [Member] {
        let roles = Role.allCases.filter { $0 >= role }
        return try await read("active") { database in
            let places = Array(repeating: "?", count: roles.count).joined(separator: ", ")
            let rows = try database.rows(
                """
                SELECT schema, body FROM users WHERE membership = ? AND role IN (\(places))
                ORDER BY created_at, id
                """,
                [Membership.active.rawValue] + StatementArguments(roles.map(\.rawValue))
            )
            return try rows.map(Member.decode)
        }
    }

    func pending(limit: Int) async throws(StoreError) -> [Member] {
        try await read("pending") { database in
            let rows = try database.rows(
                """
                SELECT schema, body FROM users WHERE waits_since IS NOT NULL
                ORDER BY waits_since, id LIMIT ?
                """,
                [max(0, limit)]
            )
            return try rows.map(Member.decode)
        }
    }

    func count(_ membership: Membership) async throws(StoreError) -> Int {
        try await read("count") { database in
            try database.number("SELECT count(*) FROM users WHERE membership = ?", [membership.rawValue])
        }
    }
}
