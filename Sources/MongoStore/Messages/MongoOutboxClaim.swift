import Domain
import Foundation

/// Finds the rows that may be sent now and marks them as being sent.
///
/// First the conversation is locked, by compare-and-set of its document, then its row is marked. A process that ends in
/// between leaves a lock that `recover` finds; a claim that fails in between is taken back (`MongoUnfinished`).
struct MongoOutboxClaim: Sendable {
    let bot: BotName
    let lanes: Set<OutboxLane>
    let excluded: Set<ChatID>
    let limit: Int
    /// Milliseconds since 1970.
    let now: Int64

    /// How many conversations are looked at between two claims of one round.
    private static let roundSize = 256
    /// How often conversations that others have claimed meanwhile are looked for anew.
    private static let races = 20

    init(bot: BotName, lanes: Set<OutboxLane>, excluded: Set<ChatID>, limit: Int, now: Date) {
        self.bot = bot
        self.lanes = lanes
        self.excluded = excluded
        self.limit = limit
        self.now = Timestamp.milliseconds(now)
    }

    /// A conversation with the row of it that goes next.
    fileprivate struct Candidate: Sendable {
        var conversation: MongoConversation
        var sequence: Int64
        var version: Int64
    }

    /// What a claim may have locked and marked.
    struct Attempt: Sendable {
        /// Marks what the claim gets.
        fileprivate let token = UUID().uuidString
        fileprivate var candidates: [Candidate] = []

        /// Puts everything back as if there had been no claim. Updates of it that the server carries out only
        /// afterwards do nothing any more.
        func takeBack(_ client: MongoClient) throws {
            guard !candidates.isEmpty else { return }
            let rows: BSON = ["$in": .integers(candidates.map(\.sequence))]
            let closed = MongoUpdate(
                filter: ["sequence": rows, "state": "queued"],
                change: ["$set": ["claimed_by": .string(token)]],
                isForMany: true
            )
            _ = try client.update([closed], in: MongoOutbox.collection)
            let marked = MongoUpdate(
                filter: ["sequence": rows, "state": "sending", "claimed_by": .string(token)],
                change: ["$set": ["state": "queued"], "$inc": ["attempts": -1]],
                isForMany: true
            )
            _ = try client.update([marked], in: MongoOutbox.collection)
            try MongoConversation.release(Set(candidates.map(\.conversation)), claimedBy: token, client)
        }
    }

    /// - Parameters:
    ///   - client: Speaks to the server.
    ///   - attempt: Is told of everything that is about to be locked, also where the claim fails then.
    /// - Returns: The rows that were marked.
    /// - Throws: A `MongoFailure` or `StoreError`; then no row was handed over.
    func rows(_ client: MongoClient, _ attempt: inout Attempt) throws -> [OutboxRow] {
        guard let lastLane = lanes.max() else { return [] }
        var rows: [OutboxRow] = []
        var place: (lane: Int64, head: Int64) = (-1, 0)
        var races = 0
        while rows.count < limit {
            let round = try ready(after: place, upTo: lastLane, client)
            var candidates: [Candidate] = []
            for document in round where candidates.count < limit - rows.count {
                if let candidate = try candidate(document, client) { candidates.append(candidate) }
            }
            attempt.candidates += candidates
            let claimed = try claim(candidates, attempt.token, client)
            rows += claimed
            if claimed.count < candidates.count, races < Self.races {
                races += 1
            } else {
                guard round.count == Self.roundSize, let last = round.last else { break }
                place = (last["lane"]?.integer ?? 0, last["head"]?.integer ?? 0)
            }
        }
        return rows.sorted { ($0.draft.lane, $0.sequence) < ($1.draft.lane, $1.sequence) }
    }

    /// Conversations whose first row is due, in the order in which those rows go.
    private func ready(
        after place: (lane: Int64, head: Int64),
        upTo lastLane: OutboxLane,
        _ client: MongoClient
    ) throws -> [BSON] {
        let last = BSON.integer(Int64(lastLane.rawValue))
        return try client.find(
            MongoQuery(
                collection: MongoConversation.collection,
                filter: [
                    "bot": .string(bot.rawValue),
                    "lane": ["$gte": .integer(place.lane), "$lte": last],
                    "due_at": ["$lte": .integer(now)],
                    "held_until": ["$lte": .integer(now)],
                    "$or": [
                        ["lane": ["$gt": .integer(place.lane)]],
                        ["lane": .integer(place.lane), "head": ["$gt": .integer(place.head)]],
                    ],
                ],
                sort: ["lane": 1, "head": 1],
                limit: Self.roundSize
            )
        )
    }

