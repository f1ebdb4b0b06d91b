import Domain
import Foundation

extension MongoClubStore {
    /// How many documents are brought up to date at once.
    private static let portion = 200

    /// Brings a database of an older form up to date. Ended halfway, it is begun again at the next opening; two
    /// processes may do it at the same time. `written` is the form that the database has.
    static func upgrade(_ client: MongoClient, from written: Int64) throws {
        guard written < schema else { return }
        // Form 2: episodes are found by `index.prepares_at`, too. Form 3: `index.tags` are folded.
        try renewIndex(of: Podcast.self, client)
        let change: BSON = ["$set": ["schema": .integer(schema)]]
        _ = try client.update([MongoUpdate(filter: ["_id": "fomo"], change: change)], in: mark)
    }

    /// Computes the field `index` of all documents anew. One that is changed meanwhile gets it by that change.
    private static func renewIndex<Entity: MongoEntity>(of type: Entity.Type, _ client: MongoClient) throws {
        var last: BSON?
        while true {
            let query = MongoQuery(
                collection: Entity.collection,
                filter: last.map { ["_id": ["$gt": $0]] } ?? .empty,
                sort: ["_id": 1],
                limit: portion,
                projection: MongoDocument<Entity>.projection
            )
            let found = try client.find(query)
            guard let end = found.last?["_id"] else { return }
            let updates = try found.map { stored -> MongoUpdate in
                let document = try MongoDocument<Entity>(stored)
                return MongoUpdate(
                    filter: ["_id": .string(document.entity.id.rawValue), "version": .integer(document.version)],
                    change: ["$set": ["index": document.entity.index]]
                )
            }
            _ = try client.update(updates, in: Entity.collection)
            last = end
        }
    }
}
