import Domain
import Foundation

extension MongoLedgerStore {
    func lines(
        of member: MemberID,
        from start: PageStart,
        limit: Int
    ) async throws(StoreError) -> Page<XPTransaction> {
        // One more is looked for, so the greatest number has to be left out; MongoDB counts with 32 bits.
        let limit = min(max(0, limit), Int(Int32.max) - 1)
        let own: BSON = ["member": .string(member.rawValue)]
        var query = MongoQuery(
            collection: MongoLedger.lines,
            filter: own,
            sort: ["at": -1, "_id": -1],
            limit: limit + 1
        )
        switch start {
        case .first: break
        case .after(let cursor):
            let last = PageCursor(time: cursor.time, id: "\(member) \(cursor.id)")
            query.filter = own.with(last.filter(behind: "at", isAscending: false))
        case .offset(let count): query.skip = min(max(0, count), Int(Int32.max))
        }
        let found = try await lines(query)
        let items = Array(found.prefix(limit))
        return Page(items: items, next: found.count > limit ? items.last?.cursor : nil)
    }

    func lines(after id: String?, limit: Int) async throws(StoreError) -> [XPTransaction] {
        // MongoDB takes 0 for all.
        guard limit > 0 else { return [] }
        let query = MongoQuery(
            collection: MongoLedger.lines,
            filter: ["_id": ["$gt": .string(id ?? "")], "member": ["$exists": true]],
            sort: ["_id": 1],
            limit: min(limit, Int(Int32.max))
        )
        return try await lines(query)
    }

    func sums(of members: [MemberID]) async throws(StoreError) -> [MemberID: LedgerSums] {
        guard !members.isEmpty else { return [:] }
        let ids = Dictionary(members.map { (LedgerSumID.member($0), $0) }) { first, _ in first }
        let query = MongoQuery(
            collection: MongoLedger.sums,
            filter: ["_id": ["$in": .strings(ids.keys)]],
            projection: ["rules": 1]
        )
        var sums: [MemberID: LedgerSums] = [:]
        for document in try await find("sums", query) {
            guard let member = document["_id"]?.string.flatMap({ ids[$0] }) else { continue }
            let sum = LedgerSums(rules: document["rules"])
            if !sum.byRule.isEmpty { sums[member] = sum }
        }
        return sums
    }

    func days(
        of member: MemberID,
        in days: ClosedRange<ClubDay>
    ) async throws(StoreError) -> [ClubDay: LedgerSums] {
        let bounds = (LedgerSumID.day(days.lowerBound, of: member), LedgerSumID.day(days.upperBound, of: member))
        var sums: [ClubDay: LedgerSums] = [:]
        for document in try await range("days", from: bounds.0, through: bounds.1) {
            let prefix = LedgerSumID.days(of: member)
            guard let id = document["_id"]?.string, let day = ClubDay(rawValue: String(id.dropFirst(prefix.count)))
            else { continue }
            let sum = LedgerSums(rules: document["rules"])
            if !sum.byRule.isEmpty { sums[day] = sum }
        }
        return sums
    }

    func weeks(of member: MemberID, limit: Int) async throws(StoreError) -> [ClubWeek] {
        let query = MongoQuery(
            collection: MongoLedger.sums,
            filter: ["_id": .string(LedgerSumID.member(member))],
            projection: ["weeks": 1]
        )
        let weeks = try await find("weeks", query).first?.deedsByWeek ?? [:]
        return Array(weeks.keys.sorted(by: >).prefix(max(0, limit)))
    }

    func ranks(_ period: LedgerPeriod, skipping: Int, limit: Int) async throws(StoreError) -> [LedgerRank] {
        guard limit > 0 else { return [] }
        let query = MongoQuery(
            collection: MongoLedger.sums,
            filter: ["period": .string(period.rawValue), "order": ["$lt": 0]],
            sort: ["order": 1, "member": 1],
            limit: min(limit, Int(Int32.max)),
            skip: min(max(0, skipping), Int(Int32.max)),
            projection: ["member": 1, "xp": 1]
        )
        return try await find("ranks", query).compactMap { document in
            guard let member = document["member"]?.string, let xp = document["xp"]?.integer else { return nil }
            return LedgerRank(member: MemberID(rawValue: member), xp: Int(xp))
        }
    }

