import Domain
import Foundation

extension MongoClubStore {
    /// The collection that marks a database as this program's.
    static let mark = "store"
    /// The newest form of the database that this program knows.
    static let schema: Int64 = 3

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
                let written = try Self.claim(client)
                try Self.makeIndexes(client)
                try Self.upgrade(client, from: written)
                try Self.raiseNumbers(client)
                // Of what cannot be healed the sweep tells; it keeps nobody else from the club.
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
        + Invite.indexes + LiveSession.indexes + RSVP.indexes + Broadcast.indexes + MongoNotificationStore.indexes
        + Thanks.indexes
        + MongoInboxStore.indexes + MongoOutbox.indexes + MongoConversation.indexes + SpilledCause.indexes
        + MongoAuditStore.indexes
        + ListeningDay.indexes + Listen.indexes + EpisodeFigures.indexes + DownloadHit.indexes + DownloadCount.indexes
        + XPCorrection.indexes + BadgeAward.indexes + ToldProgress.indexes + MongoLedger.indexes
        + ShowFigures.indexes + DeliveryDay.indexes
        + MongoRoomLogStore.indexes + MongoChatMessageStore.indexes + MongoAttendanceStore.indexes

    /// Makes sure that the database is ours, and marks it where it is new.
    /// - Returns: The form that it has.
    private static func claim(_ client: MongoClient) throws -> Int64 {
        if let written = try markedSchema(client) { return written }
        for name in try client.collectionNames() {
            guard try client.first(MongoQuery(collection: name, filter: .empty)) == nil else {
                // Another process may have begun the club in it at this moment.
                if let written = try markedSchema(client) { return written }
                throw StoreError.corrupt(
                    collection: name,
                    detail: "the database \(client.database) holds documents of another program; choose another"
                        + " DB_NAME, and where it is the predecessor's, bring it in with: fomo import"
                )
            }
        }
        // Where two make it at the same moment, it is there all the same.
        _ = try client.insert([["_id": "fomo", "schema": .integer(schema)]], into: mark)
        return schema
    }

    /// - Returns: The form that the database has; nil where it is not marked.
    /// - Throws: `.corrupt` where a newer version has marked it.
    private static func markedSchema(_ client: MongoClient) throws -> Int64? {
        guard let known = try client.first(MongoQuery(collection: mark, filter: ["_id": "fomo"])) else { return nil }
        guard let written = known["schema"]?.integer, written <= schema else {
            throw StoreError.corrupt(
                collection: mark,
                detail: "the database was made by a newer version of this program"
            )
        }
        return written
    }

    /// A backup that was made while the club ran may have brought more than its counters know of.
    private static func raiseNumbers(_ client: MongoClient) throws {
        for collection in [MongoInboxStore.collection, MongoOutbox.collection] {
            try client.raise(collection, to: try client.greatestNumber(in: collection))
        }
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
