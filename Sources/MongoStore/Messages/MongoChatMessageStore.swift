import Domain
import Foundation

/// What was written in the rooms, in the collection `chat_messages`: `{_id, session, seq, member, at, client_id,
/// shown, readable, body}`.
struct MongoChatMessageStore: ChatMessageStore {
    static let indexes = [
        MongoIndex(ChatMessage.collection, ["session", "member", "client_id"], isUnique: true, onlyWhere: "client_id"),
        MongoIndex(ChatMessage.collection, ["session", "shown", "seq"]),
        MongoIndex(ChatMessage.collection, ["member", "readable", "at", "_id"]),
    ]

    let database: MongoDatabase

    func page(of session: LiveSessionID, before seq: Int?, limit: Int) async throws(StoreError) -> [ChatMessage] {
        guard limit > 0 else { return [] }
        let place: BSON = seq.map { ["seq": ["$lt": .integer(Int64($0))]] } ?? .empty
        let filter: BSON = ["session": .string(session.rawValue), "shown": true]
        return try await messages("page", filter.with(place), sort: ["seq": -1], limit: limit).reversed()
    }

    func find(_ ids: [RoomMessageID]) async throws(StoreError) -> [ChatMessage] {
        guard !ids.isEmpty else { return [] }
        return try await messages("find", ["_id": ["$in": .strings(ids.map(\.rawValue))]])
    }

    func find(
        clientID: String,
        of member: MemberID,
        in session: LiveSessionID
    ) async throws(StoreError) -> ChatMessage? {
        let filter = ChatMessage.filter(session, member, clientID: clientID)
        return try await messages("find", filter, limit: 1).first
    }

    func written(by member: MemberID, limit: Int) async throws(StoreError) -> [ChatMessage] {
        guard limit > 0 else { return [] }
        let filter: BSON = ["member": .string(member.rawValue), "readable": true]
        return try await messages("written", filter, sort: ["at": -1, "_id": -1], limit: limit)
    }

    func forget(_ member: MemberID) async throws(StoreError) {
        try await database.run(MongoCall(ChatMessage.collection, "forget")) { client in
            try MongoRoomMessages(client: client).handOnAll()
            let fields = [
                "body.text", "body.name", "body.username", "body.clientID", "client_id", "shown", "readable",
            ]
            let forgotten = MongoUpdate(
                filter: ["member": .string(member.rawValue)],
                change: ["$unset": .document(fields.map { BSON.Field(name: $0, value: "") })],
                isForMany: true
            )
            _ = try client.update([forgotten], in: ChatMessage.collection)
        }
    }

    private func messages(
        _ name: String,
        _ filter: BSON,
        sort: BSON = ["_id": 1],
        limit: Int = 0
    ) async throws(StoreError) -> [ChatMessage] {
        try await database.run(MongoCall(ChatMessage.collection, name)) { client in
            try MongoRoomMessages(client: client).handOnAll()
            let query = MongoQuery(
                collection: ChatMessage.collection,
                filter: filter,
                sort: sort,
                limit: min(limit, Int(Int32.max))
            )
            return try client.find(query).map(ChatMessage.init)
        }
    }
}

extension ChatMessage {
    @Sendable
    init(_ document: BSON) throws {
        guard let body = document["body"] else {
            throw StoreError.corrupt(collection: Self.collection, detail: "a message that cannot be read")
        }
        self = try body.decode(Self.self)
    }

    func document() throws -> BSON {
        .present([
            "_id": .string(id.rawValue),
            "session": .string(session.rawValue),
            "seq": .integer(Int64(seq)),
            "member": .string(member.rawValue),
            "at": .integer(Timestamp.milliseconds(at)),
            "client_id": clientID.map(BSON.string),
            "shown": isShown ? true : nil,
            "readable": text == nil ? nil : true,
            "body": try BSON(encoding: self),
        ])
    }

    static func filter(_ session: LiveSessionID, _ member: MemberID, clientID: String) -> BSON {
        [
            "session": .string(session.rawValue), "member": .string(member.rawValue),
            "client_id": .string(clientID),
        ]
    }

    /// Asks for the message that has this one's name; nil where it has none.
    func name(in collection: String) -> MongoQuery? {
        clientID.map { clientID in
            MongoQuery(
                collection: collection,
                filter: Self.filter(session, member, clientID: clientID),
                projection: ["_id": 1]
            )
        }
    }
}
