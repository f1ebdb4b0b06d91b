import Domain
import Foundation

/// An entity as MongoDB keeps it: `{_id, schema, version, body, index, causes, causes_since, spilled_at,
/// effects, audit, effects_since}`.
///
/// A document is read, changed and written back whole, where its version is still the one that was read
/// (compare-and-set). What has to happen because of a change is written with it, as `effects` and `audit`.
struct MongoDocument<Entity: MongoEntity>: Sendable {
    /// A cause that was applied.
    struct Applied: Equatable, Sendable {
        var cause: String
        /// Milliseconds since 1970.
        var at: Int64
        /// Which call applied it, so that one whose answer was lost knows its own work again.
        var by: String
    }

    var entity: Entity
    /// Grows by one with each change.
    var version: Int64
    /// The causes that were applied last.
    var causes: [Applied]
    /// When the last cause was moved from here to `applied_causes`, nil where none was.
    var spilledAt: Int64?
    /// What is still to be handed to the outbox.
    var effects: [OutboxDraft]
    /// What is still to be written down.
    var audit: [AuditEntry]
    /// When the oldest change with such effects was decided.
    var effectsSince: Int64?

    init(entity: Entity) {
        self.entity = entity
        version = 0
        causes = []
        effects = []
        audit = []
    }

    /// Whether a change has left something to do.
    var hasEffects: Bool { !effects.isEmpty || !audit.isEmpty }

    /// - Throws: `StoreError.corrupt` where a newer program wrote it or it is not ours; a `DecodingError` where it is
    ///   damaged.
    init(_ document: BSON) throws {
        guard let schema = document["schema"]?.integer, let version = document["version"]?.integer,
            let body = document["body"]
        else {
            throw StoreError.corrupt(collection: Entity.collection, detail: "a document that is not this program's")
        }
        guard schema <= Entity.schema else {
            throw StoreError.corrupt(
                collection: Entity.collection,
                detail: "a document has schema \(schema), this program knows \(Entity.schema)"
            )
        }
        self.version = version
        entity = try body.decode(Entity.self)
        causes = Self.causes(in: document)
        spilledAt = document["spilled_at"]?.integer
        effects = try (document["effects"]?.array ?? []).map { try $0.decode(OutboxDraft.self) }
        audit = try (document["audit"]?.array ?? []).map { try $0.decode(AuditEntry.self) }
        effectsSince = document["effects_since"]?.integer
    }

    func encoded() throws -> BSON {
        .present([
            "_id": .string(entity.id.rawValue),
            "schema": .integer(Int64(Entity.schema)),
            "version": .integer(version),
            "body": try BSON(encoding: entity),
            "index": entity.index,
            "causes": Self.encoded(causes),
            "causes_since": Self.since(causes),
            "spilled_at": spilledAt.map(BSON.integer),
            "effects": effects.isEmpty ? nil : .array(try effects.map(BSON.init(encoding:))),
            "audit": audit.isEmpty ? nil : .array(try audit.map(BSON.init(encoding:))),
            "effects_since": effectsSince.map(BSON.integer),
        ])
    }

    /// The causes that a document holds, whatever else stands in it.
    static func causes(in document: BSON) -> [Applied] {
        (document["causes"]?.array ?? []).map { applied in
            Applied(
                cause: applied["cause"]?.string ?? "",
                at: applied["at"]?.integer ?? 0,
                by: applied["by"]?.string ?? ""
            )
        }
    }

    static func encoded(_ causes: [Applied]) -> BSON {
        .array(
            causes.map { applied in
                ["cause": .string(applied.cause), "at": .integer(applied.at), "by": .string(applied.by)]
            }
        )
    }

    /// The moment of the oldest cause, by which documents are found in which one is to be forgotten.
    static func since(_ causes: [Applied]) -> BSON? {
        causes.map(\.at).min().map(BSON.integer)
    }

    /// Fields that only the server needs.
    static var projection: BSON { ["index": 0] }
}

/// An entity with the fields by which MongoDB finds it.
protocol MongoEntity: StoredEntity {
    /// Beside the index of `_id`, which every collection has.
    static var indexes: [MongoIndex] { get }
    /// The document's field `index`.
    var index: BSON { get }
    /// Whether it holds the same unique value twice, which a server allows within one document.
    var repeatsUniqueValue: Bool { get }

    /// What documents `key` may name, those that count first coming first.
    static func filters(_ key: Key) -> [BSON]
}

extension MongoEntity {
    var repeatsUniqueValue: Bool { false }

    /// Those of every collection of entities: they find documents with effects that were not handed on, and those in
    /// which a cause is to be forgotten.
    static var commonIndexes: [MongoIndex] {
        [
            MongoIndex(collection, ["effects_since"], onlyWhere: "effects_since"),
            MongoIndex(collection, ["causes_since"]),
        ]
    }
}
