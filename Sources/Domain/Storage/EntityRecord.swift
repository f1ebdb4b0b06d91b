import Foundation

/// A document with the causes that were applied to it, as it travels.
public struct EntityRecord<Entity: StoredEntity>: TransferRecord {
    /// Version of the document's shape.
    public let schema: Int
    public let document: Entity
    /// All that the store remembers, in the order of their names' bytes.
    public let causes: [AppliedCause]

    public static var collection: String { Entity.collection }

    /// The document's id.
    public var key: String { document.id.rawValue }

    /// The causes may be given in any order.
    public init(_ document: Entity, causes: [AppliedCause]) {
        schema = Entity.schema
        self.document = document
        self.causes = causes.sorted { RecordKey.precedes($0.cause.rawValue, $1.cause.rawValue) }
    }

    private enum CodingKeys: CodingKey {
        case schema, document, causes
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let written = try container.decode(Int.self, forKey: .schema)
        guard written <= Entity.schema else {
            throw StoreError.corrupt(
                collection: Entity.collection,
                detail: "a document has schema \(written), this program knows \(Entity.schema)"
            )
        }
        self.init(
            try container.decode(Entity.self, forKey: .document),
            causes: try container.decode([AppliedCause].self, forKey: .causes)
        )
    }
}

/// That a cause was applied to a document, and when.
public struct AppliedCause: Codable, Equatable, Sendable {
    public var cause: Cause
    public var at: Date

    public init(cause: Cause, at: Date) {
        self.cause = cause
        self.at = at
    }
}
