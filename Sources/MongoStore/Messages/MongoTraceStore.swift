import Domain
import Foundation

/// What is kept of a person in passing.
struct MongoTraceStore: TraceStore {
    /// So many messages are erased at once.
    private static let portion = 200
    private static let settled = ["sent", "failed", "unreachable", "unknown"]

    let database: MongoDatabase

    func traces(of person: TracedPerson, limit: Int) async throws(StoreError) -> Traces {
        // MongoDB takes 0 for all.
        guard limit > 0 else { return Traces() }
        let limit = min(limit, Int(Int32.max))
        return try await database.run(MongoCall("traces", "list")) { client in
            var traces = Traces(
                sessions: try client.entities(
                    AuthSession.self,
                    Self.sessions(of: person),
                    sort: ["index.created_at": -1, "_id": -1],
                    limit: limit
                ),
                links: try client.entities(
                    SignInLink.self,
                    Self.links(of: person),
                    sort: ["index.ends_at": -1, "_id": -1],
                    limit: limit
                )
            )
            traces.notifications = try client.notifications(of: person.member, after: nil, limit: limit)
            guard let chat = person.telegramID?.privateChat else { return traces }
            traces.messages = try client.find(
                MongoQuery(
                    collection: MongoOutbox.collection,
                    filter: Self.messages(to: chat, in: Self.settled + ["queued", "sending"]),
                    sort: ["sequence": -1],
                    limit: limit
                )
            ).map(OutboxRecord.init)
            traces.updates = try client.find(
                MongoQuery(
                    collection: MongoInboxStore.collection,
                    filter: Self.updates(of: person, in: ["pending", "set_aside"]),
                    sort: ["sequence": -1],
                    limit: limit
                )
            ).map { try InboxRecord($0).entry }
            return traces
        }
    }

    func erase(_ person: TracedPerson) async throws(StoreError) {
        let database = database
        try await database.run(MongoCall("traces", "erase")) { client in
            // What a last change of a document asks for is handed on first: it may be a message to the person.
            try MongoEffects(database: database, client: client).healAll()
            try client.delete(Self.sessions(of: person), from: AuthSession.collection)
            try client.delete(Self.links(of: person), from: SignInLink.collection)
            try client.delete(MongoNotificationStore.of(person.member), from: MongoNotificationStore.collection)
            guard let chat = person.telegramID?.privateChat else { return }
            try client.delete(Self.updates(of: person, in: ["set_aside"]), from: MongoInboxStore.collection)
            try Self.eraseMessages(to: chat, client)
        }
    }

    /// Leaves nothing of the messages but their dedupe keys.
    private static func eraseMessages(to chat: ChatID, _ client: MongoClient) throws {
        var last: Int64 = 0
        while true {
            let filter = messages(to: chat, in: settled + ["queued"])
            let query = MongoQuery(
                collection: MongoOutbox.collection,
                filter: filter.with(["sequence": ["$gt": .integer(last)]]),
                sort: ["sequence": 1],
                limit: portion,
                projection: ["sequence": 1, "bot": 1]
            )
            let found = try client.find(query)
            guard let end = found.last?["sequence"]?.integer else { return }
            let emptied = found.map { row in
                MongoUpdate(
                    filter: ["_id": row["_id"] ?? .null, "state": ["$in": .strings(settled + ["queued"])]],
                    change: ["forgotten": true]
                )
            }
            _ = try client.update(emptied, in: MongoOutbox.collection)
            let bots = Set(found.compactMap { $0["bot"]?.string })
            try MongoConversation.refresh(
                bots.map { MongoConversation(bot: BotName(rawValue: $0), chat: chat) },
                client
            )
            last = end
        }
    }

    private static func sessions(of person: TracedPerson) -> BSON {
        ["index.member_id": .string(person.member.rawValue)]
    }

    private static func links(of person: TracedPerson) -> BSON {
        ["body.confirmedBy": .string(person.member.rawValue)]
    }

    private static func messages(to chat: ChatID, in states: [String]) -> BSON {
        [
            "bot": ["$in": .strings([BotName.club.rawValue, BotName.recorder.rawValue])],
            "state": ["$in": .strings(states)],
            "chat": .integer(chat.rawValue),
            // All of them: so the index by which messages are sent gives them in their order.
            "lane": ["$in": .integers(OutboxLane.allCases.map { Int64($0.rawValue) })],
        ]
    }

    private static func updates(of person: TracedPerson, in states: [String]) -> BSON {
        [
            "bot": ["$in": .strings([BotName.club.rawValue, BotName.recorder.rawValue])],
            "state": ["$in": .strings(states)],
            "lane": .string(person.lane ?? ""),
        ]
    }
}

extension MongoClient {
    fileprivate func entities<Entity: MongoEntity>(
        _ type: Entity.Type,
        _ filter: BSON,
        sort: BSON,
        limit: Int
    ) throws -> [Entity] {
        let query = MongoQuery(
            collection: Entity.collection,
            filter: filter,
            sort: sort,
            limit: limit,
            projection: MongoDocument<Entity>.projection
        )
        return try find(query).map { try MongoDocument<Entity>($0).entity }
    }
}
