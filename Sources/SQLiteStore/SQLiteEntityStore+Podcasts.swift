import Domain
import Foundation
import GRDB

extension Podcast: IndexedDocument {
    static var indexColumns: [String] {
        ["status", "listed_at", "awaits_since", "prepares_at", "album", "completes_at"]
    }

    var indexValues: [(any DatabaseValueConvertible)?] {
        let prepares = recordings.contains { $0.fileToPrepare != nil }
        return [
            status.rawValue, Timestamp.milliseconds(listedAt), awaitsFiles ? Timestamp.milliseconds(createdAt) : nil,
            prepares ? Timestamp.milliseconds(listedAt) : nil,
            album?.id.description, completesAt.map(Timestamp.milliseconds),
        ]
    }

    static func condition(_ key: Key) -> (sql: String, arguments: StatementArguments) {
        let post = "SELECT podcast_id FROM podcast_posts WHERE channel = ? AND message = ?"
        let file = "SELECT podcast_id FROM podcast_recordings WHERE file_id = ?"
        return switch key {
        case .id(let id):
            ("id = ?", [id.rawValue])
        case .recording(let id):
            ("id = (SELECT podcast_id FROM podcast_recordings WHERE id = ?)", [id.rawValue])
        case .post(let reference):
            ("id = (\(post))", [reference.channel.rawValue, reference.message])
        case .file(let id):
            ("id = (\(file))", [id.rawValue])
        case .postOrFile(let reference, let id):
            (
                "id = coalesce((\(post)), (\(file)))",
                [reference.channel.rawValue, reference.message, id.rawValue]
            )
        case .album(let id):
            ("album = ?", [id.description])
        }
    }

    func updateSideTables(replacing old: Podcast?, in database: Database) throws {
        try updateRecordings(replacing: old, in: database)
        try updatePosts(replacing: old, in: database)
        try updateTags(replacing: old, in: database)
        try updateTokens(replacing: old, in: database)
    }

    private func updateRecordings(replacing old: Podcast?, in database: Database) throws {
        let rows = recordings.map { [$0.id.rawValue, $0.fileUniqueID?.rawValue] }
        guard rows != old?.recordings.map({ [$0.id.rawValue, $0.fileUniqueID?.rawValue] }) else { return }
        if old != nil { try database.run("DELETE FROM podcast_recordings WHERE podcast_id = ?", [id.rawValue]) }
        for row in rows {
            try database.run(
                "INSERT INTO podcast_recordings (id, file_id, podcast_id) VALUES (?, ?, ?)",
                [row[0], row[1], id.rawValue]
            )
        }
    }

    private func updatePosts(replacing old: Podcast?, in database: Database) throws {
        let posts = recordings.flatMap(\.posts)
        guard posts != old?.recordings.flatMap(\.posts) else { return }
        if old != nil { try database.run("DELETE FROM podcast_posts WHERE podcast_id = ?", [id.rawValue]) }
        for post in posts {
            try database.run(
                "INSERT INTO podcast_posts (channel, message, podcast_id) VALUES (?, ?, ?)",
                [post.channel.rawValue, post.message, id.rawValue]
            )
        }
    }

    private func updateTags(replacing old: Podcast?, in database: Database) throws {
        if let old, old.tagKeys == tagKeys, old.status == status, old.listedAt == listedAt { return }
        if old != nil { try database.run("DELETE FROM podcast_tags WHERE podcast_id = ?", [id.rawValue]) }
        for tag in tagKeys {
            try database.run(
                "INSERT INTO podcast_tags (tag, status, listed_at, podcast_id) VALUES (?, ?, ?, ?)",
                [tag, status.rawValue, Timestamp.milliseconds(listedAt), id.rawValue]
            )
        }
    }

    private func updateTokens(replacing old: Podcast?, in database: Database) throws {
        let tokens = searchTokens
        let known = old?.searchTokens ?? []
        for token in known.subtracting(tokens) {
            try database.run("DELETE FROM podcast_tokens WHERE podcast_id = ? AND token = ?", [id.rawValue, token])
        }
        for token in tokens.subtracting(known) {
            try database.run("INSERT INTO podcast_tokens (podcast_id, token) VALUES (?, ?)", [id.rawValue, token])
        }
    }
}

extension SQLiteEntityStore: PodcastStore where Entity == Podcast {
    func list(_ query: PodcastQuery, from start: PageStart, limit: Int) async throws(StoreError) -> Page<Podcast> {
        // One more is looked for, so the greatest number has to be left out.
        let limit = min(max(0, limit), Int.max - 1)
        return try await read("list") { database in
            let places = try PodcastSearch(query, in: database).places(from: start, limit: limit + 1)
            let items = try places.prefix(limit).map { place in
                let podcast = try Podcast.find(.id(PodcastID(rawValue: place.id)), in: database)
                guard let podcast else { throw StoreError.missing(collection: Podcast.collection) }
                return podcast
            }
            let last = places.count > limit && limit > 0 ? places[limit - 1] : nil
            return Page(items: items, next: last)
        }
    }

    func count(_ query: PodcastQuery) async throws(StoreError) -> Int {
        try await read("count") { try PodcastSearch(query, in: $0).count() }
    }

    func tags(from offset: Int, limit: Int) async throws(StoreError) -> [TagCount] {
        try await read("tags") { database in
            let rows = try database.rows(
                """
                SELECT tag, episodes FROM podcast_tag_counts WHERE status = ? AND episodes > 0
                ORDER BY episodes DESC, tag LIMIT ? OFFSET ?
                """,
                [Podcast.Status.published.rawValue, min(max(0, limit), TagCount.most), max(0, offset)]
            )
            return rows.map { TagCount(tag: $0["tag"], episodes: $0["episodes"]) }
        }
    }

    func random(_ draw: Draw) async throws(StoreError) -> Podcast? {
        try await read("random") { database in
            let count = try database.number("SELECT coalesce(max(slot) + 1, 0) FROM podcast_draws", [])
            guard let slot = draw.index(of: count) else { return nil }
            let row = try database.row(
                """
                SELECT schema, body FROM podcasts WHERE id = (SELECT podcast_id FROM podcast_draws WHERE slot = ?)
                """,
                [slot]
            )
            return try row.map(Podcast.decode)
        }
    }

    func withRecordingsToFetch(limit: Int) async throws(StoreError) -> [Podcast] {
        try await read("withRecordingsToFetch") { database in
            let rows = try database.rows(
                """
                SELECT schema, body FROM podcasts WHERE awaits_since IS NOT NULL
                ORDER BY awaits_since, id LIMIT ?
                """,
                [max(0, limit)]
            )
            return try rows.map(Podcast.decode)
        }
    }

    func withRecordingsToPrepare(limit: Int) async throws(StoreError) -> [Podcast] {
        try await read("withRecordingsToPrepare") { database in
            let rows = try database.rows(
                """
                SELECT schema, body FROM podcasts WHERE prepares_at IS NOT NULL
                ORDER BY prepares_at DESC, id DESC LIMIT ?
                """,
                [max(0, limit)]
            )
            return try rows.map(Podcast.decode)
        }
    }

    func incomplete(limit: Int) async throws(StoreError) -> [Podcast] {
        try await read("incomplete") { database in
            let rows = try database.rows(
                """
                SELECT schema, body FROM podcasts WHERE completes_at IS NOT NULL
                ORDER BY completes_at, id LIMIT ?
                """,
                [max(0, limit)]
            )
            return try rows.map(Podcast.decode)
        }
    }
}
