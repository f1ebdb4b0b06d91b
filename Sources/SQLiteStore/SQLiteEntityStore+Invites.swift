import Domain
import Foundation
import GRDB

extension Invite: IndexedDocument {
    static var indexColumns: [String] { ["secret", "created_at", "ends_at"] }

    var indexValues: [(any DatabaseValueConvertible)?] {
        [secret.rawValue, Timestamp.milliseconds(createdAt), Timestamp.milliseconds(endsAt)]
    }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        case .secret(let digest): ("secret = ?", [digest.rawValue])
        }
    }
}

extension SQLiteEntityStore: InviteStore where Entity == Invite {
    func running(now: Date, limit: Int) async throws(StoreError) -> [Invite] {
        try await read("running") { database in
            let rows = try database.rows(
                "SELECT schema, body FROM invites WHERE ends_at > ? ORDER BY created_at DESC, id DESC LIMIT ?",
                [Timestamp.milliseconds(now), max(0, limit)]
            )
            return try rows.map(Invite.decode)
        }
    }
}
