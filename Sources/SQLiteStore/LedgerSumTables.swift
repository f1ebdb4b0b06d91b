import Domain
import GRDB

/// What the ledger's lines come to, while they change.
struct LedgerSumTables {
    let tables: LedgerTables

    /// Of those that were met.
    private var members: [MemberID: Int] = [:]
    private var sources: [String: Int] = [:]

    private var database: Database { tables.database }

    init(tables: LedgerTables) {
        self.tables = tables
    }

    /// The member's number, a new one where there is none.
    mutating func number(of member: MemberID) throws -> Int {
        if let known = members[member] { return known }
        if try tables.number(of: member) == nil {
            try database.run("INSERT INTO ledger_members (id) VALUES (?)", [member.rawValue])
        }
        let number = try tables.number(of: member) ?? 0
        members[member] = number
        return number
    }

    /// The number of a source, or of an episode; a new one where there is none.
    mutating func number(ofSource name: String) throws -> Int {
        if let known = sources[name] { return known }
        if try tables.number(ofSource: name) == nil {
            try database.run("INSERT INTO ledger_sources (name) VALUES (?)", [name])
        }
        let number = try tables.number(ofSource: name) ?? 0
        sources[name] = number
        return number
    }

    /// Adds what changed to all sums.
    mutating func add(_ differences: LedgerDifferences) throws {
        let heads = try presence(before: differences).headcount(after: differences)
        try addMembers(differences)
        for (name, sums) in differences.sources {
            let source = try number(ofSource: name)
            for (rule, sum) in sums.byRule { try add(sum, of: rule, to: "ledger_source_sums", "source", source) }
        }
        for (place, xp) in differences.places {
            let key: StatementArguments = [place.period.rawValue, place.member.rawValue]
            try database.run(
                """
                INSERT INTO ledger_ranks (period, member, xp) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET xp = xp + excluded.xp
                """,
                key + [xp]
            )
            guard xp < 0 else { continue }
            try database.run("DELETE FROM ledger_ranks WHERE period = ? AND member = ? AND xp = 0", key)
        }
        try addClub(differences, heads)
    }

    private mutating func addMembers(_ differences: LedgerDifferences) throws {
        for (member, sums) in differences.members {
            let number = try number(of: member)
            for (rule, sum) in sums.byRule { try add(sum, of: rule, to: "ledger_member_sums", "member", number) }
        }
        for place in Set(differences.days.keys).union(differences.deeds.keys) {
            let (sums, deeds) = (differences.days[place] ?? LedgerSums(), differences.deeds[place] ?? [:])
            let key: StatementArguments = [try number(of: place.member), place.day.number]
            for rule in Set(sums.byRule.keys).union(deeds.keys) {
                try database.run(
                    """
                    INSERT INTO ledger_member_days (member, day, rule, count, xp, deeds) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET count = count + excluded.count, xp = xp + excluded.xp,
                        deeds = deeds + excluded.deeds
                    """,
                    key + [rule.rawValue, sums[rule].count, sums[rule].xp, deeds[rule] ?? 0]
                )
                guard sums[rule].count < 0 || deeds[rule] ?? 0 < 0 else { continue }
                try database.run(
                    """
                    DELETE FROM ledger_member_days WHERE member = ? AND day = ? AND rule = ?
                        AND count = 0 AND xp = 0 AND deeds = 0
                    """,
                    key + [rule.rawValue]
                )
            }
        }
        for (member, weeks) in differences.weeks {
            let number = try number(of: member)
            for (week, deeds) in weeks {
                let key: StatementArguments = [number, week.monday.number]
                try database.run(
                    """
                    INSERT INTO ledger_member_weeks (member, week, deeds) VALUES (?, ?, ?)
                    ON CONFLICT DO UPDATE SET deeds = deeds + excluded.deeds
                    """,
                    key + [deeds]
                )
                guard deeds < 0 else { continue }
                try database.run("DELETE FROM ledger_member_weeks WHERE member = ? AND week = ? AND deeds = 0", key)
            }
        }
    }

    private func addClub(_ differences: LedgerDifferences, _ heads: LedgerHeadcount) throws {
        for (day, sums) in differences.club {
            for (rule, sum) in sums.byRule { try add(sum, members: 0, of: rule.rawValue, on: day) }
        }
        for (day, rules) in heads.rules {
            for (rule, members) in rules {
                try add(LedgerSums.Sum(), members: members, of: rule.rawValue, on: day)
            }
        }
        for (day, members) in heads.active { try add(LedgerSums.Sum(), members: members, of: "", on: day) }
        for (cohort, members) in heads.cohorts {
            let key: StatementArguments = [cohort.week.monday.number, cohort.first.monday.number]
            try database.run(
                """
                INSERT INTO ledger_cohorts (week, first, members) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET members = members + excluded.members
                """,
                key + [members]
            )
            guard members < 0 else { continue }
            try database.run("DELETE FROM ledger_cohorts WHERE week = ? AND first = ? AND members = 0", key)
        }
    }

    /// Adds to a row of a day of the club. The row goes when it has nobody any more.
    private func add(_ sum: LedgerSums.Sum, members: Int, of rule: String, on day: ClubDay) throws {
        try database.run(
            """
            INSERT INTO ledger_days (day, rule, count, xp, members) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET count = count + excluded.count, xp = xp + excluded.xp,
                members = members + excluded.members
            """,
            [day.number, rule, sum.count, sum.xp, members]
        )
        guard members < 0 else { return }
        try database.run("DELETE FROM ledger_days WHERE day = ? AND rule = ? AND members = 0", [day.number, rule])
    }

    /// Adds to a row of one rule. The row goes when nothing is left.
    private func add(
        _ sum: LedgerSums.Sum,
        of rule: XPRule,
        to table: String,
        _ column: String,
        _ number: Int
    ) throws {
        try database.run(
            """
            INSERT INTO \(table) (\(column), rule, count, xp) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET count = count + excluded.count, xp = xp + excluded.xp
            """,
            [number, rule.rawValue, sum.count, sum.xp]
        )
        guard sum.count < 0 else { return }
        try database.run(
            "DELETE FROM \(table) WHERE \(column) = ? AND rule = ? AND count = 0 AND xp = 0",
            [number, rule.rawValue]
        )
    }

    /// What is stored of the days and weeks that change.
    private mutating func presence(before differences: LedgerDifferences) throws -> LedgerPresence {
        var presence = LedgerPresence()
        for place in differences.deeds.keys {
            let rows = try database.rows(
                "SELECT rule, deeds FROM ledger_member_days WHERE member = ? AND day = ?",
                [try number(of: place.member), place.day.number]
            )
            for row in rows { presence.days[place, default: [:]][try XPRule(row)] = row["deeds"] }
        }
        for (member, weeks) in differences.weeks {
            for week in weeks.keys {
                let sql = "SELECT deeds FROM ledger_member_weeks WHERE member = ? AND week = ?"
                let deeds = try database.number(sql, [try number(of: member), week.monday.number])
                presence.weeks[member, default: [:]][week] = deeds
            }
        }
        for member in presence.moving(by: differences) {
            let sql = "SELECT week, deeds FROM ledger_member_weeks WHERE member = ?"
            for row in try database.rows(sql, [try number(of: member)]) {
                presence.weeks[member, default: [:]][try ClubDay(number: row["week"]).week] = row["deeds"]
            }
        }
        return presence
    }
}
