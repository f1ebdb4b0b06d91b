import Domain
import Foundation
import GRDB

extension Member: IndexedDocument {
    static var indexColumns: [String] {
        ["telegram_id", "membership", "role", "created_at", "waits_since", "check_urgency", "checks_at"]
    }

    var indexValues: [(any DatabaseValueConvertible)?] {
        let waitsSince = membership == .pending ? Timestamp.milliseconds(requestedAt ?? createdAt) : nil
        return [
            telegramID?.rawValue, membership.rawValue, role.rawValue, Timestamp.milliseconds(createdAt), waitsSince,
            check?.urgency.rawValue, check.map { Timestamp.milliseconds($0.dueAt) },
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

    func toCheck(_ urgency: MembershipCheck.Urgency, now: Date, limit: Int) async throws(StoreError) -> [Member] {
        try await read("toCheck") { database in
            let rows = try database.rows(
                """
                SELECT schema, body FROM users WHERE check_urgency = ? AND checks_at <= ?
                ORDER BY checks_at, id LIMIT ?
                """,
                [urgency.rawValue, Timestamp.milliseconds(now), max(0, limit)]
            )
            return try rows.map(Member.decode)
        }
    }

    func list(
        _ membership: Membership?,
        from start: PageStart,
        limit: Int
    ) async throws(StoreError) -> Page<Member> {
        // One more is looked for, so the greatest number has to be left out.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        var (place, id, skipped) = (Int64.max, "", 0)
        switch start {
        case .first: break
        case .after(let cursor): (place, id) = (Timestamp.milliseconds(cursor.time), cursor.id)
        case .offset(let count): skipped = max(0, count)
        }
        let standing = membership == nil ? "" : "membership = ? AND "
        let arguments = StatementArguments(membership.map { [$0.rawValue] } ?? []) + [place, id, limit + 1, skipped]
        let found = try await read("list") { database in
            let rows = try database.rows(
                """
                SELECT schema, body FROM users WHERE \(standing)(created_at, id) < (?, ?)
                ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?
                """,
                arguments
            )
            return try rows.map(Member.decode)
        }
        let items = Array(found.prefix(limit))
        let last = found.count > limit ? items.last : nil
        return Page(items: items, next: last.map { PageCursor(time: $0.createdAt, id: $0.id.rawValue) })
    }

    func oldest() async throws(StoreError) -> Member? {
        try await read("oldest") { database in
            try database.rows("SELECT schema, body FROM users ORDER BY created_at, id LIMIT 1", [])
                .map(Member.decode).first
        }
    }

    func count(_ membership: Membership) async throws(StoreError) -> Int {
        try await read("count") { database in
            try database.number("SELECT count(*) FROM users WHERE membership = ?", [membership.rawValue])
        }
    }
}
