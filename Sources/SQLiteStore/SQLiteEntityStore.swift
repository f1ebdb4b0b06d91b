import Domain
import GRDB

/// One collection of documents.
struct SQLiteEntityStore<Entity: IndexedDocument>: EntityStore {
    let database: SQLiteDatabase

    func find(_ key: Entity.Key) async throws(StoreError) -> Entity? {
        try database.lookUp(Operation(Entity.collection, "find")) { try Entity.find(key, in: $0) }
    }

    func change(
        _ key: Entity.Key,
        cause: Cause,
        _ rule: @escaping @Sendable (Entity?) throws(Refusal) -> Change<Entity>
    ) async throws(ChangeFailure) -> Change<Entity> {
        let now = database.clock.now
        let decision: Result<Change<Entity>, Refusal>
        do {
            decision = try await database.write(Operation(Entity.collection, "change")) { transaction in
                try transaction.change(key, cause: cause, now: now, rule)
            }
        } catch {
            throw .store(error)
        }
        switch decision {
        case .success(let change): return change
        case .failure(let refusal): throw .refused(refusal)
        }
    }

    /// Reads one consistent state of the database, under the name by which errors call it.
    func read<Value: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        try await database.read(Operation(Entity.collection, name), body)
    }
}

extension SQLiteEntityStore: ClubSettingsStore where Entity == ClubSettings {}
