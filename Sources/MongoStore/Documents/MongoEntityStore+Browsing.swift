import Domain

/// The club's tags, and an episode by chance.
extension MongoEntityStore<Podcast> {
    private static var published: BSON { ["index.status": .string(Podcast.Status.published.rawValue)] }

    /// Counted by the server when they are asked for: it reads `index` of every published podcast that has a tag.
    func tags(from offset: Int, limit: Int) async throws(StoreError) -> [TagCount] {
        let limit = min(limit, TagCount.most)
        guard limit > 0 else { return [] }
        let stages: [BSON] = [
            ["$match": Self.published.with(["index.tags": ["$exists": true]])],
            ["$project": ["tags": "$index.tags"]],
            ["$unwind": "$tags"],
            ["$group": ["_id": "$tags", "episodes": ["$sum": 1]]],
            ["$sort": ["episodes": -1, "_id": 1]],
            ["$skip": .integer(Int64(min(max(0, offset), Int(Int32.max))))],
            ["$limit": .integer(Int64(limit))],
        ]
        let command: BSON = [
            "aggregate": .string(Podcast.collection),
            "pipeline": .array(stages),
            "cursor": ["batchSize": .integer(Int64(limit))],
            "maxTimeMS": .integer(MongoQuery.milliseconds),
        ]
        return try await database.run(MongoCall(Podcast.collection, "tags")) { client in
            (try client.read(command)["cursor.firstBatch"]?.array ?? []).compactMap { counted in
                guard let tag = counted["_id"]?.string, let episodes = counted["episodes"]?.integer else { return nil }
                return TagCount(tag: tag, episodes: Int(episodes))
            }
        }
    }

    func random(_ draw: Draw) async throws(StoreError) -> Podcast? {
        try await database.run(MongoCall(Podcast.collection, "random")) { client in
            var query = MongoQuery(
                collection: Podcast.collection,
                filter: Self.published,
                sort: ["index.listed_at": -1, "_id": -1],
                limit: 1,
                projection: ["_id": 1]
            )
            guard let index = draw.index(of: try client.count(query.filter, in: Podcast.collection)) else { return nil }
            query.skip = min(index, Int(Int32.max))
            // By the index alone; the one document is read afterwards.
            guard let id = try client.first(query)?["_id"] else { return nil }
            return try client.document(["_id": id], of: Podcast.self)?.entity
        }
    }
}
