import Domain
import Foundation
import GRDB

/// The rooms' logs, in the table `room_events`: a row for each commit.
struct SQLiteRoomLogStore: RoomLogStore {
    let database: SQLiteDatabase

    func append(_ batch: RoomBatch) async throws(StoreError) {
        try await database.write(Operation(RoomBatch.collection, "append")) { transaction in
            let database = transaction.database
            let taken = try database.row(
                "SELECT 1 FROM room_events WHERE session = ? AND number = ?",
                [batch.session.rawValue, batch.number]
            )
            guard taken == nil else { throw StoreError.conflict(collection: RoomBatch.collection) }
            try batch.insert(in: database)
            for message in batch.messages {
                if let clientID = message.clientID {
                    let known = try database.row(
                        "SELECT 1 FROM chat_messages WHERE session = ? AND member = ? AND client_id = ?",
                        [message.session.rawValue, message.member.rawValue, clientID]
                    )
                    guard known == nil else { throw StoreError.conflict(collection: ChatMessage.collection) }
                }
                try message.insert(in: database)
            }
            for id in batch.deleted {
                let row = try database.row("SELECT body FROM chat_messages WHERE id = ?", [id.rawValue])
                try row.map(ChatMessage.init)?.emptied.update(in: database)
            }
        }
    }

    func batches(of session: LiveSessionID, after number: Int, limit: Int) async throws(StoreError) -> [RoomBatch] {
        try await database.read(Operation(RoomBatch.collection, "batches")) { database in
            let sql = "SELECT body FROM room_events WHERE session = ? AND number > ? ORDER BY number LIMIT ?"
            return try database.rows(sql, [session.rawValue, number, max(0, limit)]).map(RoomBatch.init)
        }
    }
}

extension RoomBatch {
    /// The batch of a row that has the column `body`.
    init(_ row: Row) throws {
        let body: String = row["body"]
        self = try DocumentJSON.decode(Self.self, from: Data(body.utf8))
    }

    func insert(in database: Database) throws {
        try database.run(
            "INSERT INTO room_events (session, number, body) VALUES (?, ?, ?)",
            [session.rawValue, number, String(decoding: try DocumentJSON.encode(self), as: UTF8.self)]
        )
    }
}
