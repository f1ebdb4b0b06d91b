import Domain
import Foundation
import MongoStore

/// The predecessor's database on its MongoDB server.
struct MongoLegacyDatabase: LegacyDatabase {
    private let database: MongoForeignDatabase

    static func open(url: String, database: String) async throws(StoreError) -> MongoLegacyDatabase {
        MongoLegacyDatabase(database: try await MongoForeignDatabase.open(url: url, database: database))
    }

    var summary: String { database.summary }

    func collections() async throws(StoreError) -> [String] {
        try await database.collections()
    }

    func count(in collection: String) async throws(StoreError) -> Int {
        try await database.count(in: collection)
    }

    /// A place is how many documents come before it.
    func documents(
        in collection: String,
        after place: LegacyPlace?,
        limit: Int
    ) async throws(StoreError) -> LegacyBatch {
        let passed = place.flatMap { Int($0.rawValue) } ?? 0
        let documents = try await database.documents(in: collection, passing: passed, limit: limit)
        let isLast = documents.count < limit
        return LegacyBatch(
            documents: documents,
            next: isLast ? nil : LegacyPlace(rawValue: String(passed + documents.count))
        )
    }

    func close() async {
        await database.close()
    }
}
