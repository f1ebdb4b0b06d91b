import Domain
import Foundation

/// The collection `outbox`: one document for each message, its dedupe key as `_id`. Once it is forgotten, only the key
/// is left of it, for ever.
///
/// The states are those of the SQLite store: queued, sending, sent, failed, unreachable, unknown. A document's `state`
/// is the truth; what of each conversation is first in the queue is kept in `conversations` (`MongoConversation`).
struct MongoOutbox {
    static let collection = "outbox"
    static let indexes = [
        MongoIndex(collection, ["sequence"], isUnique: true, onlyWhere: "sequence"),
        MongoIndex(collection, ["bot", "state", "chat", "lane", "sequence"]),
        MongoIndex(collection, ["state", "settled_at"]),
        MongoIndex(collection, ["settled_at", "sequence"], onlyWhere: "settled_at"),
        MongoIndex(collection, ["forgotten", "_id"], onlyWhere: "forgotten"),
        MongoIndex(collection, ["batch", "state"], onlyWhere: "batch"),
    ]

    let client: MongoClient

    /// Stores drafts, passing over those whose dedupe key was used before, and what of them stands in people's lists:
    /// first, so that whoever finds the key need not ask whether the entry is there.
    /// - Returns: Those that are new and are to be sent.
    func append(_ drafts: [OutboxDraft], now: Date) throws -> [OutboxDraft] {
        try client.append(drafts.compactMap { $0.notification(at: now) })
        let unsent = drafts.filter { !$0.isSent }.map { draft -> BSON in
            ["_id": .string(draft.dedupeKey), "forgotten": true]
        }
        if !unsent.isEmpty { _ = try client.insert(unsent, into: Self.collection) }
        var keys: Set<String> = []
        let drafts = drafts.filter { $0.isSent && keys.insert($0.dedupeKey).inserted }
        guard !drafts.isEmpty else { return [] }
        let first = try client.numbers(drafts.count, for: Self.collection)
        let token = UUID().uuidString
        let documents = try drafts.enumerated().map { place, draft in
            try document(draft, sequence: first + Int64(place), token: token, now: now)
        }
        let taken = try client.insert(documents, into: Self.collection)
        let writers = try writers(of: taken.map { drafts[$0].dedupeKey })
        let conversations = Set(drafts.map { MongoConversation(bot: $0.bot, chat: $0.chat) })
        try MongoConversation.refresh(conversations, client)
        let new = drafts.enumerated().filter { place, draft in
            !taken.contains(place) || writers[draft.dedupeKey] == token
        }
        // Not the key but the number was another message's: a backup put the counter back.
        let refused = taken.sorted().map { drafts[$0] }.filter { writers[$0.dedupeKey] == nil }
        guard !refused.isEmpty else { return new.map(\.element) }
        try client.raise(Self.collection, to: try client.greatestNumber(in: Self.collection))
        return try new.map(\.element) + append(refused, now: now)
    }

    private func document(_ draft: OutboxDraft, sequence: Int64, token: String, now: Date) throws -> BSON {
        .present([
            "_id": .string(draft.dedupeKey),
            "sequence": .integer(sequence),
            "bot": .string(draft.bot.rawValue),
            "chat": .integer(draft.chat.rawValue),
            "lane": .integer(Int64(draft.lane.rawValue)),
            "body": try BSON(encoding: draft.body),
            "expires_at": draft.expiresAt.map { .integer(Timestamp.milliseconds($0)) },
            "batch": draft.batch.map { .string($0.rawValue) },
            "created_at": .integer(Timestamp.milliseconds(now)),
            "state": "queued",
            "attempts": 0,
            "is_uncertain": false,
            "written_by": .string(token),
        ])
    }

    /// Which call has stored the message of each of these keys that is there: an attempt of this very one may have,
    /// whose answer was lost.
    private func writers(of keys: [String]) throws -> [String: String] {
        guard !keys.isEmpty else { return [:] }
        let query = MongoQuery(
            collection: Self.collection,
            filter: ["_id": ["$in": .strings(keys)]],
            projection: ["written_by": 1]
        )
        let found = try client.find(query).map { ($0["_id"]?.string ?? "", $0["written_by"]?.string ?? "") }
        return Dictionary(found) { first, _ in first }
    }
}

extension OutboxRow {
    /// - Throws: A `DecodingError` or `StoreError.corrupt` where the document was damaged.
    init(_ document: BSON) throws {
        guard let key = document["_id"]?.string, let sequence = document["sequence"]?.integer,
            let bot = document["bot"]?.string, let chat = document["chat"]?.integer,
            let lane = document["lane"]?.integer.flatMap({ OutboxLane(rawValue: Int($0)) }),
            let body = document["body"]
        else {
            throw StoreError.corrupt(collection: MongoOutbox.collection, detail: "a message that cannot be read")
        }
        let draft = OutboxDraft(
            dedupeKey: key,
            bot: BotName(rawValue: bot),
            chat: ChatID(rawValue: chat),
            lane: lane,
            body: try body.decode(OutboxDraft.Body.self),
            expiresAt: document["expires_at"]?.integer.map(Timestamp.date),
            batch: document["batch"]?.string.map(OutboxBatch.init(rawValue:))
        )
        self.init(
            sequence: sequence,
            draft: draft,
            attempts: Int(document["attempts"]?.integer ?? 0),
            isUncertain: document["is_uncertain"]?.bool ?? false,
            createdAt: Timestamp.date(milliseconds: document["created_at"]?.integer ?? 0)
        )
    }
}
