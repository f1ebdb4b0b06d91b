import Domain
import Foundation

/// Who may do what only one process may do, in the collection `leases`.
struct MongoLeaseStore: LeaseStore {
    static let collection = "leases"

    let database: MongoDatabase

    func acquire(_ lease: Lease, now: Date, takesOverSamePlace: Bool) async throws(StoreError) -> Lease {
        try await run("acquire") { client in
            var free: [BSON] = [
                ["holder": .string(lease.holder)],
                ["expires_at": ["$lt": .integer(Timestamp.milliseconds(now))]],
            ]
            if takesOverSamePlace { free.append(["place": .string(lease.place)]) }
            let taken = MongoUpdate(
                filter: ["_id": .string(lease.name), "$or": .array(free)],
                change: [
                    "$set": [
                        "holder": .string(lease.holder), "place": .string(lease.place),
                        "expires_at": .integer(Timestamp.milliseconds(lease.expiresAt)),
                    ]
                ],
                isUpsert: true
            )
            // Where somebody else holds it, nothing fits, and a second document of the name cannot be made.
            do {
                _ = try client.update([taken], in: Self.collection)
            } catch MongoFailure.duplicate {}
            guard let held = try Self.lease(lease.name, client) else {
                throw StoreError.missing(collection: Self.collection)
            }
            return held
        }
    }

    func release(name: String, holder: String) async throws(StoreError) {
        try await run("release") { client in
            try client.delete(["_id": .string(name), "holder": .string(holder)], from: Self.collection)
        }
    }

    func holder(of name: String) async throws(StoreError) -> Lease? {
        try await run("holder") { try Self.lease(name, $0) }
    }

    private static func lease(_ name: String, _ client: MongoClient) throws -> Lease? {
        let query = MongoQuery(collection: collection, filter: ["_id": .string(name)])
        guard let document = try client.first(query) else { return nil }
        guard let holder = document["holder"]?.string, let place = document["place"]?.string,
            let expiresAt = document["expires_at"]?.integer
        else { throw StoreError.corrupt(collection: collection, detail: "a lease that cannot be read") }
        return Lease(
            name: name,
            holder: holder,
            place: place,
            expiresAt: Timestamp.date(milliseconds: expiresAt)
        )
    }

    private func run<Value: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (MongoClient) throws -> Value
    ) async throws(StoreError) -> Value {
        try await database.run(MongoCall(Self.collection, name), body)
    }
}
