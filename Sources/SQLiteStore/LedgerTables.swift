import Domain
import Foundation
import GRDB

/// The ledger's lines within one read or write of the database.
struct LedgerTables {
    let database: Database

    /// Writes lines down, with what they come to.
    /// - Parameters:
    ///   - lines: Each id once.
    ///   - isReplacing: See `LedgerChange.posting`.
    /// - Returns: The members of whom something changed.
    /// - Throws: `StoreError.corrupt` where a stored line cannot be read; what SQLite says.
    @discardableResult
    func post(_ lines: [XPTransaction], isReplacing: Bool = false) throws -> Set<MemberID> {
        var stored: [String: XPTransaction] = [:]
        for line in lines { stored[line.id] = try find(line) }
        let changes = LedgerChange.posting(lines, over: stored, isReplacing: isReplacing)
        try apply(changes)
        return Set(changes.compactMap(\.new?.member))
    }

    /// Takes away all lines of a member, with what they came to, and the member.
    func erase(_ member: MemberID) throws {
        guard let number = try self.number(of: member) else { return }
        let rows = try database.rows(
            """
            SELECT \(XPTransaction.columns) FROM xp_transactions AS line
            JOIN ledger_sources ON ledger_sources.number = line.source WHERE line.member = ?
            """,
            [number]
        )
        try apply(rows.map { LedgerChange(old: try XPTransaction($0, of: member), new: nil) })
        try database.run("DELETE FROM ledger_member_sums WHERE member = ?", [number])
        try database.run("DELETE FROM ledger_member_days WHERE member = ?", [number])
        try database.run("DELETE FROM ledger_member_weeks WHERE member = ?", [number])
        try database.run("DELETE FROM ledger_members WHERE number = ?", [number])
    }

    /// Takes away everything.
    func clear() throws {
        let tables = [
            "xp_transactions", "ledger_members", "ledger_sources", "ledger_member_sums", "ledger_member_days",
            "ledger_member_weeks", "ledger_ranks", "ledger_source_sums", "ledger_days", "ledger_cohorts",
        ]
        for table in tables { try database.run("DELETE FROM \(table)") }
    }

    // MARK: Lines

    /// The lines behind an id, in the order of the bytes of their ids.
    func lines(after id: String?, limit: Int) throws -> [XPTransaction] {
        let parts = (id ?? "").split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        var (member, rule, source) = (parts[0], parts.count > 1 ? parts[1] : "", parts.count > 2 ? parts[2] : "")
        var lines: [XPTransaction] = []
        while lines.count < limit {
            let row = try database.row(
                "SELECT number, id FROM ledger_members WHERE id >= ? ORDER BY id LIMIT 1",
                [member]
            )
            guard let row else { break }
            let found = MemberID(rawValue: row["id"])
            if found.rawValue != member { (rule, source) = ("", "") }
            let rows = try database.rows(
                """
                SELECT \(XPTransaction.columns) FROM xp_transactions AS line
                JOIN ledger_sources ON ledger_sources.number = line.source
                WHERE line.member = ? AND line.rule >= ? AND (line.rule > ? OR name > ?)
                ORDER BY line.rule, name LIMIT ?
                """,
                [row["number"] as Int, rule, rule, source, limit - lines.count]
            )
            lines += try rows.map { try XPTransaction($0, of: found) }
            // The least text that is greater.
            (member, rule, source) = (found.rawValue + "\0", "", "")
        }
        return lines
    }

    /// The id of the last line.
    func lastID() throws -> String? {
        var behind = try database.row("SELECT number, id FROM ledger_members ORDER BY id DESC LIMIT 1")
        while let member = behind {
            let id = MemberID(rawValue: member["id"])
            let row = try database.row(
                """
                SELECT \(XPTransaction.columns) FROM xp_transactions AS line
                JOIN ledger_sources ON ledger_sources.number = line.source
                WHERE line.member = ? ORDER BY line.rule DESC, name DESC LIMIT 1
                """,
                [member["number"] as Int]
            )
            if let row { return try XPTransaction(row, of: id).id }
            behind = try database.row(
                "SELECT number, id FROM ledger_members WHERE id < ? ORDER BY id DESC LIMIT 1",
                [id.rawValue]
            )
        }
        return nil
    }

    func number(of member: MemberID) throws -> Int? {
        try database.row("SELECT number FROM ledger_members WHERE id = ?", [member.rawValue])?["number"]
    }

    func number(ofSource name: String) throws -> Int? {
        try database.row("SELECT number FROM ledger_sources WHERE name = ?", [name])?["number"]
    }

    /// The stored line that has the id of this one.
    private func find(_ line: XPTransaction) throws -> XPTransaction? {
        let row = try database.row(
            """
            SELECT \(XPTransaction.columns) FROM xp_transactions AS line
            JOIN ledger_sources ON ledger_sources.number = line.source
            WHERE line.member = (SELECT number FROM ledger_members WHERE id = ?) AND line.rule = ?
                AND line.source = (SELECT number FROM ledger_sources WHERE name = ?)
            """,
            [line.member.rawValue, line.rule.rawValue, line.source.rawValue]
        )
        return try row.map { try XPTransaction($0, of: line.member) }
    }

    private func apply(_ changes: [LedgerChange]) throws {
        guard !changes.isEmpty else { return }
        var sums = LedgerSumTables(tables: self)
        for change in changes {
            if let line = change.new {
                try database.run(
                    """
                    INSERT INTO xp_transactions (member, rule, source, count, xp, day, at) VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET count = excluded.count, xp = excluded.xp, day = excluded.day,
                        at = excluded.at
                    """,
                    [
                        try sums.number(of: line.member), line.rule.rawValue,
                        try sums.number(ofSource: line.source.rawValue), line.count, line.xp, line.day.number,
                        Timestamp.milliseconds(line.at),
                    ]
                )
            } else if let line = change.old {
                try database.run(
                    "DELETE FROM xp_transactions WHERE member = ? AND rule = ? AND source = ?",
                    [
                        try sums.number(of: line.member), line.rule.rawValue,
                        try sums.number(ofSource: line.source.rawValue),
                    ]
                )
            }
        }
        try sums.add(LedgerDifferences(changes))
    }
}
