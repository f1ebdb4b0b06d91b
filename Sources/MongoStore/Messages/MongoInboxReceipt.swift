import Domain
import Foundation

/// Stores what one poll brought.
struct MongoInboxReceipt {
    let client: MongoClient
    /// Marks what this call writes.
    private let token = UUID().uuidString

    init(client: MongoClient) {
        self.client = client
    }

    /// - Returns: How many were new.
    func store(_ entries: [InboxEntry]) throws -> Int {
        var ids: Set<String> = []
        let entries = entries.filter { ids.insert(id($0)).inserted }
        let taken = try insert(entries)
        guard !taken.isEmpty else { return entries.count }
        let mine = try written(among: taken)
        let freed = try taken.filter { try !mine.contains(id($0)) && free($0) }
        if !freed.isEmpty { _ = try insert(freed) }
        return try entries.count - taken.count + written(among: taken).count
    }

    /// - Returns: Entries whose number is taken.
    private func insert(_ entries: [InboxEntry]) throws -> [InboxEntry] {
        let first = try client.numbers(entries.count, for: MongoInboxStore.collection)
        let documents = entries.enumerated().map { place, entry -> BSON in
            [
                "_id": MongoInboxStore.id(entry.bot, entry.updateID),
                "sequence": .integer(first + Int64(place)),
                "bot": .string(entry.bot.rawValue),
                "update_id": .integer(entry.updateID),
                "lane": .string(entry.lane),
                "payload": .binary(entry.payload),
                "received_at": .integer(Timestamp.milliseconds(entry.receivedAt)),
                "failures": .integer(Int64(entry.failures)),
                "state": "pending",
                "written_by": .string(token),
            ]
        }
        return try client.insert(documents, into: MongoInboxStore.collection).sorted().map { entries[$0] }
    }

    /// Which of these entries are there by this very call: its answer may have been lost.
    private func written(among entries: [InboxEntry]) throws -> Set<String> {
        let query = MongoQuery(
            collection: MongoInboxStore.collection,
            filter: ["_id": ["$in": .strings(entries.map(id))], "written_by": .string(token)],
            projection: ["_id": 1]
        )
        return Set(try client.find(query).compactMap { $0["_id"]?.string })
    }

    /// Gives the older update of this number another name, where it was handled long enough ago.
    /// - Returns: Whether the number is free now.
    private func free(_ entry: InboxEntry) throws -> Bool {
        let remembered = entry.receivedAt.addingTimeInterval(-Cause.remembered.seconds)
        let query = MongoQuery(
            collection: MongoInboxStore.collection,
            filter: [
                "_id": .string(id(entry)),
                "state": ["$ne": "pending"],
                "handled_at": ["$lt": .integer(Timestamp.milliseconds(remembered))],
            ]
        )
        guard let old = try client.first(query), let receivedAt = old["received_at"]?.integer else { return false }
        let kept = (old.fields ?? []).filter { $0.name != "_id" && $0.name != "written_by" }
        let past: BSON = ["_id": .string("\(id(entry)):\(receivedAt)")]
        _ = try client.insert([past.with(.document(kept))], into: MongoInboxStore.collection)
        try client.delete(
            ["_id": .string(id(entry)), "sequence": old["sequence"] ?? .null],
            from: MongoInboxStore.collection
        )
        return true
    }

    private func id(_ entry: InboxEntry) -> String { "\(entry.bot):\(entry.updateID)" }
}
