import Domain
import Foundation
import GRDB

extension SQLiteLedgerStore {
    func lines(
        of member: MemberID,
        from start: PageStart,
        limit: Int
    ) async throws(StoreError) -> Page<XPTransaction> {
        // One more is looked for, so the greatest number has to be left out.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        var (at, rule, source, skipped) = (Int64.max, "", "", 0)
        switch start {
        case .first: break
        case .after(let cursor):
            let parts = cursor.id.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            at = Timestamp.milliseconds(cursor.time)
            (rule, source) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        case .offset(let count): skipped = max(0, count)
        }
        let arguments: StatementArguments = [member.rawValue, at, at, rule, rule, source, limit + 1, skipped]
        let found = try await read("lines") { database in
            let rows = try database.rows(
                """
                SELECT \(XPTransaction.columns) FROM xp_transactions AS line
                JOIN ledger_sources ON ledger_sources.number = line.source
                WHERE line.member = (SELECT number FROM ledger_members WHERE id = ?) AND line.at <= ?
                    AND (line.at < ? OR line.rule < ? OR (line.rule = ? AND name < ?))
                ORDER BY line.at DESC, line.rule DESC, name DESC LIMIT ? OFFSET ?
                """,
                arguments
            )
            return try rows.map { try XPTransaction($0, of: member) }
        }
        let items = Array(found.prefix(limit))
        return Page(items: items, next: found.count > limit ? items.last?.cursor : nil)
    }

    func lines(after id: String?, limit: Int) async throws(StoreError) -> [XPTransaction] {
        try await read("lines") { try LedgerTables(database: $0).lines(after: id, limit: max(0, limit)) }
    }

    func sums(of members: [MemberID]) async throws(StoreError) -> [MemberID: LedgerSums] {
        let asked = Set(members).map(\.rawValue)
        return try await read("sums") { database in
            let json = String(decoding: try DocumentJSON.encode(asked), as: UTF8.self)
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT ledger_members.id, rule, count, xp FROM json_each(?) AS asked
                        CROSS JOIN ledger_members ON ledger_members.id = asked.value
                        CROSS JOIN ledger_member_sums ON ledger_member_sums.member = ledger_members.number
                        """
                ),
                arguments: [json]
            )
            var sums: [MemberID: LedgerSums] = [:]
            while let row = try rows.next() {
                try sums[MemberID(rawValue: row["id"]), default: LedgerSums()].add(row)
            }
            return sums
        }
    }

    func days(
        of member: MemberID,
        in days: ClosedRange<ClubDay>
    ) async throws(StoreError) -> [ClubDay: LedgerSums] {
        try await read("days") { database in
            let rows = try database.rows(
                """
                SELECT day, rule, count, xp FROM ledger_member_days
                WHERE member = (SELECT number FROM ledger_members WHERE id = ?) AND day BETWEEN ? AND ?
                """,
                [member.rawValue, days.lowerBound.number, days.upperBound.number]
            )
            var sums: [ClubDay: LedgerSums] = [:]
            for row in rows { try sums[ClubDay(number: row["day"]), default: LedgerSums()].add(row) }
            return sums
        }
    }

    func weeks(of member: MemberID, limit: Int) async throws(StoreError) -> [ClubWeek] {
        try await read("weeks") { database in
            let rows = try database.rows(
                """
                SELECT week FROM ledger_member_weeks
                WHERE member = (SELECT number FROM ledger_members WHERE id = ?) ORDER BY week DESC LIMIT ?
                """,
                [member.rawValue, max(0, limit)]
            )
            return try rows.map { try ClubDay(number: $0["week"]).week }
        }
    }

    func ranks(_ period: LedgerPeriod, skipping: Int, limit: Int) async throws(StoreError) -> [LedgerRank] {
        try await read("ranks") { database in
            let rows = try database.rows(
                """
                SELECT member, xp FROM ledger_ranks WHERE period = ? AND xp > 0
                ORDER BY xp DESC, member LIMIT ? OFFSET ?
                """,
                [period.rawValue, max(0, limit), max(0, skipping)]
            )
            return rows.map { LedgerRank(member: MemberID(rawValue: $0["member"]), xp: $0["xp"]) }
        }
    }

    func sums(of source: XPSource) async throws(StoreError) -> LedgerSums {
        try await sums(ofSource: source.rawValue)
    }

    func sums(ofEpisode podcast: PodcastID) async throws(StoreError) -> LedgerSums {
        try await sums(ofSource: XPSource.sumKey(ofEpisode: podcast))
    }

    func figures(in days: ClosedRange<ClubDay>) async throws(StoreError) -> [LedgerDay] {
        try await read("figures") { database in
            let rows = try database.rows(
                "SELECT day, rule, count, xp, members FROM ledger_days WHERE day BETWEEN ? AND ? ORDER BY day, rule",
                [days.lowerBound.number, days.upperBound.number]
            )
            var figures: [LedgerDay] = []
            for row in rows {
                let day = try ClubDay(number: row["day"])
                if figures.last?.day != day { figures.append(LedgerDay(day: day)) }
                let last = figures.count - 1
                if (row["rule"] as String).isEmpty {
                    figures[last].active = row["members"]
                } else {
                    try figures[last].sums.add(row)
                    figures[last].members[try XPRule(row)] = row["members"]
                }
            }
            return figures
        }
    }

    func active(in weeks: ClosedRange<ClubWeek>) async throws(StoreError) -> [ClubWeek: Int] {
        try await read("active") { database in
            let rows = try database.rows(
                "SELECT week, sum(members) AS members FROM ledger_cohorts WHERE week BETWEEN ? AND ? GROUP BY week",
                [weeks.lowerBound.monday.number, weeks.upperBound.monday.number]
            )
            let counts = try rows.map { (try ClubDay(number: $0["week"]).week, $0["members"] as Int) }
            return Dictionary(counts) { first, _ in first }
        }
    }

    func cohorts(in weeks: ClosedRange<ClubWeek>) async throws(StoreError) -> [LedgerCohort] {
        let bounds = [weeks.lowerBound.monday.number, weeks.upperBound.monday.number]
        return try await read("cohorts") { database in
            let rows = try database.rows(
                """
                SELECT first, week, members FROM ledger_cohorts WHERE week BETWEEN ? AND ? AND first >= ?
                """,
                [bounds[0], bounds[1], bounds[0]]
            )
            let cohorts = try rows.map { row in
                LedgerCohort(
                    first: try ClubDay(number: row["first"]).week,
                    week: try ClubDay(number: row["week"]).week,
                    members: row["members"]
                )
            }
            return cohorts.sorted { ($0.first, $0.week) < ($1.first, $1.week) }
        }
    }

    private func sums(ofSource name: String) async throws(StoreError) -> LedgerSums {
        try await read("sums") { database in
            let rows = try database.rows(
                """
                SELECT rule, count, xp FROM ledger_source_sums
                WHERE source = (SELECT number FROM ledger_sources WHERE name = ?)
                """,
                [name]
            )
            return try rows.reduce(into: LedgerSums()) { try $0.add($1) }
        }
    }
}
