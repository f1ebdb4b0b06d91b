import Domain
import Foundation
import GRDB

extension SignInLink: IndexedDocument {
    static var indexColumns: [String] { ["poll", "ends_at"] }

    var indexValues: [(any DatabaseValueConvertible)?] {
        [poll.rawValue, Timestamp.milliseconds(expiresAt)]
    }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let digest): ("id = ?", [digest.rawValue])
        case .poll(let digest): ("poll = ?", [digest.rawValue])
        }
    }
}

extension AuthSession: IndexedDocument {
    static var indexColumns: [String] { ["member_id", "created_at", "ends_at"] }

    var indexValues: [(any DatabaseValueConvertible)?] {
        let end = min(endedAt ?? expiresAt, expiresAt)
        return [memberID.rawValue, Timestamp.milliseconds(createdAt), Timestamp.milliseconds(end)]
    }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension SQLiteEntityStore: SignInLinkStore where Entity == SignInLink {}

extension SQLiteEntityStore: AuthSessionStore where Entity == AuthSession {
    func open(of member: MemberID, now: Date) async throws(StoreError) -> [AuthSession] {
        try await read("open") { database in
            let rows = try database.rows(
                """
                SELECT schema, body FROM auth_sessions WHERE member_id = ? AND ends_at > ?
                ORDER BY created_at DESC, id DESC
                """,
                [member.rawValue, Timestamp.milliseconds(now)]
            )
            return try rows.map(AuthSession.decode).filter { $0.isOpen(at: now) }
        }
    }
}
