import Domain
import Foundation

extension Podcast: MongoEntity {
    static var indexes: [MongoIndex] {
        let unique = ["index.recordings", "index.files", "index.posts", "index.album"].map { field in
            MongoIndex(collection, [field], isUnique: true, onlyWhere: field)
        }
        return commonIndexes + unique + [
            MongoIndex(collection, ["index.status", "index.listed_at", "_id"]),
            MongoIndex(collection, ["index.status", "index.tags", "index.listed_at", "_id"]),
            MongoIndex(collection, ["index.status", "index.tokens"]),
            MongoIndex(collection, ["index.awaits_since", "_id"], onlyWhere: "index.awaits_since"),
            MongoIndex(collection, ["index.prepares_at", "_id"], onlyWhere: "index.prepares_at"),
            MongoIndex(collection, ["index.completes_at", "_id"], onlyWhere: "index.completes_at"),
        ]
    }

    var index: BSON {
        let prepares = recordings.contains { $0.fileToPrepare != nil }
        return .present([
            "status": .string(status.rawValue),
            "listed_at": .integer(Timestamp.milliseconds(listedAt)),
            "awaits_since": awaitsFiles ? .integer(Timestamp.milliseconds(createdAt)) : nil,
            "prepares_at": prepares ? .integer(Timestamp.milliseconds(listedAt)) : nil,
            "album": album.map { .string($0.id.description) },
            "completes_at": completesAt.map { .integer(Timestamp.milliseconds($0)) },
            "recordings": Self.list(recordings.map(\.id.rawValue)),
            "files": Self.list(files),
            "posts": Self.list(posts),
            "tags": Self.list(tagKeys),
            "tokens": Self.list(searchTokens.sorted()),
        ])
    }

    var repeatsUniqueValue: Bool {
        [recordings.map(\.id.rawValue), files, posts].contains { Set($0).count < $0.count }
    }

    static func filters(_ key: Key) -> [BSON] {
        switch key {
        case .id(let id): [["_id": .string(id.rawValue)]]
        case .recording(let id): [["index.recordings": .string(id.rawValue)]]
        case .post(let post): [["index.posts": .string(text(post))]]
        case .file(let id): [["index.files": .string(id.rawValue)]]
        case .postOrFile(let post, let id): filters(.post(post)) + filters(.file(id))
        case .album(let id): [["index.album": .string(id.description)]]
        }
    }

    private var files: [String] { recordings.compactMap { $0.fileUniqueID?.rawValue } }
    private var posts: [String] { recordings.flatMap(\.posts).map(Self.text) }

    private static func text(_ post: PostReference) -> String { "\(post.channel):\(post.message)" }

    /// A unique index has a place for an empty list too, so there is none.
    private static func list(_ texts: [String]) -> BSON? { texts.isEmpty ? nil : .strings(texts) }
}

extension PodcastQuery {
    /// What has to hold of a document.
    fileprivate var filter: BSON {
        var fields = [BSON.Field(name: "index.status", value: .string(status.rawValue))]
        if let tag { fields.append(BSON.Field(name: "index.tags", value: .string(tag))) }
        // The bounds of the words that begin with it, in the order of UTF-8, in which MongoDB compares.
        let held = words.map { word -> BSON in
            ["index.tokens": ["$elemMatch": ["$gte": .string(word), "$lt": .string(word + "\u{10FFFF}")]]]
        }
        if !held.isEmpty { fields.append(BSON.Field(name: "$and", value: .array(held))) }
        return .document(fields)
    }
}

extension PageCursor {
    /// Only what comes behind it in a list.
    fileprivate var filter: BSON {
        let time = BSON.integer(Timestamp.milliseconds(self.time))
        return [
            "index.listed_at": ["$lte": time],
            "$or": [
                ["index.listed_at": ["$lt": time]], ["index.listed_at": time, "_id": ["$lt": .string(id)]],
            ],
        ]
    }
}

extension MongoEntityStore: PodcastStore where Entity == Podcast {
    func list(_ query: PodcastQuery, from start: PageStart, limit: Int) async throws(StoreError) -> Page<Podcast> {
        // One more is looked for, so the greatest number has to be left out; MongoDB counts with 32 bits.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        var search = MongoQuery(
            collection: Podcast.collection,
            filter: query.filter,
            sort: ["index.listed_at": -1, "_id": -1],
            limit: limit + 1
        )
        switch start {
        case .first: break
        case .after(let cursor): search.filter = query.filter.with(cursor.filter)
        case .offset(let count): search.skip = min(max(0, count), Int(Int32.max))
        }
        let found = try await entities("list", search)
        let items = Array(found.prefix(limit))
        let last = found.count > limit ? items.last : nil
        return Page(items: items, next: last.map { PageCursor(time: $0.listedAt, id: $0.id.rawValue) })
    }

    func count(_ query: PodcastQuery) async throws(StoreError) -> Int {
        try await database.run(MongoCall(Podcast.collection, "count")) { client in
            try client.count(query.filter, in: Podcast.collection)
        }
    }

    func withRecordingsToFetch(limit: Int) async throws(StoreError) -> [Podcast] {
        guard limit > 0 else { return [] }
        return try await entities(
            "withRecordingsToFetch",
            MongoQuery(
                collection: Podcast.collection,
                filter: ["index.awaits_since": ["$exists": true]],
                sort: ["index.awaits_since": 1, "_id": 1],
                limit: min(limit, Int(Int32.max))
            )
        )
    }

    func withRecordingsToPrepare(limit: Int) async throws(StoreError) -> [Podcast] {
        guard limit > 0 else { return [] }
        return try await entities(
            "withRecordingsToPrepare",
            MongoQuery(
                collection: Podcast.collection,
                filter: ["index.prepares_at": ["$exists": true]],
                sort: ["index.prepares_at": -1, "_id": -1],
                limit: min(limit, Int(Int32.max))
            )
        )
    }

    func incomplete(limit: Int) async throws(StoreError) -> [Podcast] {
        guard limit > 0 else { return [] }
        return try await entities(
            "incomplete",
            MongoQuery(
                collection: Podcast.collection,
                filter: ["index.completes_at": ["$exists": true]],
                sort: ["index.completes_at": 1, "_id": 1],
                limit: min(limit, Int(Int32.max))
            )
        )
    }
}
