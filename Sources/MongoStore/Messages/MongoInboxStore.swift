import Domain
import Foundation

/// What came in, in the collection `inbox`: one document for each update, `bot:number` as `_id`. Where the number has
/// come to be another update's, the older one has the moment of its receipt behind it.
struct MongoInboxStore: InboxStore {
    static let collection = "inbox"
    static let offsets = "inbox_offsets"
    /// How often a race may be lost.
    private static let races = 100
    static let indexes = [
        MongoIndex(collection, ["sequence"]),
        MongoIndex(collection, ["bot", "state", "sequence"]),
        MongoIndex(collection, ["bot", "state", "lane", "sequence"]),
        MongoIndex(collection, ["bot", "state", "handled_at", "sequence"]),
        MongoIndex(collection, ["state", "handled_at"]),
    ]

    let database: MongoDatabase

    func receive(_ entries: [InboxEntry], nextOffset: Int64, bot: BotName) async throws(StoreError) -> Int {
        try await run("receive") { client in
            var count = 0
            if !entries.isEmpty { count = try MongoInboxReceipt(client: client).store(entries) }
            let offset = MongoUpdate(
                filter: ["_id": .string(bot.rawValue)],
                change: ["$set": ["next_offset": .integer(nextOffset)]],
                isUpsert: true
            )
            do {
                _ = try client.update([offset], in: Self.offsets)
            } catch MongoFailure.duplicate {
                _ = try client.update([offset], in: Self.offsets)
            }
            return count
        }
    }

    func offset(bot: BotName) async throws(StoreError) -> Int64? {
        try await run("offset") { client in
            let query = MongoQuery(collection: Self.offsets, filter: ["_id": .string(bot.rawValue)])
            return try client.first(query)?["next_offset"]?.integer
        }
    }

    func pending(bot: BotName, after sequence: Int64, limit: Int) async throws(StoreError) -> [InboxItem] {
        try await pending(["bot": .string(bot.rawValue), "state": "pending"], after: sequence, limit: limit)
    }

    func pending(
        bot: BotName,
        lane: String,
        after sequence: Int64,
        limit: Int
    ) async throws(StoreError) -> [InboxItem] {
        try await pending(
            ["bot": .string(bot.rawValue), "state": "pending", "lane": .string(lane)],
            after: sequence,
            limit: limit
        )
    }

    func pendingCount(bot: BotName) async throws(StoreError) -> Int {
        try await run("pendingCount") { client in
            try client.count(["bot": .string(bot.rawValue), "state": "pending"], in: Self.collection)
        }
    }

    func finish(bot: BotName, updateID: Int64, outbox: [OutboxDraft], now: Date) async throws(StoreError) {
        try await handle("finish", bot, updateID, outbox, now: now) { id in
            MongoUpdate(
                filter: ["_id": id, "state": ["$in": ["pending", "set_aside"]]],
                change: [
                    "$set": [
                        "state": "finished", "handled_at": .integer(Timestamp.milliseconds(now)),
                        "payload": .binary(Data()),
                    ],
                    "$unset": ["error": ""],
                ]
            )
        }
    }

    func recordFailure(bot: BotName, updateID: Int64) async throws(StoreError) -> Int {
        let token = UUID().uuidString
        return try await run("recordFailure") { client in
            let id = Self.id(bot, updateID)
            for _ in 0..<Self.races {
                let entry = try client.first(MongoQuery(collection: Self.collection, filter: ["_id": id]))
                guard let failures = entry?["failures"]?.integer else {
                    throw StoreError.missing(collection: Self.collection)
                }
                if entry?["failed_in"]?.string == token { return Int(failures) }
                let failed = MongoUpdate(
                    filter: ["_id": id, "failures": .integer(failures)],
                    change: ["$set": ["failures": .integer(failures + 1), "failed_in": .string(token)]]
                )
                if try client.update([failed], in: Self.collection) == 1 { return Int(failures) + 1 }
            }
            throw StoreError.conflict(collection: Self.collection)
        }
    }

    func setAside(
        bot: BotName,
        updateID: Int64,
        error: String,
        outbox: [OutboxDraft],
        now: Date
    ) async throws(StoreError) {
        try await handle("setAside", bot, updateID, outbox, now: now) { id in
            MongoUpdate(
                filter: ["_id": id, "state": "pending"],
                change: [
                    "$set": [
                        "state": "set_aside", "handled_at": .integer(Timestamp.milliseconds(now)),
                        "error": .string(error),
                    ]
                ]
            )
        }
    }

    func setAside(bot: BotName, limit: Int) async throws(StoreError) -> [SetAsideUpdate] {
        guard limit > 0 else { return [] }
        return try await run("setAside") { client in
            let query = MongoQuery(
                collection: Self.collection,
                filter: ["bot": .string(bot.rawValue), "state": "set_aside"],
                sort: ["handled_at": -1, "sequence": -1],
                limit: min(limit, Int(Int32.max))
            )
            return try client.find(query).map { document in
                SetAsideUpdate(entry: try InboxEntry(document), error: document["error"]?.string ?? "")
            }
        }
    }

    static func id(_ bot: BotName, _ updateID: Int64) -> BSON { .string("\(bot):\(updateID)") }

    private func pending(_ filter: BSON, after sequence: Int64, limit: Int) async throws(StoreError) -> [InboxItem] {
        guard limit > 0 else { return [] }
        return try await run("pending") { client in
            let query = MongoQuery(
                collection: Self.collection,
                filter: filter.with(["sequence": ["$gt": .integer(sequence)]]),
                sort: ["sequence": 1],
                limit: min(limit, Int(Int32.max))
            )
            return try client.find(query).map { document in
                InboxItem(sequence: document["sequence"]?.integer ?? 0, entry: try InboxEntry(document))
            }
        }
    }

    /// Stores the answers, then that the update is handled.
    private func handle(
        _ name: String,
        _ bot: BotName,
        _ updateID: Int64,
        _ outbox: [OutboxDraft],
        now: Date,
        _ update: @escaping @Sendable (BSON) -> MongoUpdate
    ) async throws(StoreError) {
        try await run(name) { client in
            let id = Self.id(bot, updateID)
            let query = MongoQuery(collection: Self.collection, filter: ["_id": id], projection: ["state": 1])
            guard try client.first(query) != nil else { throw StoreError.missing(collection: Self.collection) }
            try database.append(outbox, now: now, with: client)
            _ = try client.update([update(id)], in: Self.collection)
        }
    }

    private func run<Value: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (MongoClient) throws -> Value
    ) async throws(StoreError) -> Value {
        try await database.run(MongoCall(Self.collection, name), body)
    }
}

extension InboxEntry {
    /// - Throws: `StoreError.corrupt` where the document was damaged.
    init(_ document: BSON) throws {
        guard let bot = document["bot"]?.string, let updateID = document["update_id"]?.integer,
            let lane = document["lane"]?.string, let payload = document["payload"]?.binary,
            let receivedAt = document["received_at"]?.integer, let failures = document["failures"]?.integer
        else {
            throw StoreError.corrupt(collection: MongoInboxStore.collection, detail: "an update that cannot be read")
        }
        self.init(
            bot: BotName(rawValue: bot),
            updateID: updateID,
            lane: lane,
            payload: payload,
            receivedAt: Timestamp.date(milliseconds: receivedAt),
            failures: Int(failures)
        )
    }
}
