import Domain
import Foundation

/// The ledger of a `MemoryClubStore`. It keeps nothing but lines and adds them up whenever it is asked.
struct MemoryLedgerStore: LedgerStore {
    let club: MemoryClubStore

    func post(_ lines: [XPTransaction]) async throws(StoreError) -> Set<MemberID> {
        var changed: Set<MemberID> = []
        for portion in LedgerPortion.portions(of: lines) {
            try club.write { state in
                for line in portion where state.ledger[line.id].map({ $0.count < line.count }) ?? true {
                    state.ledger[line.id] = line
                    changed.insert(line.member)
                }
            }
        }
        return changed
    }

    func lines(
        of member: MemberID,
        from start: PageStart,
        limit: Int
    ) async throws(StoreError) -> Page<XPTransaction> {
        let place = { (line: XPTransaction) in (line.at, line.idOfMember) }
        var rest = try lines { $0.member == member }.sorted { place($0) > place($1) }[...]
        switch start {
        case .first: break
        case .after(let cursor): rest = rest.drop { place($0) >= (cursor.time, cursor.id) }
        case .offset(let count): rest = rest.dropFirst(max(0, count))
        }
        let items = Array(rest.prefix(max(0, limit)))
        let last = rest.count > items.count ? items.last : nil
        return Page(items: items, next: last?.cursor)
    }

    func lines(after id: String?, limit: Int) async throws(StoreError) -> [XPTransaction] {
        let behind = try lines { RecordKey.precedes(id ?? "", $0.id) }
        return Array(behind.sorted { RecordKey.precedes($0.id, $1.id) }.prefix(max(0, limit)))
    }

    func sums(of members: [MemberID]) async throws(StoreError) -> [MemberID: LedgerSums] {
        let asked = Set(members)
        return Dictionary(grouping: try lines { asked.contains($0.member) }, by: \.member).mapValues(LedgerSums.init)
    }

    func days(
        of member: MemberID,
        in days: ClosedRange<ClubDay>
    ) async throws(StoreError) -> [ClubDay: LedgerSums] {
        let found = try lines { $0.member == member && days.contains($0.day) }
        return Dictionary(grouping: found, by: \.day).mapValues(LedgerSums.init)
    }

    func weeks(of member: MemberID, limit: Int) async throws(StoreError) -> [ClubWeek] {
        let weeks = Set(try deeds { $0.member == member }.map(\.day.week))
        return Array(weeks.sorted(by: >).prefix(max(0, limit)))
    }

    func ranks(_ period: LedgerPeriod, skipping: Int, limit: Int) async throws(StoreError) -> [LedgerRank] {
        let found = try lines { line in
            switch period {
            case .allTime: true
            case .week(let week): line.day.week == week
            case .season(let season): line.day.season == season
            }
        }
        let ranks = Dictionary(grouping: found, by: \.member).map { member, lines in
            LedgerRank(member: member, xp: lines.reduce(0) { $0 + $1.xp })
        }
        let order = { (rank: LedgerRank) in (-rank.xp, rank.member.rawValue) }
        let best = ranks.filter { $0.xp > 0 }.sorted { order($0) < order($1) }
        return Array(best.dropFirst(max(0, skipping)).prefix(max(0, limit)))
    }

    func sums(of source: XPSource) async throws(StoreError) -> LedgerSums {
        LedgerSums(try lines { $0.source == source })
    }

    func sums(ofEpisode podcast: PodcastID) async throws(StoreError) -> LedgerSums {
        let found = try lines { line in
            switch line.source {
            case .episode(podcast), .listening(podcast, _): true
            default: false
            }
        }
        return LedgerSums(found)
    }

    func figures(in days: ClosedRange<ClubDay>) async throws(StoreError) -> [LedgerDay] {
        let found = Dictionary(grouping: try deeds { days.contains($0.day) }, by: \.day)
        return found.sorted { $0.key < $1.key }.map { day, lines in
            LedgerDay(
                day: day,
                sums: LedgerSums(lines),
                members: Dictionary(grouping: lines, by: \.rule).mapValues { Set($0.map(\.member)).count },
                active: Set(lines.map(\.member)).count
            )
        }
    }

    func active(in weeks: ClosedRange<ClubWeek>) async throws(StoreError) -> [ClubWeek: Int] {
        let found = try deeds { weeks.contains($0.day.week) }
        return Dictionary(grouping: found, by: \.day.week).mapValues { Set($0.map(\.member)).count }
    }

    func cohorts(in weeks: ClosedRange<ClubWeek>) async throws(StoreError) -> [LedgerCohort] {
        let present = Dictionary(grouping: try deeds { _ in true }, by: \.member).mapValues { Set($0.map(\.day.week)) }
        var counts: [[ClubWeek]: Int] = [:]
        for weeksOfOne in present.values {
            guard let first = weeksOfOne.min(), weeks.contains(first) else { continue }
            for week in weeksOfOne where weeks.contains(week) { counts[[first, week], default: 0] += 1 }
        }
        let cohorts = counts.map { LedgerCohort(first: $0.key[0], week: $0.key[1], members: $0.value) }
        return cohorts.sorted { ($0.first, $0.week) < ($1.first, $1.week) }
    }

    func erase(_ member: MemberID) async throws(StoreError) {
        try club.write { state in state.ledger = state.ledger.filter { $0.value.member != member } }
    }

    func clear() async throws(StoreError) {
        try club.write { $0.ledger = [:] }
    }

    private func lines(where fits: (XPTransaction) -> Bool) throws(StoreError) -> [XPTransaction] {
        try club.read { $0.ledger.values.filter(fits) }
    }

    private func deeds(where fits: (XPTransaction) -> Bool) throws(StoreError) -> [XPTransaction] {
        try lines { line in
            if case .correction = line.source { return false }
            return fits(line)
        }
    }
}

extension LedgerSums {
    /// What lines come to.
    fileprivate init(_ lines: [XPTransaction]) {
        self.init()
        for line in lines { add(Sum(count: line.count, xp: line.xp), of: line.rule) }
    }
}
