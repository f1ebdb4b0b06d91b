import Domain
import Foundation
import GRDB

/// Finds the podcasts of a query, newest first, in one state of the database.
///
/// A word may be held by most podcasts or by one, so there are two ways. Going through the list from the newest on
/// and checking each podcast for the words is quick where the words are common; going through the podcasts that hold
/// the rarest word, and sorting those, is quick where it is rare. The first way ends after `window` podcasts; what
/// it did not find until then, the second way finds.
struct PodcastSearch {
    /// From how many entries in the index on a word counts as common, and how far the first way goes.
    static let window = 2_000

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

    /// Behind every podcast of a list, and before every one.
    private static let bottom: StatementArguments = [Int64.min, ""]
    private static let top: StatementArguments = [Int64.max, ""]

    private let database: Database
    private let query: PodcastQuery
    private let window: Int
    private let words: [Word]

    init(_ query: PodcastQuery, window: Int = window, in database: Database) {
        self.database = database
        self.query = query
        self.window = window
        words = query.words.map(Word.init)
    }

    /// The places of the podcasts in the list.
    func places(from start: PageStart, limit: Int) throws -> [PageCursor] {
        var bound = Self.top
        var offset = 0
        switch start {
        case .first: break
        case .after(let cursor): bound = [Timestamp.milliseconds(cursor.time), cursor.id]
        case .offset(let count): offset = max(0, count)
        }
        guard let rarest = try rarestWord() else {
            return try listed(below: bound, downTo: Self.bottom, limit: limit, offset: offset)
        }
        if rarest.count > window {
            let floor = try floor(below: bound)
            let found = try listed(below: bound, downTo: floor ?? Self.bottom, limit: limit, offset: offset)
            if floor == nil || found.count >= limit { return found }
        }
        return try holding(rarest.index, below: bound, limit: limit, offset: offset)
    }

    /// How many podcasts there are.
    func count() throws -> Int {
        guard let rarest = try rarestWord() else { return try countListed() }
        if query.tag != nil, try countListed(atMost: rarest.count) < rarest.count { return try countListed(holding: words) }
        return try database.number(
            "SELECT count(DISTINCT podcasts.id) \(holders(of: rarest.index).sql)",
            holders(of: rarest.index).arguments
        )
    }
}

extension PodcastSearch {
    /// The table in which the list is, in the order of the list: that of the tag, or that of all podcasts.
    private var list: (sql: String, id: String, arguments: StatementArguments) {
        guard let tag = query.tag else {
            return ("FROM podcasts AS list WHERE list.status = ?", "list.id", [query.status.rawValue])
        }
        return (
            "FROM podcast_tags AS list WHERE list.tag = ? AND list.status = ?", "list.podcast_id",
            [tag, query.status.rawValue]
        )
    }

    /// That the podcast `id` holds a word of each of these.
    private func holds(_ words: [Word], _ id: String) -> (sql: String, arguments: StatementArguments) {
        var arguments: StatementArguments = []
        var sql = ""
        for word in words {
            sql += """
                 AND EXISTS (SELECT 1 FROM podcast_tokens AS held
                WHERE held.podcast_id = \(id) AND held.token >= ? AND held.token < ?)
                """
            arguments += word.arguments
        }
        return (sql, arguments)
    }

    /// The first way: through the list, between two places.
    private func listed(
        below top: StatementArguments,
        downTo floor: StatementArguments,
        limit: Int,
        offset: Int
    ) throws -> [PageCursor] {
        let held = holds(words, list.id)
        let rows = try database.rows(
            """
            SELECT list.listed_at AS time, \(list.id) AS id \(list.sql)
            AND (list.listed_at, \(list.id)) < (?, ?) AND (list.listed_at, \(list.id)) >= (?, ?)\(held.sql)
            ORDER BY list.listed_at DESC, \(list.id) DESC LIMIT ? OFFSET ?
            """,
            list.arguments + top + floor + held.arguments + [limit, offset]
        )
        return rows.map(Self.cursor)
    }

    /// The place `window` podcasts further down the list, nil where the list is shorter.
    private func floor(below top: StatementArguments) throws -> StatementArguments? {
        let row = try database.row(
            """
            SELECT list.listed_at AS time, \(list.id) AS id \(list.sql) AND (list.listed_at, \(list.id)) < (?, ?)
            ORDER BY list.listed_at DESC, \(list.id) DESC LIMIT 1 OFFSET ?
            """,
            list.arguments + top + [window]
        )
        return row.map { [$0["time"] as Int64, $0["id"] as String] }
    }

    /// The second way: through the podcasts that hold one word.
    private func holding(
        _ index: Int,
        below top: StatementArguments,
        limit: Int,
        offset: Int
    ) throws -> [PageCursor] {
        let holders = holders(of: index)
        let rows = try database.rows(
            """
            SELECT DISTINCT podcasts.listed_at AS time, podcasts.id AS id \(holders.sql)
            AND (podcasts.listed_at, podcasts.id) < (?, ?)
            ORDER BY podcasts.listed_at DESC, podcasts.id DESC LIMIT ? OFFSET ?
            """,
            holders.arguments + top + [limit, offset]
        )
        return rows.map(Self.cursor)
    }

    /// The podcasts of the query, found by the word at `index`; one that holds it in several forms comes several
    /// times.
    private func holders(of index: Int) -> (sql: String, arguments: StatementArguments) {
        var others = words
        let word = others.remove(at: index)
        let held = holds(others, "podcasts.id")
        var sql = """
            FROM podcast_tokens AS found CROSS JOIN podcasts ON podcasts.id = found.podcast_id
            WHERE found.token >= ? AND found.token < ? AND podcasts.status = ?\(held.sql)
            """
        var arguments = word.arguments + [query.status.rawValue] + held.arguments
        if let tag = query.tag {
            sql += """
                 AND EXISTS (SELECT 1 FROM podcast_tags AS tagged WHERE tagged.tag = ?
                AND tagged.status = podcasts.status AND tagged.listed_at = podcasts.listed_at
                AND tagged.podcast_id = podcasts.id)
                """
            arguments += [tag]
        }
        return (sql, arguments)
    }

    /// The word that the fewest podcasts hold, counted up to `window`; nil where the query has none.
    private func rarestWord() throws -> (index: Int, count: Int)? {
        let counts = try words.map { word in
            try database.number(
                """
                SELECT count(*) FROM (SELECT 1 FROM podcast_tokens WHERE token >= ? AND token < ? LIMIT ?)
                """,
                word.arguments + [window + 1]
            )
        }
        return counts.indices.min { counts[$0] < counts[$1] }.map { ($0, counts[$0]) }
    }

    private func countListed(holding words: [Word] = []) throws -> Int {
        let held = holds(words, list.id)
        return try database.number("SELECT count(*) \(list.sql)\(held.sql)", list.arguments + held.arguments)
    }

    private func countListed(atMost limit: Int) throws -> Int {
        try database.number("SELECT count(*) FROM (SELECT 1 \(list.sql) LIMIT ?)", list.arguments + [limit])
    }

    private static func cursor(_ row: Row) -> PageCursor {
        PageCursor(time: Timestamp.date(milliseconds: row["time"]), id: row["id"])
    }
}