    func sums(of source: XPSource) async throws(StoreError) -> LedgerSums {
        try await sums(ofSource: source.rawValue)
    }

    func sums(ofEpisode podcast: PodcastID) async throws(StoreError) -> LedgerSums {
        try await sums(ofSource: XPSource.sumKey(ofEpisode: podcast))
    }

    func figures(in days: ClosedRange<ClubDay>) async throws(StoreError) -> [LedgerDay] {
        let bounds = (LedgerSumID.club(days.lowerBound), LedgerSumID.club(days.upperBound))
        return try await range("figures", from: bounds.0, through: bounds.1).compactMap { document in
            guard let id = document["_id"]?.string, let day = ClubDay(rawValue: String(id.dropFirst(2))),
                let active = document["active"]?.integer, active > 0
            else { return nil }
            let members = (document["rules"]?.fields ?? []).compactMap { field -> (XPRule, Int)? in
                guard let rule = XPRule(rawValue: field.name), let members = field.value["members"]?.integer,
                    members > 0
                else { return nil }
                return (rule, Int(members))
            }
            return LedgerDay(
                day: day,
                sums: LedgerSums(rules: document["rules"]),
                members: Dictionary(members) { first, _ in first },
                active: Int(active)
            )
        }
    }

    func active(in weeks: ClosedRange<ClubWeek>) async throws(StoreError) -> [ClubWeek: Int] {
        try await present(in: weeks).reduce(into: [:]) { $0[$1.week, default: 0] += $1.members }
    }

    func cohorts(in weeks: ClosedRange<ClubWeek>) async throws(StoreError) -> [LedgerCohort] {
        let cohorts = try await present(in: weeks).filter { weeks.contains($0.first) }
        return cohorts.sorted { ($0.first, $0.week) < ($1.first, $1.week) }
    }

    /// Who was there in these weeks, by the week in which they came first.
    private func present(in weeks: ClosedRange<ClubWeek>) async throws(StoreError) -> [LedgerCohort] {
        let bounds = (LedgerSumID.week(weeks.lowerBound), LedgerSumID.week(weeks.upperBound) + "~")
        return try await range("cohorts", from: bounds.0, through: bounds.1).compactMap { document in
            let parts = (document["_id"]?.string ?? "").split(separator: " ").map(String.init)
            guard parts.count == 3, let week = ClubDay(rawValue: parts[1])?.week,
                let first = ClubDay(rawValue: parts[2])?.week, let members = document["members"]?.integer, members > 0
            else { return nil }
            return LedgerCohort(first: first, week: week, members: Int(members))
        }
    }

    private func sums(ofSource name: String) async throws(StoreError) -> LedgerSums {
        let query = MongoQuery(
            collection: MongoLedger.sums,
            filter: ["_id": .string(LedgerSumID.source(name))],
            projection: ["rules": 1]
        )
        return LedgerSums(rules: try await find("sums", query).first?["rules"])
    }

    /// Documents of sums whose ids lie between two, in their order.
    private func range(_ name: String, from first: String, through last: String) async throws(StoreError) -> [BSON] {
        let query = MongoQuery(
            collection: MongoLedger.sums,
            filter: ["_id": ["$gte": .string(first), "$lte": .string(last)]],
            sort: ["_id": 1]
        )
        return try await find(name, query)
    }

    private func lines(_ query: MongoQuery) async throws(StoreError) -> [XPTransaction] {
        try await database.run(MongoCall(query.collection, "lines")) { try $0.find(query).map(XPTransaction.init) }
    }

    private func find(_ name: String, _ query: MongoQuery) async throws(StoreError) -> [BSON] {
        try await database.run(MongoCall(query.collection, name)) { try $0.find(query) }
    }
}
