import Domain
import Foundation

/// What has to be sent.
struct MongoOutboxStore: OutboxStore {
    let database: MongoDatabase

    func append(_ drafts: [OutboxDraft], now: Date) async throws(StoreError) {
        try await run("append") { try database.append(drafts, now: now, with: $0) }
    }

    func claim(
        bot: BotName,
        lanes: Set<OutboxLane>,
        excluding excluded: Set<ChatID>,
        limit: Int,
        now: Date
    ) async throws(StoreError) -> [OutboxRow] {
        let claim = MongoOutboxClaim(bot: bot, lanes: lanes, excluded: excluded, limit: limit, now: now)
        return try await run("claim") { client in
            try database.unfinished.finish(client)
            var attempt = MongoOutboxClaim.Attempt()
            do {
                return try claim.rows(client, &attempt)
            } catch {
                database.unfinished.add(attempt)
                throw error
            }
        }
    }

    func settle(_ outcomes: [(sequence: Int64, outcome: OutboxOutcome)], now: Date) async throws(StoreError) {
        try await run("settle") { client in
            let rows = try client.find(
                MongoQuery(
                    collection: MongoOutbox.collection,
                    filter: ["sequence": ["$in": .integers(outcomes.map(\.sequence))]],
                    projection: Self.settling
                )
            )
            let found = Dictionary(rows.map { ($0["sequence"]?.integer ?? 0, $0) }) { first, _ in first }
            let updates = outcomes.compactMap { outcome in
                found[outcome.sequence].flatMap { Self.settlement(of: $0, outcome.outcome, now: now) }
            }
            _ = try client.update(updates, in: MongoOutbox.collection)
            // Also those of rows that were settled before: an earlier try may have come only so far.
            let conversations = Self.conversations(of: rows)
            var locks: [MongoConversation: [Int64]] = [:]
            for (bot, rows) in Dictionary(grouping: conversations, by: \.key.bot) {
                locks.merge(try Self.locks(of: bot, on: rows.flatMap(\.value), client)) { first, _ in first }
            }
            try MongoConversation.release(locks, client)
            // Where a group became another one at the moment of the claim, the lock was not in the row's conversation.
            try MongoConversation.refresh(conversations.keys.filter { locks[$0] == nil }, client)
        }
    }

    func hold(bot: BotName, chat: ChatID, until: Date) async throws(StoreError) {
        try await run("hold") { try MongoConversation(bot: bot, chat: chat).hold(until: until, $0) }
    }

    func recover(bot: BotName, now: Date) async throws(StoreError) -> Int {
        try await run("recover") { client in
            let sending: BSON = ["bot": .string(bot.rawValue), "state": "sending"]
            let rows = try client.find(
                MongoQuery(collection: MongoOutbox.collection, filter: sending, projection: Self.settling)
            )
            let outcome = OutboxOutcome.unknown(notBefore: Timestamp.date(milliseconds: 0))
            let updates = rows.compactMap { Self.settlement(of: $0, outcome, now: now) }
            _ = try client.update(updates, in: MongoOutbox.collection)
            try MongoConversation.release(Self.conversations(of: rows), client)
            try Self.mend(bot, client)
            return rows.count
        }
    }

    func move(bot: BotName, from: ChatID, to: ChatID) async throws(StoreError) {
        guard from != to else { return }
        try await run("move") { client in
            let old = MongoConversation(bot: bot, chat: from)
            let new = MongoConversation(bot: bot, chat: to)
            let sending = try old.sending(client)
            do {
                try Self.move(old, to: new, sending: sending, client)
            } catch {
                database.unfinished.add(moveOf: old, to: new, sending: sending)
                throw error
            }
        }
    }

    func counts(bot: BotName) async throws(StoreError) -> OutboxCounts {
        try await run("counts") { client in
            try MongoEffects(database: database, client: client).healAll()
            func count(_ state: String) throws -> Int {
                try client.count(["bot": .string(bot.rawValue), "state": .string(state)], in: MongoOutbox.collection)
            }
            var counts = OutboxCounts()
            counts.queued = try count("queued")
            counts.sending = try count("sending")
            counts.sent = try count("sent")
            counts.failed = try count("failed")
            counts.unreachable = try count("unreachable")
            counts.unknown = try count("unknown")
            return counts
        }
    }

