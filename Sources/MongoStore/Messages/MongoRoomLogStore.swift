import Domain
import Foundation

/// The rooms' logs, in the collection `room_events`: `{_id, session, number, body, by, pending, deletes,
/// pending_since}`, a document for each commit.
///
/// One document is written at once, and with it, as `pending` and `deletes`, what has to become of the messages beside
/// the log. That is handed on afterwards and taken out; whoever reads messages, or adds to the log, first hands on what
/// a crash has left.
struct MongoRoomLogStore: RoomLogStore {
    static let collection = RoomBatch.collection
    static let indexes = [
        MongoIndex(collection, ["session", "number"], isUnique: true),
        MongoIndex(collection, ["pending_since"], onlyWhere: "pending_since"),
    ]

    let database: MongoDatabase

    func append(_ batch: RoomBatch) async throws(StoreError) {
        let now = Timestamp.milliseconds(database.clock.now)
        try await database.run(MongoCall(Self.collection, "append")) { client in
            try MongoRoomMessages(client: client).handOnAll()
            for message in batch.messages {
                guard let name = message.name(in: ChatMessage.collection) else { continue }
                guard try client.first(name) == nil else {
                    throw StoreError.conflict(collection: ChatMessage.collection)
                }
            }
            let document = try batch.document(by: UUID().uuidString, now: now)
            let id = document["_id"] ?? .null
            if try !client.insert([document], into: Self.collection).isEmpty {
                // After an answer that was lost, the place is taken by this very call.
                let query = MongoQuery(collection: Self.collection, filter: ["_id": id], projection: ["by": 1])
                guard try client.first(query)?["by"] == document["by"] else {
                    throw StoreError.conflict(collection: Self.collection)
                }
            }
            // It is in the log, words and all. What cannot be handed on now, the next reader or the sweep hands on.
            try? MongoRoomMessages(client: client).handOn(document)
        }
    }

    func batches(of session: LiveSessionID, after number: Int, limit: Int) async throws(StoreError) -> [RoomBatch] {
        // MongoDB takes 0 for all.
        guard limit > 0 else { return [] }
        return try await database.run(MongoCall(Self.collection, "batches")) { client in
            let query = MongoQuery(
                collection: Self.collection,
                filter: ["session": .string(session.rawValue), "number": ["$gt": .integer(Int64(number))]],
                sort: ["number": 1],
                limit: min(limit, Int(Int32.max)),
                projection: RoomBatch.projection
            )
            return try client.find(query).map(RoomBatch.init)
        }
    }
}

/// Brings what batches hold of messages to the messages.
struct MongoRoomMessages {
    /// How many batches are taken on at once, and how often at most.
    private static let roundSize = 100
    private static let rounds = 50

    let client: MongoClient

    /// Hands on what crashes have left. A batch that cannot be read keeps back no other's messages.
    /// - Returns: What is wrong with such a batch.
    @discardableResult
    func handOnAll() throws -> (any Error)? {
        let query = MongoQuery(
            collection: MongoRoomLogStore.collection,
            filter: ["pending_since": ["$exists": true]],
            sort: ["pending_since": 1],
            limit: Self.roundSize
        )
        var damage: (any Error)?
        for _ in 0..<Self.rounds {
            let found = try client.find(query)
            // Within a room in their order: a message is there before it is deleted.
            for document in found.sorted(by: { ($0["number"]?.integer ?? 0) < ($1["number"]?.integer ?? 0) }) {
                do {
                    try handOn(document)
                } catch MongoFailure.unreachable(let code) {
                    throw MongoFailure.unreachable(code: code)
                } catch {
                    damage = damage ?? error
                }
            }
            guard found.count == Self.roundSize else { break }
        }
        return damage
    }

    /// Stores a batch's messages, passing over those that are there, and empties those that it deletes; then takes
    /// this out of it.
    func handOn(_ batch: BSON) throws {
        guard batch["pending_since"] != nil else { return }
        let pending = try (batch["pending"]?.array ?? []).map { try $0.decode(ChatMessage.self) }
        if !pending.isEmpty { _ = try client.insert(pending.map { try $0.document() }, into: ChatMessage.collection) }
        try empty((batch["deletes"]?.array ?? []).compactMap(\.string))
        let done = MongoUpdate(
            filter: ["_id": batch["_id"] ?? .null],
            change: ["$unset": ["pending": "", "deletes": "", "pending_since": ""]]
        )
        _ = try client.update([done], in: MongoRoomLogStore.collection)
    }

    private func empty(_ ids: [String]) throws {
        guard !ids.isEmpty else { return }
        let fields = ["body.text", "body.name", "body.username", "shown", "readable"]
        let emptied = MongoUpdate(
            filter: ["_id": ["$in": .strings(ids)]],
            change: ["$unset": .document(fields.map { BSON.Field(name: $0, value: "") })],
            isForMany: true
        )
        _ = try client.update([emptied], in: ChatMessage.collection)
    }
}

extension RoomBatch {
    /// Without what is handed on: a reader takes that from the messages.
    static var projection: BSON { ["pending": 0, "deletes": 0] }

    @Sendable
    init(_ document: BSON) throws {
        guard let body = document["body"] else {
            throw StoreError.corrupt(collection: Self.collection, detail: "a batch that cannot be read")
        }
        self = try body.decode(Self.self)
    }

    /// With what is to be handed on.
    func document(by call: String, now: Int64) throws -> BSON {
        let pending = try messages.map(BSON.init(encoding:))
        let deletes = deleted.map(\.rawValue)
        let isDone = pending.isEmpty && deletes.isEmpty
        return try document().with(
            .present([
                "by": .string(call),
                "pending": pending.isEmpty ? nil : .array(pending),
                "deletes": deletes.isEmpty ? nil : .strings(deletes),
                "pending_since": isDone ? nil : .integer(now),
            ])
        )
    }

    func document() throws -> BSON {
        [
            "_id": .string(key),
            "session": .string(session.rawValue),
            "number": .integer(Int64(number)),
            "body": try BSON(encoding: self),
        ]
    }
}
