import Domain
import Foundation

/// One collection of documents.
struct MongoEntityStore<Entity: MongoEntity>: EntityStore {
    let database: MongoDatabase

    func find(_ key: Entity.Key) async throws(StoreError) -> Entity? {
        try await database.run(MongoCall(Entity.collection, "find")) { client in
            try client.document(key, of: Entity.self)?.entity
        }
    }

    func find(ids: [Entity.ID]) async throws(StoreError) -> [Entity] {
        guard !ids.isEmpty else { return [] }
        let filter: BSON = ["_id": ["$in": .strings(ids.map(\.rawValue))]]
        return try await entities("find", MongoQuery(collection: Entity.collection, filter: filter))
    }

    func change(
        _ key: Entity.Key,
        cause: Cause,
        _ rule: @escaping @Sendable (Entity?) throws(Refusal) -> Change<Entity>
    ) async throws(ChangeFailure) -> Change<Entity> {
        let call = MongoCall(Entity.collection, "change")
        let change = MongoChange(cause: cause, now: database.clock.now, database: database, rule: rule)
        let decision: Result<Change<Entity>, Refusal>
        do {
            let document = "\(Entity.collection) \(key)"
            decision = try await database.turns.take(for: document, call) { () throws(StoreError) in
                try await database.run(call) { try change.apply(to: key, with: $0) }
            }
        } catch {
            throw .store(error)
        }
        switch decision {
        case .success(let change): return change
        case .failure(let refusal): throw .refused(refusal)
        }
    }

    /// The entities of the documents that fit.
    func entities(_ name: String, _ query: MongoQuery) async throws(StoreError) -> [Entity] {
        try await database.run(MongoCall(Entity.collection, name)) { client in
            var query = query
            query.projection = MongoDocument<Entity>.projection
            return try client.find(query).map { try MongoDocument<Entity>($0).entity }
        }
    }
}

extension MongoClient {
    /// The document that `key` names, or nil.
    func document<Entity: MongoEntity>(_ key: Entity.Key, of type: Entity.Type) throws -> MongoDocument<Entity>? {
        for filter in Entity.filters(key) {
            if let document = try document(filter, of: type) { return document }
        }
        return nil
    }

    /// The document that fits, or nil.
    func document<Entity: MongoEntity>(_ filter: BSON, of type: Entity.Type) throws -> MongoDocument<Entity>? {
        let query = MongoQuery(
            collection: Entity.collection,
            filter: filter,
            projection: MongoDocument<Entity>.projection
        )
        return try first(query).map(MongoDocument.init)
    }
}
