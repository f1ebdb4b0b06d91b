import Domain
import Foundation

/// What members were told, in the collection `notifications`: `{_id, member, at, notice, read_at}`.
struct MongoNotificationStore: NotificationStore {
    static let collection = "notifications"
    static let indexes = [
        MongoIndex(collection, ["member", "at", "_id"]),
        MongoIndex(collection, ["at"]),
    ]

    let database: MongoDatabase

    func list(
        of member: MemberID,
        after cursor: PageCursor?,
        limit: Int
    ) async throws(StoreError) -> Page<MemberNotification> {
        // One more is looked for, so the greatest number has to be left out; MongoDB counts with 32 bits.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        let found = try await run("list") { client in
            try client.notifications(of: member, after: cursor, limit: limit + 1)
        }
        let items = Array(found.prefix(limit))
        return Page(items: items, next: found.count > limit ? items.last?.cursor : nil)
    }

    func unread(of member: MemberID) async throws(StoreError) -> Int {
        try await run("unread") { try $0.count(Self.unread(of: member), in: Self.collection) }
    }

    func read(_ id: NotificationID, of member: MemberID, now: Date) async throws(StoreError) -> Bool {
        let own: BSON = ["_id": .string(id.rawValue), "member": .string(member.rawValue)]
        return try await run("read") { client in
            let reading = MongoUpdate(
                filter: own.with(["read_at": ["$exists": false]]),
                change: ["$set": ["read_at": .integer(Timestamp.milliseconds(now))]]
            )
            _ = try client.update([reading], in: Self.collection)
            return try client.first(MongoQuery(collection: Self.collection, filter: own)) != nil
        }
    }

    func readAll(of member: MemberID, now: Date) async throws(StoreError) {
        let now = BSON.integer(Timestamp.milliseconds(now))
        try await run("readAll") { client in
            let reading = MongoUpdate(
                filter: Self.unread(of: member).with(["at": ["$lte": now]]),
                change: ["$set": ["read_at": now]],
                isForMany: true
            )
            _ = try client.update([reading], in: Self.collection)
        }
    }

    static func of(_ member: MemberID) -> BSON { ["member": .string(member.rawValue)] }

    private static func unread(of member: MemberID) -> BSON { of(member).with(["read_at": ["$exists": false]]) }

    private func run<Value: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (MongoClient) throws -> Value
    ) async throws(StoreError) -> Value {
        try await database.run(MongoCall(Self.collection, name), body)
    }
}

extension MongoClient {
    /// Entries of one member, the newest first.
    func notifications(of member: MemberID, after cursor: PageCursor?, limit: Int) throws -> [MemberNotification] {
        var query = MongoQuery(
            collection: MongoNotificationStore.collection,
            filter: MongoNotificationStore.of(member),
            sort: ["at": -1, "_id": -1],
            limit: limit
        )
        if let cursor {
            let time = BSON.integer(Timestamp.milliseconds(cursor.time))
            query.filter = query.filter.with([
                "at": ["$lte": time],
                "$or": [["at": ["$lt": time]], ["at": time, "_id": ["$lt": .string(cursor.id)]]],
            ])
        }
        return try find(query).map(MemberNotification.init)
    }

    /// Stores entries, passing over those that are there already.
    func append(_ notifications: [MemberNotification]) throws {
        guard !notifications.isEmpty else { return }
        _ = try insert(notifications.map { try $0.document() }, into: MongoNotificationStore.collection)
    }
}

extension MemberNotification {
    @Sendable
    init(_ document: BSON) throws {
        guard let id = document["_id"]?.string, let member = document["member"]?.string,
            let at = document["at"]?.integer, let notice = document["notice"]
        else {
            throw StoreError.corrupt(collection: Self.collection, detail: "a notification that cannot be read")
        }
        self.init(
            id: NotificationID(rawValue: id),
            member: MemberID(rawValue: member),
            notice: try notice.decode(Notice.self),
            createdAt: Timestamp.date(milliseconds: at),
            readAt: document["read_at"]?.integer.map(Timestamp.date)
        )
    }

    func document() throws -> BSON {
        .present([
            "_id": .string(id.rawValue),
            "member": .string(member.rawValue),
            "at": .integer(Timestamp.milliseconds(createdAt)),
            "notice": try BSON(encoding: notice),
            "read_at": readAt.map { .integer(Timestamp.milliseconds($0)) },
        ])
    }
}
