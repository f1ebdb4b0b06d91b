import Domain
import Foundation
import GRDB

extension ListeningDay: IndexedDocument {
    static var indexColumns: [String] { ["member_id", "day"] }

    var indexValues: [(any DatabaseValueConvertible)?] { [member.rawValue, day.rawValue] }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension Listen: IndexedDocument {
    static var indexColumns: [String] { ["member_id", "podcast_id", "last_at", "is_counting"] }

    var indexValues: [(any DatabaseValueConvertible)?] {
        [member.rawValue, podcast.rawValue, Timestamp.milliseconds(lastListenedAt), isBeingCounted]
    }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension EpisodeFigures: IndexedDocument {
    static var indexColumns: [String] { [] }

    var indexValues: [(any DatabaseValueConvertible)?] { [] }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        switch key {
        case .id(let id): ("id = ?", [id.rawValue])
        }
    }
}

extension SQLiteEntityStore: ListeningDayStore where Entity == ListeningDay {
    func days(after id: ListeningDayID?, limit: Int) async throws(StoreError) -> [ListeningDay] {
        try await documents("daysAfter", "id > ? ORDER BY id LIMIT ?", [id?.rawValue ?? "", max(0, limit)])
    }

    func days(of member: MemberID, limit: Int) async throws(StoreError) -> [ListeningDay] {
        try await documents(
            "days",
            "member_id = ? ORDER BY day DESC LIMIT ?",
            [member.rawValue, max(0, limit)]
        )
    }

    func forget(_ member: MemberID) async throws(StoreError) { try await remove(member) }
}

extension SQLiteEntityStore: ListenStore where Entity == Listen {
    func listens(of member: MemberID, limit: Int) async throws(StoreError) -> [Listen] {
        try await documents(
            "listens",
            "member_id = ? ORDER BY last_at DESC, id DESC LIMIT ?",
            [member.rawValue, max(0, limit)]
        )
    }

    func listens(of podcast: PodcastID, after id: ListenID?, limit: Int) async throws(StoreError) -> [Listen] {
        try await documents(
            "listensOf",
            "podcast_id = ? AND id > ? ORDER BY id LIMIT ?",
            [podcast.rawValue, id?.rawValue ?? "", max(0, limit)]
        )
    }

    func beingCounted(limit: Int) async throws(StoreError) -> [Listen] {
        try await documents("beingCounted", "is_counting = 1 LIMIT ?", [max(0, limit)])
    }

    func forget(_ member: MemberID) async throws(StoreError) { try await remove(member) }
}

extension SQLiteEntityStore: EpisodeFiguresStore where Entity == EpisodeFigures {}

extension SQLiteEntityStore {
    fileprivate func documents(
        _ name: String,
        _ condition: String,
        _ arguments: StatementArguments
    ) async throws(StoreError) -> [Entity] {
        try await read(name) { database in
            let sql = "SELECT schema, body FROM \(Entity.collection) WHERE \(condition)"
            return try database.rows(sql, arguments).map(Entity.decode)
        }
    }

    /// Deletes all documents of a member, and that causes were applied to them.
    fileprivate func remove(_ member: MemberID) async throws(StoreError) {
        try await database.write(Operation(Entity.collection, "forget")) { transaction in
            let table = Entity.collection
            _ = try transaction.database.run(
                """
                DELETE FROM applied_causes WHERE collection = ?
                AND entity IN (SELECT id FROM \(table) WHERE member_id = ?)
                """,
                [table, member.rawValue]
            )
            _ = try transaction.database.run("DELETE FROM \(table) WHERE member_id = ?", [member.rawValue])
        }
    }
}
