import Domain
import Foundation

/// A database of another program, which is only read.
public final class MongoForeignDatabase: Sendable {
    private let connection: MongoConnection

    private init(_ connection: MongoConnection) {
        self.connection = connection
    }

    /// Reaches the server; nothing is looked at yet.
    /// - Parameters:
    ///   - url: A connection string, `mongodb://…` or `mongodb+srv://…`.
    ///   - database: The database's name.
    /// - Returns: The database, ready to be read.
    /// - Throws: `.unavailable` where the server does not answer within some seconds or refuses the password;
    ///   `.corrupt` where the connection string cannot be read.
    public static func open(url: String, database: String) async throws(StoreError) -> MongoForeignDatabase {
        let connection = try MongoConnection(MongoAddress(url), database: database)
        do {
            try await connection.run(MongoCall("database", "open")) { _ = try $0.read(["ping": 1]) }
        } catch {
            await connection.close()
            throw error
        }
        return MongoForeignDatabase(connection)
    }

    /// What it is, for people: without user and password.
    public var summary: String { "\(connection.address), database \(connection.database)" }

    /// The names of its collections, without the server's own, sorted.
    public func collections() async throws(StoreError) -> [String] {
        try await connection.run(MongoCall("database", "collections")) { try $0.collectionNames() }
    }

    /// How many documents a collection has.
    public func count(in collection: String) async throws(StoreError) -> Int {
        try await connection.run(MongoCall(collection, "count")) { try $0.count(.empty, in: collection) }
    }

    /// Documents in the order of `_id`, over all its types, as canonical extended JSON; whole numbers are all written
    /// as 64-bit ones, and types that JSON has no use for as null. While nobody writes to the collection, none is left
    /// out.
    /// - Parameters:
    ///   - collection: Its name.
    ///   - passed: How many documents come before them.
    ///   - limit: How many there are at most.
    /// - Returns: Fewer than `limit` only at the end.
    /// - Throws: `.unavailable`, `.corrupt`.
    public func documents(
        in collection: String,
        passing passed: Int,
        limit: Int
    ) async throws(StoreError) -> [Data] {
        guard limit > 0 else { return [] }
        let query = MongoQuery(
            collection: collection,
            filter: .empty,
            sort: ["_id": 1],
            limit: min(limit, Int(Int32.max)),
            skip: min(max(0, passed), Int(Int32.max))
        )
        return try await connection.run(MongoCall(collection, "documents")) { client in
            try client.find(query).map { try $0.canonicalJSON() }
        }
    }

    /// Waits for what is under way. Every later call throws `.unavailable`.
    public func close() async {
        await connection.close()
    }
}
