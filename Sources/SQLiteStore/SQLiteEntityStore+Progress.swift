import Domain
import Foundation
import GRDB

extension XPCorrection: IndexedDocument {
    static var indexColumns: [String] { ["member", "at"] }

    var indexValues: [(any DatabaseValueConvertible)?] { [member.rawValue, Timestamp.milliseconds(at)] }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension BadgeAward: IndexedDocument {
    static var indexColumns: [String] { ["member", "badge", "is_held"] }

    var indexValues: [(any DatabaseValueConvertible)?] { [member.rawValue, badge.rawValue, revokedAt == nil] }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension ToldProgress: IndexedDocument {
    static var indexColumns: [String] { [] }

    var indexValues: [(any DatabaseValueConvertible)?] { [] }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension SQLiteEntityStore: XPCorrectionStore where Entity == XPCorrection {
    func corrections(after id: XPCorrectionID?, limit: Int) async throws(StoreError) -> [XPCorrection] {
        try await read("corrections") { database in
            let rows = try database.rows(
                "SELECT schema, body FROM xp_corrections WHERE id > ? ORDER BY id LIMIT ?",
                [id?.rawValue ?? "", max(0, limit)]
            )
            return try rows.map(XPCorrection.decode)
        }
    }

    func corrections(of member: MemberID, limit: Int) async throws(StoreError) -> [XPCorrection] {
        try await read("corrections") { database in
            let rows = try database.rows(
                "SELECT schema, body FROM xp_corrections WHERE member = ? ORDER BY at DESC, id DESC LIMIT ?",
                [member.rawValue, max(0, limit)]
            )
            return try rows.map(XPCorrection.decode)
        }
    }
}

extension SQLiteEntityStore: BadgeStore where Entity == BadgeAward {
    func awards(of member: MemberID) async throws(StoreError) -> [BadgeAward] {
        try await read("awards") { database in
            let sql = "SELECT schema, body FROM badges WHERE member = ? ORDER BY badge"
            return try database.rows(sql, [member.rawValue]).map(BadgeAward.decode)
        }
    }

    func awards(of members: [MemberID]) async throws(StoreError) -> [MemberID: [BadgeAward]] {
        let asked = Set(members).map(\.rawValue)
        let held = try await read("awards") { database in
            let json = String(decoding: try DocumentJSON.encode(asked), as: UTF8.self)
            let rows = try database.rows(
                """
                SELECT schema, body FROM json_each(?) AS asked CROSS JOIN badges ON badges.member = asked.value
                WHERE is_held = 1 ORDER BY badges.member, badges.badge
                """,
                [json]
            )
            return try rows.map(BadgeAward.decode)
        }
        return Dictionary(grouping: held, by: \.member)
    }
}

extension SQLiteEntityStore: ToldProgressStore where Entity == ToldProgress {}