    private static func move(
        _ old: MongoConversation,
        to new: MongoConversation,
        sending: [Int64],
        _ client: MongoClient
    ) throws {
        if !sending.isEmpty { try new.lock(sending, client) }
        let moves = ["queued", "sending"].map { state in
            MongoUpdate(
                filter: ["bot": .string(old.bot.rawValue), "state": state, "chat": .integer(old.chat.rawValue)],
                change: ["$set": ["chat": .integer(new.chat.rawValue)]],
                isForMany: true
            )
        }
        _ = try client.update(moves, in: MongoOutbox.collection)
        try MongoConversation.release([old: sending], client)
        // Of those that were settled meanwhile nobody else gives the lock back.
        try new.release(unlessSending: sending, client)
        try MongoConversation.refresh([old, new], client)
    }

    private func run<Value: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (MongoClient) throws -> Value
    ) async throws(StoreError) -> Value {
        try await database.run(MongoCall(MongoOutbox.collection, name), body)
    }

    /// What has to be known of a row that is settled.
    private static let settling: BSON = [
        "sequence": 1, "bot": 1, "chat": 1, "state": 1, "attempts": 1, "is_uncertain": 1,
    ]

    private static func conversations(of rows: [BSON]) -> [MongoConversation: [Int64]] {
        var conversations: [MongoConversation: [Int64]] = [:]
        for row in rows {
            guard let bot = row["bot"]?.string, let chat = row["chat"]?.integer,
                let sequence = row["sequence"]?.integer
            else { continue }
            let conversation = MongoConversation(bot: BotName(rawValue: bot), chat: ChatID(rawValue: chat))
            conversations[conversation, default: []].append(sequence)
        }
        return conversations
    }

    /// - Returns: The update that fits only as long as the row's attempt is this one; nil where it is not being sent.
    private static func settlement(of row: BSON, _ outcome: OutboxOutcome, now: Date) -> MongoUpdate? {
        guard row["state"] == "sending", let attempts = row["attempts"] else { return nil }
        let now = BSON.integer(Timestamp.milliseconds(now))
        let isUncertain = row["is_uncertain"]?.bool ?? false
        let fields: BSON =
            switch outcome {
            case .sent(let message):
                .present(["state": "sent", "settled_at": now, "message": message.map(BSON.integer)])
            case .retry(let notBefore):
                ["state": "queued", "not_before": .integer(Timestamp.milliseconds(notBefore))]
            case .unknown(let notBefore) where !isUncertain:
                [
                    "state": "queued", "is_uncertain": true,
                    "not_before": .integer(Timestamp.milliseconds(notBefore)),
                ]
            case .unknown:
                ["state": "unknown", "settled_at": now]
            case .failed(let reason):
                ["state": "failed", "settled_at": now, "reason": .string(reason)]
            case .unreachable(let reason):
                ["state": "unreachable", "settled_at": now, "reason": .string(reason)]
            }
        return MongoUpdate(
            filter: ["_id": row["_id"] ?? .null, "state": "sending", "attempts": attempts],
            change: ["$set": fields]
        )
    }

    /// Frees the locks of rows that were not marked any more before a crash, and looks at every conversation of a bot
    /// that has something in the queue.
    private static func mend(_ bot: BotName, _ client: MongoClient) throws {
        try MongoConversation.release(locks(of: bot, on: nil, client), client)
        let chats = try client.chats(ofQueued: .string(bot.rawValue))
        try MongoConversation.refresh(
            chats.map { MongoConversation(bot: bot, chat: ChatID(rawValue: $0)) },
            client
        )
    }

    /// A bot's conversations that are locked, with the rows that have the lock: of these rows, or of all.
    private static func locks(
        of bot: BotName,
        on sequences: [Int64]?,
        _ client: MongoClient
    ) throws -> [MongoConversation: [Int64]] {
        let isLocked: BSON = sequences.map { ["$in": .integers($0)] } ?? ["$exists": true]
        let locked = try client.find(
            MongoQuery(
                collection: MongoConversation.collection,
                filter: ["bot": .string(bot.rawValue), "sending": isLocked]
            )
        )
        var locks: [MongoConversation: [Int64]] = [:]
        for document in locked {
            guard let chat = document["chat"]?.integer else { continue }
            let conversation = MongoConversation(bot: bot, chat: ChatID(rawValue: chat))
            let held = (document["sending"]?.array ?? []).compactMap(\.integer)
            locks[conversation] = held.filter { sequences?.contains($0) != false }
        }
        return locks
    }
}

extension MongoClient {
    /// The chats for which a bot has something in the queue.
    fileprivate func chats(ofQueued bot: BSON) throws(MongoFailure) -> [Int64] {
        let reply = try read([
            "distinct": .string(MongoOutbox.collection), "key": "chat", "query": ["bot": bot, "state": "queued"],
        ])
        return (reply["values"]?.array ?? []).compactMap(\.integer)
    }
}
