import Domain
import Foundation

/// Who was in the shows, in the collection `attendance`: `{_id, session, member, from, open, body}`.
struct MongoAttendanceStore: AttendanceStore {
    static let collection = AttendanceInterval.collection
    static let indexes = [
        MongoIndex(collection, ["session", "_id"]),
        MongoIndex(collection, ["session", "open", "_id"], onlyWhere: "open"),
        MongoIndex(collection, ["member", "from", "_id"]),
    ]

    let database: MongoDatabase

    func keep(_ intervals: [AttendanceInterval]) async throws(StoreError) {
        guard !intervals.isEmpty else { return }
        try await database.run(MongoCall(Self.collection, "keep")) { client in
            try client.keep(intervals)
        }
    }

    func intervals(
        of session: LiveSessionID,
        after id: AttendanceID?,
        limit: Int
    ) async throws(StoreError) -> [AttendanceInterval] {
        let place: BSON = id.map { ["_id": ["$gt": .string($0.rawValue)]] } ?? .empty
        let filter: BSON = ["session": .string(session.rawValue)]
        return try await intervals("intervals", filter.with(place), sort: ["_id": 1], limit)
    }

    func open(in session: LiveSessionID, limit: Int) async throws(StoreError) -> [AttendanceInterval] {
        try await intervals("open", ["session": .string(session.rawValue), "open": true], sort: ["_id": 1], limit)
    }

    func attended(by member: MemberID, limit: Int) async throws(StoreError) -> [AttendanceInterval] {
        try await intervals(
            "attended",
            ["member": .string(member.rawValue)],
            sort: ["from": -1, "_id": -1],
            limit
        )
    }

    func forget(_ member: MemberID) async throws(StoreError) {
        try await database.run(MongoCall(Self.collection, "forget")) { client in
            try client.delete(["member": .string(member.rawValue)], from: Self.collection)
        }
    }

    private func intervals(
        _ name: String,
        _ filter: BSON,
        sort: BSON,
        _ limit: Int
    ) async throws(StoreError) -> [AttendanceInterval] {
        // MongoDB takes 0 for all.
        guard limit > 0 else { return [] }
        return try await database.run(MongoCall(Self.collection, name)) { client in
            let query = MongoQuery(
                collection: Self.collection,
                filter: filter,
                sort: sort,
                limit: min(limit, Int(Int32.max))
            )
            return try client.find(query).map(AttendanceInterval.init)
        }
    }
}

extension MongoClient {
    /// Stores intervals, each in place of the one with its id.
    func keep(_ intervals: [AttendanceInterval]) throws {
        let updates = try intervals.map { interval in
            MongoUpdate(
                filter: ["_id": .string(interval.id.rawValue)],
                change: try interval.document(),
                isUpsert: true
            )
        }
        _ = try update(updates, in: AttendanceInterval.collection)
    }
}

extension AttendanceInterval {
    @Sendable
    init(_ document: BSON) throws {
        guard let body = document["body"] else {
            throw StoreError.corrupt(collection: Self.collection, detail: "an interval that cannot be read")
        }
        self = try body.decode(Self.self)
    }

    func document() throws -> BSON {
        .present([
            "_id": .string(id.rawValue),
            "session": .string(session.rawValue),
            "member": .string(member.rawValue),
            "from": .integer(Timestamp.milliseconds(from)),
            "open": to == nil ? true : nil,
            "body": try BSON(encoding: self),
        ])
    }
}
