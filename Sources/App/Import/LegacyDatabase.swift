import Domain
import Foundation

/// A place in a collection of the predecessor's, behind a document that was handed out.
struct LegacyPlace: Hashable, Sendable {
    /// Means something to the database that gave it, and to nobody else.
    var rawValue: String
}

/// Some documents of a collection, and where those behind them begin.
struct LegacyBatch: Sendable {
    /// Each document as canonical extended JSON. Source: MongoDB Extended JSON (v2).
    var documents: [Data]
    /// Nil at the end of the collection.
    var next: LegacyPlace?
}

/// The database of the system that this one succeeds. It is only read.
protocol LegacyDatabase: Sendable {
    /// How it is called for people: without user and password.
    var summary: String { get }

    /// The names of its collections, in no order.
    func collections() async throws(StoreError) -> [String]

    /// How many documents a collection has, or about how many.
    func count(in collection: String) async throws(StoreError) -> Int

    /// At most `limit` documents of a collection in the order of `_id`, over all its types; from the beginning, or
    /// behind `place`.
    func documents(
        in collection: String,
        after place: LegacyPlace?,
        limit: Int
    ) async throws(StoreError) -> LegacyBatch

    /// Ends the connection. Nothing may be asked afterwards.
    func close() async
}
