import Domain
import Foundation

/// One change of one document, from reading it to handing on its effects.
///
/// The document is written with its effects by compare-and-set; then they are handed to the outbox, where each is
/// stored once by its dedupe key, and to the audit, once by its id; then they are taken out of the document. Whoever changes a document next, or the
/// sweep, does for a writer that did not get that far what is left.
struct MongoChange<Entity: MongoEntity>: Sendable {
    /// How often a race may be lost.
    private static var races: Int { 5 }
    /// How many causes a document holds; older ones are moved to the collection `applied_causes`.
    static var heldCauses: Int { 64 }

    let cause: Cause
    let now: Date
    let database: MongoDatabase
    let rule: @Sendable (Entity?) throws(Refusal) -> Change<Entity>
    /// Marks what this call writes.
    private let token = UUID().uuidString

    init(
        cause: Cause,
        now: Date,
        database: MongoDatabase,
        rule: @escaping @Sendable (Entity?) throws(Refusal) -> Change<Entity>
    ) {
        self.cause = cause
        self.now = now
        self.database = database
        self.rule = rule
    }

    func apply(to key: Entity.Key, with client: MongoClient) throws -> Result<Change<Entity>, Refusal> {
        for _ in 0..<Self.races {
            let current = try client.document(key, of: Entity.self)
            if let current, try isApplied(to: current, with: client) {
                try confirm(current, with: client)
                return .success(Change(current.entity, isRepeat: true))
            }
            let decision = Result { () throws(Refusal) in try rule(current?.entity) }
            guard case .success(let change) = decision else { return decision }
            if let current, current.entity.id != change.state.id {
                throw StoreError.conflict(collection: Entity.collection)
            }
            guard !change.state.repeatsUniqueValue else { throw StoreError.conflict(collection: Entity.collection) }
            let next = try next(after: current, change, with: client)
            guard try write(next, over: current, named: key, with: client) else { continue }
            handOn(next, with: client)
            return .success(Change(change.state, outbox: change.outbox, audit: change.audit))
        }
        throw StoreError.conflict(collection: Entity.collection)
    }

    private var milliseconds: Int64 { Timestamp.milliseconds(now) }

    private func isApplied(to document: MongoDocument<Entity>, with client: MongoClient) throws -> Bool {
        if document.causes.contains(where: { $0.cause == cause.rawValue }) { return true }
        guard document.spilledAt != nil else { return false }
        let spilled = SpilledCause(Entity.collection, document.entity.id.rawValue, cause.rawValue)
        return try client.first(MongoQuery(collection: SpilledCause.collection, filter: ["_id": spilled.id])) != nil
    }

    /// Waits until most members have what was read. Who applied the cause may not have lived to see that; without it
    /// an election could take back what is now called applied.
    private func confirm(_ document: MongoDocument<Entity>, with client: MongoClient) throws {
        let nothing = MongoUpdate(
            filter: ["_id": .string(document.entity.id.rawValue), "version": .integer(document.version)],
            change: ["$set": ["version": .integer(document.version)]]
        )
        _ = try client.update([nothing], in: Entity.collection)
    }

    /// The document after the change. Causes for which there is no room are moved away first.
    private func next(
        after current: MongoDocument<Entity>?,
        _ change: Change<Entity>,
        with client: MongoClient
    ) throws -> MongoDocument<Entity> {
        var next = current ?? MongoDocument(entity: change.state)
        next.entity = change.state
        next.version += 1
        let remembered = milliseconds - Cause.remembered.wholeSeconds * 1000
        next.causes.removeAll { $0.at < remembered }
        let surplus = next.causes.count + 1 - Self.heldCauses
        if surplus > 0 {
            let spilled = next.causes.prefix(surplus).map { applied in
                SpilledCause(Entity.collection, change.state.id.rawValue, applied.cause).document(at: applied.at)
            }
            _ = try client.insert(spilled, into: SpilledCause.collection)
            next.causes.removeFirst(surplus)
            next.spilledAt = milliseconds
        }
        next.causes.append(.init(cause: cause.rawValue, at: milliseconds, by: token))
        next.effects += change.outbox
        next.audit += change.audit
        if next.hasEffects { next.effectsSince = next.effectsSince ?? milliseconds }
        return next
    }

    /// - Returns: Whether it is written; false where somebody else was faster.
    /// - Throws: `.conflict` where another document holds a unique value of it.
    private func write(
        _ next: MongoDocument<Entity>,
        over current: MongoDocument<Entity>?,
        named key: Entity.Key,
        with client: MongoClient
    ) throws -> Bool {
        let id = BSON.string(next.entity.id.rawValue)
        do {
            if let current {
                let update = MongoUpdate(
                    filter: ["_id": id, "version": .integer(current.version)],
                    change: try next.encoded()
                )
                if try client.update([update], in: Entity.collection) == 1 { return true }
            } else if try client.insert([next.encoded()], into: Entity.collection).isEmpty {
                return true
            }
        } catch MongoFailure.duplicate {
            // Another document holds the value; or an earlier attempt of this call was carried out, which is seen now.
        }
        let stored: MongoDocument<Entity>? = try client.document(["_id": id], of: Entity.self)
        if stored?.causes.contains(where: { $0.by == token }) == true { return true }
        let hasRace =
            if let current { stored?.version != current.version } else {
                try client.document(key, of: Entity.self) != nil
            }
        guard hasRace else { throw StoreError.conflict(collection: Entity.collection) }
        return false
    }

    /// What cannot be done now is left to the sweep: the change itself is stored, and with it what it asks for.
    private func handOn(_ document: MongoDocument<Entity>, with client: MongoClient) {
        guard document.hasEffects else { return }
        try? MongoEffects(database: database, client: client).handOn(document)
    }
}

/// A cause that is remembered outside of its document.
struct SpilledCause {
    static let collection = "applied_causes"
    static let indexes = [MongoIndex(collection, ["at"]), MongoIndex(collection, ["collection", "entity", "cause"])]

    let owner: String
    let entity: String
    let cause: String

    init(_ owner: String, _ entity: String, _ cause: String) {
        self.owner = owner
        self.entity = entity
        self.cause = cause
    }

    var id: BSON { .string("\(owner)/\(entity)/\(cause)") }

    /// `at`: when it was applied, in milliseconds since 1970.
    func document(at: Int64) -> BSON {
        [
            "_id": id, "collection": .string(owner), "entity": .string(entity), "cause": .string(cause),
            "at": .integer(at),
        ]
    }
}
