import Domain
import Foundation

extension MongoClubStore {
    /// The collection that marks a database as this program's.
    static let mark = "store"
    /// The newest form of the database that this program knows.
    static let schema: Int64 = 1

    /// Opens the store: reaches the server, makes what indexes are missing, and heals what a crash has left.
    /// - Parameters:
    ///   - url: A connection string, `mongodb://…` or `mongodb+srv://…`. Limits that it does not set are set here.
    ///   - database: The database's name.
    ///   - signal: Told of the messages that a write added, after it was stored.
    ///   - clock: Says when a cause was applied and when a change's messages were decided.
    /// - Returns: The store, ready for use.
    /// - Throws: `.unavailable` where the server does not answer within some seconds or refuses the password;
    ///   `.corrupt` where the connection string cannot be read, or the database is another program's, the
    ///   predecessor's, or a newer version's: it is left as it is.
    public static func open(
        url: String,
        database: String,
        signal: OutboxSignal,
        clock: any ClubClock
    ) async throws(StoreError) -> MongoClubStore {
        let connection = try MongoConnection(MongoAddress(url), database: database)
        let shared = MongoDatabase(connection: connection, signal: signal, clock: clock)
        do {
            try await shared.run(MongoCall("database", "open")) { client in
                try Self.claim(client)
                try Self.makeIndexes(client)
                try MongoEffects(database: shared, client: client).healAll()
            }
        } catch {
            await connection.close()
            throw error
        }
        return MongoClubStore(database: shared)
    }

    static let indexes: [MongoIndex] =
        Member.indexes + Podcast.indexes + ClubSettings.indexes + SignInLink.indexes + AuthSession.indexes
        + Invite.indexes
        + MongoInboxStore.indexes + MongoOutbox.indexes + MongoConversation.indexes + SpilledCause.indexes
        + MongoAuditStore.indexes

    /// Makes sure that the database is ours, and marks it where it is new.
    private static func claim(_ client: MongoClient) throws {
        let known = try client.first(MongoQuery(collection: mark, filter: ["_id": "fomo"]))
        if let known {
            guard let written = known["schema"]?.integer, written <= schema else {
                throw StoreError.corrupt(
                    collection: mark,
                    detail: "the database was made by a newer version of this program"
                )
            }
            return
        }
        for name in try client.collectionNames() {
            guard try client.first(MongoQuery(collection: name, filter: .empty)) == nil else {
                throw StoreError.corrupt(
                    collection: name,
                    detail: "the database \(client.database) holds documents of another program; choose another"
                        + " DB_NAME, and where it is the predecessor's, bring it in with: fomo import"
                )
            }
        }
        // Where two make it at the same moment, it is there all the same.
        _ = try client.insert([["_id": "fomo", "schema": .integer(schema)]], into: mark)
    }

    private static func makeIndexes(_ client: MongoClient) throws {
        for (collection, indexes) in Dictionary(grouping: indexes, by: \.collection) {
            _ = try client.write([
                "createIndexes": .string(collection), "indexes": .array(indexes.map(\.specification)),
            ])
        }
    }
}

extension MongoClient {
    /// The database's collections, without the server's own.
    func collectionNames() throws(MongoFailure) -> [String] {
        let reply = try read(["listCollections": 1, "nameOnly": true])
        let names = (reply["cursor.firstBatch"]?.array ?? []).compactMap { $0["name"]?.string }
        return names.filter { !$0.hasPrefix("system.") }.sorted()
    }
}