    /// The row of a conversation that may go now. What has expired before it makes way.
    private func candidate(_ document: BSON, _ client: MongoClient) throws -> Candidate? {
        guard let chat = document["chat"]?.integer, let version = document["version"]?.integer,
            !excluded.contains(ChatID(rawValue: chat))
        else { return nil }
        let conversation = MongoConversation(bot: bot, chat: ChatID(rawValue: chat))
        var place: (lane: Int64, sequence: Int64)?
        var hasDropped = false
        while let row = try conversation.next(after: place, client) {
            guard let lane = row["lane"]?.integer, let sequence = row["sequence"]?.integer else { break }
            if let expiresAt = row["expires_at"]?.integer, expiresAt < now {
                try drop(row, client)
                hasDropped = true
                place = (lane, sequence)
            } else if let notBefore = row["not_before"]?.integer, notBefore > now {
                break
            } else if lanes.contains(where: { $0.rawValue == lane }) {
                return Candidate(conversation: conversation, sequence: sequence, version: version)
            } else {
                place = (lane, Int64.max)
            }
        }
        if hasDropped { try MongoConversation.refresh([conversation], client) }
        return nil
    }

    /// One that may have been delivered before it expired is unknown, any other has failed.
    private func drop(_ row: BSON, _ client: MongoClient) throws {
        let state: BSON = row["is_uncertain"]?.bool == true ? "unknown" : "failed"
        let dropped = MongoUpdate(
            filter: ["_id": row["_id"] ?? .null, "state": "queued"],
            change: ["$set": ["state": state, "reason": "expired", "settled_at": .integer(now)]]
        )
        _ = try client.update([dropped], in: MongoOutbox.collection)
    }

    private func claim(_ candidates: [Candidate], _ token: String, _ client: MongoClient) throws -> [OutboxRow] {
        guard !candidates.isEmpty else { return [] }
        let locks = candidates.map { $0.conversation.claim($0.sequence, token: token, version: $0.version) }
        _ = try client.update(locks, in: MongoConversation.collection)
        let locked = try client.find(
            MongoQuery(
                collection: MongoConversation.collection,
                filter: [
                    "_id": ["$in": .array(candidates.map(\.conversation.id))], "claimed_by": .string(token),
                ],
                projection: ["sending": 1]
            )
        )
        let sequences = locked.compactMap { $0["sending"]?.array?.first?.integer }
        guard !sequences.isEmpty else { return [] }
        let rows = try mark(sequences, token, client)
        let begun = Set(rows.map(\.sequence))
        // What was not in the queue any more, or cannot be read.
        let failed = candidates.filter { sequences.contains($0.sequence) && !begun.contains($0.sequence) }
        try MongoConversation.release(
            Dictionary(failed.map { ($0.conversation, [$0.sequence]) }) { $0 + $1 },
            client
        )
        return rows
    }

    /// Marks rows as being sent. One that cannot be read fails, so that it does not stop the others.
    private func mark(_ sequences: [Int64], _ token: String, _ client: MongoClient) throws -> [OutboxRow] {
        let begin = MongoUpdate(
            filter: [
                "sequence": ["$in": .integers(sequences)], "state": "queued", "claimed_by": ["$ne": .string(token)],
            ],
            change: ["$set": ["state": "sending", "claimed_by": .string(token)], "$inc": ["attempts": 1]],
            isForMany: true
        )
        _ = try client.update([begin], in: MongoOutbox.collection)
        let documents = try client.find(
            MongoQuery(
                collection: MongoOutbox.collection,
                filter: [
                    "sequence": ["$in": .integers(sequences)], "state": "sending", "claimed_by": .string(token),
                ]
            )
        )
        return try documents.compactMap { document in
            if let row = try? OutboxRow(document) { return row }
            let unreadable = MongoUpdate(
                filter: ["_id": document["_id"] ?? .null, "state": "sending"],
                change: ["$set": ["state": "failed", "reason": "unreadable", "settled_at": .integer(now)]]
            )
            _ = try client.update([unreadable], in: MongoOutbox.collection)
            return nil
        }
    }
}
