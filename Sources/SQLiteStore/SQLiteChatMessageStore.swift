import Domain
import Foundation
import GRDB

/// What was written in the rooms, in the table `chat_messages`.
struct SQLiteChatMessageStore: ChatMessageStore {
    /// So many ids are asked for in one statement.
    private static let idsAtOnce = 100
    /// So many messages are forgotten in one transaction, so that other writes come in between.
    private static let portion = 500

    let database: SQLiteDatabase

    func page(of session: LiveSessionID, before seq: Int?, limit: Int) async throws(StoreError) -> [ChatMessage] {
        try await rows(
            "page",
            "session = ? AND is_shown = 1 AND seq < ? ORDER BY seq DESC LIMIT ?",
            [session.rawValue, seq ?? Int.max, max(0, limit)]
        ).reversed()
    }

    func find(_ ids: [RoomMessageID]) async throws(StoreError) -> [ChatMessage] {
        var found: [ChatMessage] = []
        for start in stride(from: 0, to: ids.count, by: Self.idsAtOnce) {
            let part = ids[start..<min(ids.count, start + Self.idsAtOnce)].map(\.rawValue)
            let json = String(decoding: (try? DocumentJSON.encode(part)) ?? Data(), as: UTF8.self)
            found += try await rows("find", "id IN (SELECT value FROM json_each(?))", [json])
        }
        return found
    }

    func find(
        clientID: String,
        of member: MemberID,
        in session: LiveSessionID
    ) async throws(StoreError) -> ChatMessage? {
        try await rows(
            "find",
            "session = ? AND member = ? AND client_id = ?",
            [session.rawValue, member.rawValue, clientID]
        ).first
    }

    func written(by member: MemberID, limit: Int) async throws(StoreError) -> [ChatMessage] {
        try await rows(
            "written",
            "member = ? AND json_extract(body, '$.text') IS NOT NULL ORDER BY at DESC, id DESC LIMIT ?",
            [member.rawValue, max(0, limit)]
        )
    }

    func forget(_ member: MemberID) async throws(StoreError) {
        var last = ""
        while true {
            let after = last
            let found = try await database.write(Operation(ChatMessage.collection, "forget")) { transaction in
                let rows = try transaction.database.rows(
                    "SELECT body FROM chat_messages WHERE member = ? AND id > ? ORDER BY id LIMIT ?",
                    [member.rawValue, after, Self.portion]
                )
                let messages = try rows.map(ChatMessage.init)
                for message in messages { try message.forgotten.update(in: transaction.database) }
                return messages.map(\.id.rawValue)
            }
            guard found.count == Self.portion, let end = found.last else { return }
            last = end
        }
    }

    private func rows(
        _ name: String,
        _ condition: String,
        _ arguments: StatementArguments
    ) async throws(StoreError) -> [ChatMessage] {
        try await database.read(Operation(ChatMessage.collection, name)) { database in
            try database.rows("SELECT body FROM chat_messages WHERE \(condition)", arguments).map(ChatMessage.init)
        }
    }
}

extension ChatMessage {
    /// The message of a row that has the column `body`.
    init(_ row: Row) throws {
        let body: String = row["body"]
        self = try DocumentJSON.decode(Self.self, from: Data(body.utf8))
    }

    func insert(in database: Database) throws {
        try database.run(
            """
            INSERT INTO chat_messages (id, session, seq, member, at, client_id, is_shown, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id.rawValue, session.rawValue, seq, member.rawValue, Timestamp.milliseconds(at), clientID, isShown,
                String(decoding: try DocumentJSON.encode(self), as: UTF8.self),
            ]
        )
    }

    /// Writes what is left of it over it.
    func update(in database: Database) throws {
        try database.run(
            "UPDATE chat_messages SET client_id = ?, is_shown = ?, body = ? WHERE id = ?",
            [clientID, isShown, String(decoding: try DocumentJSON.encode(self), as: UTF8.self), id.rawValue]
        )
    }
}
