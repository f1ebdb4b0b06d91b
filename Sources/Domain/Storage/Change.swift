import Foundation

/// A thing that a store keeps whole and changes by a rule, one document in its collection.
public protocol StoredEntity: Codable, Equatable, Sendable {
    associatedtype ID: EntityID
    /// How a document may be found: by its id, or by another value that is unique in its collection.
    associatedtype Key: Sendable

    /// Name of the collection (table) that keeps these documents.
    static var collection: String { get }
    /// Version of the document's shape. A store migrates older ones when it opens, and refuses newer ones.
    static var schema: Int { get }

    var id: ID { get }
}

/// Why a change happens: names the update, request or job that asks for it.
///
/// A store applies a cause to an entity once. Asked again with the same cause, it changes nothing and answers with
/// the entity as it is; so whoever crashed halfway may simply begin again. Causes are remembered for 48 hours at
/// least.
public struct Cause: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public var description: String { rawValue }

    /// How long a store remembers that it has applied a cause.
    public static let remembered: Duration = .seconds(48 * 3600)
}

/// What a rule decided about one entity: its new state, and everything that has to happen because of it.
///
/// The store keeps all of it or nothing.
public struct Change<State: StoredEntity>: Sendable {
    /// The entity after the change.
    public var state: State
    /// What people are told because of it, in the order in which it is to be sent.
    public var outbox: [OutboxDraft]
    /// What is written down about it: who did it to whom.
    public var audit: [AuditEntry]
    /// Whether the store had applied this cause before. Then nothing was done now, and there are no effects.
    public var isRepeat: Bool

    public init(
        _ state: State,
        outbox: [OutboxDraft] = [],
        audit: [AuditEntry] = [],
        isRepeat: Bool = false
    ) {
        self.state = state
        self.outbox = outbox
        self.audit = audit
        self.isRepeat = isRepeat
    }
}

/// Why a change did not happen.
public enum ChangeFailure: Error, Equatable, Sendable {
    /// The rule said no. Nothing was stored; tell the person why.
    case refused(Refusal)
    /// The store could not do it. See `StoreError` for whose fault it is.
    case store(StoreError)
}

/// What can go wrong in a store, whatever its technology.
public enum StoreError: Error, Equatable, Sendable {
    /// The document that had to be there is not there.
    case missing(collection: String)
    /// Another document holds a value that must be unique, or five races in a row were lost. Trying again may help.
    case conflict(collection: String)
    /// The store cannot be reached, is locked, or its disk is full. Nothing is lost; try again later.
    case unavailable(source: String, code: Int)
    /// A stored document cannot be read: its shape is newer than this program, or it is damaged. Or the store refuses
    /// for good what it was asked. Trying again does not help.
    case corrupt(collection: String, detail: String)
}

/// Keeps the entities of one collection.
public protocol EntityStore<Entity>: Sendable {
    associatedtype Entity: StoredEntity

    /// The entity that `key` names, or nil.
    func find(_ key: Entity.Key) async throws(StoreError) -> Entity?

    /// Those of the entities with these ids that there are, in no order, each once.
    func find(ids: [Entity.ID]) async throws(StoreError) -> [Entity]

    /// Applies `rule` to one entity and stores the result, all or nothing.
    ///
    /// Concurrent changes of the same entity happen one after another; `rule` sees the entity as it is at that moment.
    /// - Parameters:
    ///   - key: Names the entity. With a key other than the id, `rule` also sees the entity that holds that value.
    ///   - cause: What asks for it. A cause that was applied to this entity before changes nothing.
    ///   - rule: A pure decision over the stored entity, nil where there is none. It may run more than once. The
    ///     state that it returns keeps the id of the entity that it was given.
    /// - Returns: The stored entity with its effects; `isRepeat` where this cause had been applied before.
    /// - Throws: `.refused` when `rule` refuses; `.store(.conflict)` when another entity holds a unique value of the
    ///   new state, or after 5 lost races.
    func change(
        _ key: Entity.Key,
        cause: Cause,
        _ rule: @escaping @Sendable (Entity?) throws(Refusal) -> Change<Entity>
    ) async throws(ChangeFailure) -> Change<Entity>
}

/// Runs a read, with the store's error as a failed change has it.
func reading<Value>(
    _ read: () async throws(StoreError) -> Value
) async throws(ChangeFailure) -> Value {
    do {
        return try await read()
    } catch {
        throw .store(error)
    }
}
