import Domain
import Foundation

/// A bot's conversation: rows of the outbox that go one after another. Its document in `conversations` says what of it
/// is first in the queue and since when that may be sent, so that a claim looks at conversations and not at rows.
///
/// The document follows the rows: whoever has changed rows looks at them anew and writes what was found by
/// compare-and-set, so that of two who look at the same time the later one counts. While one of its rows is being sent,
/// the document names that row and nothing else: that is the lock of the conversation.
struct MongoConversation: Hashable, Sendable {
    static let collection = "conversations"
    static let indexes = [
        MongoIndex(collection, ["bot", "lane", "head"]),
        MongoIndex(collection, ["bot", "sending"], onlyWhere: "sending"),
        MongoIndex(collection, ["bot", "chat"]),
        MongoIndex(collection, ["held_until"]),
    ]

    /// How often a race may be lost.
    private static let races = 100
    /// How many documents are written at once.
    private static let partSize = 500
    /// Fields that say what is first in the queue.
    private static let noHead: BSON = ["lane": "", "head": "", "due_at": ""]
    /// Fields that say that a row is being sent.
    private static let noLock: BSON = ["sending": "", "claimed_by": ""]

    let bot: BotName
    let chat: ChatID

    var id: BSON { .string("\(bot):\(chat)") }

    /// To be called after rows of these conversations have changed.
    ///
    /// While a row is being sent, only the version grows: so somebody who is about to give the lock back and has
    /// looked at the rows already looks again.
    static func refresh(_ conversations: some Sequence<MongoConversation>, _ client: MongoClient) throws {
        try write(conversations, client) { conversation, document in
            guard document?["sending"] == nil else { return .empty }
            let found = try conversation.head(client)
            return conversation.isShown(found, in: document) ? nil : found
        }
    }

    /// Gives back the locks that belong to rows, and looks at what is first now. Nothing happens where a row does not
    /// have it.
    static func release(_ rows: [MongoConversation: [Int64]], _ client: MongoClient) throws {
        try write(rows.keys, client) { conversation, document in
            let held = (document?["sending"]?.array ?? []).compactMap(\.integer)
            let left = held.filter { rows[conversation]?.contains($0) != true }
            guard left.count < held.count else { return nil }
            guard left.isEmpty else { return ["$set": ["sending": .integers(left)]] }
            return try conversation.head(client, alsoUnset: Self.noLock)
        }
    }

    /// Gives back the locks that a claim took, and sees to it that none of its updates that comes late takes one.
    static func release(
        _ conversations: some Sequence<MongoConversation>,
        claimedBy token: String,
        _ client: MongoClient
    ) throws {
        try write(conversations, client) { conversation, document in
            guard let document else { return nil }
            guard document["claimed_by"]?.string == token else { return .empty }
            return try conversation.head(client, alsoUnset: Self.noLock)
        }
    }

    /// Gives back the locks of those among these rows that are not being sent here.
    func release(unlessSending rows: [Int64], _ client: MongoClient) throws {
        guard !rows.isEmpty else { return }
        let left = try sending(client)
        try Self.release([self: rows.filter { !left.contains($0) }], client)
    }

    /// Takes the lock for rows that are being sent already, beside those that have it.
    func lock(_ sequences: [Int64], _ client: MongoClient) throws {
        try Self.write([self], client) { _, document in
            let held = (document?["sending"]?.array ?? []).compactMap(\.integer)
            let all = held + sequences.filter { !held.contains($0) }
            return ["$set": ["sending": .integers(all)], "$unset": Self.noHead]
        }
    }

    /// How a claim takes the lock: an update that fits only where nobody has been faster.
    func claim(_ sequence: Int64, token: String, version: Int64) -> MongoUpdate {
        MongoUpdate(
            filter: ["_id": id, "version": .integer(version)],
            change: [
                "$set": ["sending": .integers([sequence]), "claimed_by": .string(token)],
                "$unset": Self.noHead,
                "$inc": ["version": 1],
            ]
        )
    }

    /// Sends nothing before a moment, nor before an earlier hold's, unless that is replaced.
    func hold(until: Date, replacing isReplaced: Bool = false, _ client: MongoClient) throws {
        let held: BSON = ["held_until": .integer(Timestamp.milliseconds(until))]
        let made: BSON = ["bot": .string(bot.rawValue), "chat": .integer(chat.rawValue), "version": 0]
        let update = MongoUpdate(
            filter: ["_id": id],
            change: isReplaced ? ["$set": held, "$setOnInsert": made] : ["$max": held, "$setOnInsert": made],
            isUpsert: true
        )
        do {
            _ = try client.update([update], in: Self.collection)
        } catch MongoFailure.duplicate {
            // Somebody made the document at the same moment.
            _ = try client.update([update], in: Self.collection)
        }
    }

