import Domain
import Foundation
import GRDB

/// A document with the columns and side tables by which its table finds it.
///
/// Every such table has the columns `id`, `schema` and `body` (the document as JSON) besides.
protocol IndexedDocument: StoredEntity {
    /// The columns that are taken out of the document for being looked up.
    static var indexColumns: [String] { get }
    /// Their values for this document, in the same order.
    var indexValues: [(any DatabaseValueConvertible)?] { get }

    /// What has to hold of the row that `key` names: an SQL expression and its arguments.
    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments)

    /// Writes what is kept of the document in further tables. `old` is the document as it was, nil for a new one.
    func updateSideTables(replacing old: Self?, in database: Database) throws
}

extension IndexedDocument {
    func updateSideTables(replacing old: Self?, in database: Database) throws {}

    /// The document that `key` names, or nil.
    static func find(_ key: Key, in database: Database) throws -> Self? {
        let condition = condition(key)
        let sql = "SELECT schema, body FROM \(collection) WHERE \(condition.sql)"
        return try database.row(sql, condition.arguments).map(decode)
    }

    /// The document of a row that has the columns `schema` and `body`.
    /// - Throws: `StoreError.corrupt` where a newer program wrote it; a `DecodingError` where it is damaged.
    static func decode(_ row: Row) throws -> Self {
        let written: Int = row["schema"]
        guard written <= schema else {
            throw StoreError.corrupt(
                collection: collection,
                detail: "a document has schema \(written), this program knows \(schema)"
            )
        }
        let body: String = row["body"]
        return try DocumentJSON.decode(Self.self, from: Data(body.utf8))
    }

    func insert(in database: Database) throws {
        let columns = ["id", "schema", "body"] + Self.indexColumns
        let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        try database.run(
            "INSERT INTO \(Self.collection) (\(columns.joined(separator: ", "))) VALUES (\(places))",
            [id.rawValue, Self.schema, try encoded()] + StatementArguments(indexValues)
        )
        try updateSideTables(replacing: nil, in: database)
    }

    func update(replacing old: Self, in database: Database) throws {
        let columns = (["schema", "body"] + Self.indexColumns).map { "\($0) = ?" }.joined(separator: ", ")
        try database.run(
            "UPDATE \(Self.collection) SET \(columns) WHERE id = ?",
            [Self.schema, try encoded()] + StatementArguments(indexValues) + [id.rawValue]
        )
        try updateSideTables(replacing: old, in: database)
    }

    private func encoded() throws -> String {
        String(decoding: try DocumentJSON.encode(self), as: UTF8.self)
    }
}

extension ClubSettings: IndexedDocument {
    static var indexColumns: [String] { [] }
    var indexValues: [(any DatabaseValueConvertible)?] { [] }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        ("id = ?", [ClubID.club.rawValue])
    }
}
