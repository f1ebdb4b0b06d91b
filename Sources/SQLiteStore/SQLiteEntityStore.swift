import Domain
import GRDB

/// One collection of documents.
struct SQLiteEntityStore<Entity: IndexedDocument>: EntityStore {
    /// So many ids are asked for in one statement.
    private static var idsAtOnce: Int { 500 }

    let database: SQLiteDatabase

    func find(_ key: Entity.Key) async throws(StoreError) -> Entity? {
        try database.lookUp(Operation(Entity.collection, "find")) { try Entity.find(key, in: $0) }
    }

    func find(ids: [Entity.ID]) async throws(StoreError) -> [Entity] {
        let ids = Array(Set(ids))
        var found: [Entity] = []
        for start in stride(from: 0, to: ids.count, by: Self.idsAtOnce) {
            let part = ids[start..<min(ids.count, start + Self.idsAtOnce)].map(\.rawValue)
            found += try await read("find") { database in
                let json = String(decoding: try DocumentJSON.encode(part), as: UTF8.self)
                let sql = "SELECT schema, body FROM \(Entity.collection) WHERE id IN (SELECT value FROM json_each(?))"
                return try database.rows(sql, [json]).map(Entity.decode)
            }
        }
        return found
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
