import Domain
import Foundation
import GRDB

/// Finds the podcasts of a query, newest first, in one state of the database.
///
/// A word may be held by most podcasts or by one, so there are two ways. Where every word is common, one goes through
/// the list from the newest on, asks of each podcast whether it holds the words, and soon has a page. Where a word is
/// rare, one goes through the podcasts that hold it, and sorts those.
struct PodcastSearch {
    /// A word that has more entries in the index than this is common.
    static let rareEntries = 5_000

    /// A prefix with the bounds of the tokens that begin with it, in the order of UTF-8, as SQLite compares them.
    private struct Word {
        let from: String
        let upTo: String

        init(_ prefix: String) {
            from = prefix
            upTo = prefix + "\u{10FFFF}"
        }

        var arguments: StatementArguments { [from, upTo] }
    }

    private let database: Database
    private let query: PodcastQuery
    private let words: [Word]
    /// The index of the rarest word, where it is rare.
    private let rareWord: Int?

    init(_ query: PodcastQuery, rareEntries: Int = rareEntries, in database: Database) throws {
        self.database = database
        self.query = query
        words = query.words.map(Word.init)
        rareWord = try Self.rareWord(of: words, entries: rareEntries, in: database)
    }

    /// The places of the podcasts in the list.
    func places(from start: PageStart, limit: Int) throws -> [PageCursor] {
        var bound = PageCursor(time: Timestamp.date(milliseconds: Timestamp.limit + 1), id: "")
        var offset = 0
        switch start {
        case .first: break
        case .after(let cursor): bound = cursor
        case .offset(let count): offset = max(0, count)
        }
        let found = rareWord.map(holders) ?? listed
        let distinct = rareWord == nil ? "" : "DISTINCT "
        let rows = try database.rows(
            """
            SELECT \(distinct)\(found.time) AS time, \(found.id) AS id \(found.sql)
            AND (\(found.time), \(found.id)) < (?, ?)
            ORDER BY \(found.time) DESC, \(found.id) DESC LIMIT ? OFFSET ?
            """,
            found.arguments + [Timestamp.milliseconds(bound.time), bound.id, limit, offset]
        )
        return rows.map { PageCursor(time: Timestamp.date(milliseconds: $0["time"]), id: $0["id"]) }
    }

    /// How many podcasts there are.
    func count() throws -> Int {
        let found = rareWord.map(holders) ?? listed
        let what = rareWord == nil ? "count(*)" : "count(DISTINCT \(found.id))"
        return try database.number("SELECT \(what) \(found.sql)", found.arguments)
    }
}

extension PodcastSearch {
    /// Where podcasts are found: the end of a statement from `FROM` on, and what time and id are called in it.
    private struct Source {
        var sql: String
        var arguments: StatementArguments
        let time: String
        let id: String

        /// Only podcasts that hold each of these words.
        mutating func require(_ words: [Word]) {
            for word in words {
                sql += """
                     AND EXISTS (SELECT 1 FROM podcast_tokens AS held
                    WHERE held.podcast_id = \(id) AND held.token >= ? AND held.token < ?)
                    """
                arguments += word.arguments
            }
        }
    }

    /// The first way: the list of all podcasts, or that of the tag.
    private var listed: Source {
        var source =
            if let tag = query.tag {
                Source(
                    sql: "FROM podcast_tags AS list WHERE list.tag = ? AND list.status = ?",
                    arguments: [tag, query.status.rawValue],
                    time: "list.listed_at",
                    id: "list.podcast_id"
                )
            } else {
                Source(
                    sql: "FROM podcasts AS list WHERE list.status = ?",
                    arguments: [query.status.rawValue],
                    time: "list.listed_at",
                    id: "list.id"
                )
            }
        source.require(words)
        return source
    }

    /// The second way: the podcasts that hold one word. One that holds it in several forms comes several times.
    private func holders(of index: Int) -> Source {
        var others = words
        let word = others.remove(at: index)
        var source = Source(
            sql: """
                FROM podcast_tokens AS found CROSS JOIN podcasts ON podcasts.id = found.podcast_id
                WHERE found.token >= ? AND found.token < ? AND podcasts.status = ?
                """,
            arguments: word.arguments + [query.status.rawValue],
            time: "podcasts.listed_at",
            id: "podcasts.id"
        )
        source.require(others)
        if let tag = query.tag {
            source.sql += """
                 AND EXISTS (SELECT 1 FROM podcast_tags AS tagged WHERE tagged.tag = ?
                AND tagged.status = podcasts.status AND tagged.listed_at = podcasts.listed_at
                AND tagged.podcast_id = podcasts.id)
                """
            source.arguments += [tag]
        }
        return source
    }

    private static func rareWord(of words: [Word], entries: Int, in database: Database) throws -> Int? {
        let counts = try words.map { word in
            try database.number(
                "SELECT count(*) FROM (SELECT 1 FROM podcast_tokens WHERE token >= ? AND token < ? LIMIT ?)",
                word.arguments + [entries + 1]
            )
        }
        let rarest = counts.indices.min { counts[$0] < counts[$1] }
        return rarest.flatMap { counts[$0] > entries ? nil : $0 }
    }
}