    /// The rows that are being sent.
    func sending(_ client: MongoClient) throws -> [Int64] {
        let rows = try client.find(
            MongoQuery(
                collection: MongoOutbox.collection,
                filter: ["bot": .string(bot.rawValue), "state": "sending", "chat": .integer(chat.rawValue)],
                projection: ["sequence": 1]
            )
        )
        return rows.compactMap { $0["sequence"]?.integer }
    }

    // MARK: Parts

    /// What is first in the queue, as an update. A first row that expires is due at that moment too: not to be sent,
    /// but to make way.
    private func head(_ client: MongoClient, alsoUnset: BSON = .empty) throws -> BSON {
        guard let row = try next(after: nil, client), let lane = row["lane"], let sequence = row["sequence"] else {
            return ["$unset": Self.noHead.with(alsoUnset)]
        }
        let expires = row["expires_at"]?.integer.map { min($0, .max - 1) + 1 } ?? Int64.max
        let due = min(row["not_before"]?.integer ?? 0, expires)
        let found: BSON = ["$set": ["lane": lane, "head": sequence, "due_at": .integer(due)]]
        return alsoUnset == .empty ? found : found.with(["$unset": alsoUnset])
    }

    /// The queued row that comes behind another one in the order of sending, or the first.
    func next(after place: (lane: Int64, sequence: Int64)?, _ client: MongoClient) throws -> BSON? {
        var filter: BSON = [
            "bot": .string(bot.rawValue), "state": "queued", "chat": .integer(chat.rawValue),
        ]
        if let place {
            let sameLane: BSON = [
                "lane": .integer(place.lane), "sequence": ["$gt": .integer(place.sequence)],
            ]
            filter = filter.with(["$or": [["lane": ["$gt": .integer(place.lane)]], sameLane]])
        }
        return try client.first(
            MongoQuery(
                collection: MongoOutbox.collection,
                filter: filter,
                sort: ["lane": 1, "sequence": 1],
                projection: ["lane": 1, "sequence": 1, "not_before": 1, "expires_at": 1, "is_uncertain": 1]
            )
        )
    }

    /// Whether the document says already what `head` has found.
    private func isShown(_ found: BSON, in document: BSON?) -> Bool {
        guard let document else { return false }
        return ["lane", "head", "due_at"].allSatisfy { document[$0] == found["$set"]?[$0] }
    }

    /// Applies updates to the documents, made where they are missing, each as long as nobody else has changed it since
    /// `body` saw it. Nil changes nothing.
    private static func write(
        _ conversations: some Sequence<MongoConversation>,
        _ client: MongoClient,
        _ body: (MongoConversation, BSON?) throws -> BSON?
    ) throws {
        var left = Array(conversations)
        while !left.isEmpty {
            try writePart(Array(left.prefix(partSize)), client, body)
            left.removeFirst(min(partSize, left.count))
        }
    }

    private static func writePart(
        _ conversations: [MongoConversation],
        _ client: MongoClient,
        _ body: (MongoConversation, BSON?) throws -> BSON?
    ) throws {
        let token = BSON.string(UUID().uuidString)
        var left = conversations
        for _ in 0..<races {
            let query = MongoQuery(collection: collection, filter: ["_id": ["$in": .array(left.map(\.id))]])
            let found = try client.find(query).map { ($0["_id"]?.string ?? "", $0) }
            let documents = Dictionary(found) { first, _ in first }
            var updates: [MongoUpdate] = []
            var new: [BSON] = []
            left = try left.filter { conversation in
                let document = documents[conversation.id.string ?? ""]
                // An earlier attempt was carried out, and its answer lost.
                guard document?["written_by"] != token, let change = try body(conversation, document) else {
                    return false
                }
                if let document {
                    updates.append(conversation.update(document, change, token: token))
                } else {
                    new.append(conversation.made(change, token: token))
                }
                return true
            }
            guard !left.isEmpty else { return }
            let updated = updates.isEmpty ? 0 : try client.update(updates, in: collection)
            let taken = new.isEmpty ? [] : try client.insert(new, into: collection)
            if updated == updates.count, taken.isEmpty { return }
        }
        throw StoreError.conflict(collection: collection)
    }

    /// An update that fits only where nobody has been faster.
    private func update(_ document: BSON, _ change: BSON, token: BSON) -> MongoUpdate {
        let set = (change["$set"] ?? .empty).with(["written_by": token])
        var operators: BSON = ["$set": set, "$inc": ["version": 1]]
        if let unset = change["$unset"] { operators = operators.with(["$unset": unset]) }
        return MongoUpdate(
            filter: ["_id": id, "version": .integer(document["version"]?.integer ?? 0)],
            change: operators
        )
    }

    private func made(_ change: BSON, token: BSON) -> BSON {
        let fields: BSON = [
            "_id": id, "bot": .string(bot.rawValue), "chat": .integer(chat.rawValue), "version": 1,
            "held_until": 0, "written_by": token,
        ]
        return fields.with(change["$set"] ?? .empty)
    }
}
