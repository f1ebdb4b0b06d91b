import Foundation

/// What members have reached, read from what the ledger's lines come to.
///
/// (`Progress` is the name of something of Foundation's.)
public struct ProgressBook: Sendable {
    /// So many members are gone through at once.
    static let page = 200

    let store: any ClubStore
    let clock: any ClubClock

    public init(store: any ClubStore, clock: any ClubClock) {
        self.store = store
        self.clock = clock
    }

    /// What one member has reached. Somebody who has done nothing is an observer.
    public func progress(of member: MemberID) async throws(ChangeFailure) -> MemberProgress {
        let all = try await progress(of: [member])
        return all[member]
            ?? MemberProgress(
                member: member,
                sums: LedgerSums(),
                recent: LedgerSums(),
                badges: [],
                streak: WeekStreak([], now: ClubDay(clock.now, in: .gmt).week)
            )
    }

    /// What several members have reached: for a page of them. Those whom the club does not know are left out.
    public func progress(of members: [MemberID]) async throws(ChangeFailure) -> [MemberID: MemberProgress] {
        try await reading { () throws(StoreError) in
            let today = ClubDay(clock.now, in: try await zone())
            let standings = try await standings(of: members)
            var all: [MemberID: MemberProgress] = [:]
            for (id, standing) in standings {
                let days = try await store.ledger.days(of: id, in: Engagement.days(until: today))
                let weeks = try await store.ledger.weeks(of: id, limit: WeekStreak.longest)
                all[id] = MemberProgress(
                    member: id,
                    sums: standing.sums,
                    recent: days.values.reduce(into: LedgerSums()) { $0.add($1) },
                    badges: HeldBadge.list(standing.earned, awards: standing.awards, told: standing.told),
                    streak: WeekStreak(weeks, now: today.week)
                )
            }
            return all
        }
    }

    /// The levels of members, in one read; whoever has no lines is an observer.
    public func levels(of members: [MemberID]) async throws(ChangeFailure) -> [MemberID: Level] {
        try await reading { () throws(StoreError) in
            let sums = try await store.ledger.sums(of: members)
            return Dictionary(members.map { ($0, Level(xp: sums[$0]?.xp ?? 0)) }) { first, _ in first }
        }
    }

    /// By what a member's hand is put into the queue at this moment.
    public func priority(of member: MemberID) async throws(ChangeFailure) -> HandPriority {
        try await reading { () throws(StoreError) in
            let today = ClubDay(clock.now, in: try await zone())
            let sums = try await store.ledger.sums(of: [member])[member] ?? LedgerSums()
            let days = try await store.ledger.days(of: member, in: Engagement.days(until: today))
            let recent = days.values.reduce(into: LedgerSums()) { $0.add($1) }
            return HandPriority(level: Level(xp: sums.xp), engagement: Engagement(recent), sums: sums)
        }
    }

    /// What is known of a member without looking at single days.
    struct Standing: Sendable {
        let member: Member
        let sums: LedgerSums
        let earned: Set<Badge>
        /// Those that were not taken back.
        let awards: [BadgeAward]
        let told: ToldProgress?

        var level: Level { Level(xp: sums.xp) }
        var badges: Set<Badge> { earned.union(awards.map(\.badge)) }
    }

    /// How these members stand; those whom the club does not know are left out.
    func standings(of members: [MemberID]) async throws(StoreError) -> [MemberID: Standing] {
        let people = try await store.members.find(ids: members)
        let sums = try await store.ledger.sums(of: members)
        let awards = try await store.badges.awards(of: members)
        let told = try await store.toldProgress.find(ids: members)
        let toldByID = Dictionary(told.map { ($0.id, $0) }) { first, _ in first }
        let beginning = try await store.members.oldest()?.createdAt
        let standings = people.map { member in
            let own = sums[member.id] ?? LedgerSums()
            let standing = Standing(
                member: member,
                sums: own,
                earned: EarnedBadges.badges(own, isEarly: EarnedBadges.isEarly(member, beginning: beginning)),
                awards: awards[member.id] ?? [],
                told: toldByID[member.id]
            )
            return (member.id, standing)
        }
        return Dictionary(standings) { first, _ in first }
    }

    private func zone() async throws(StoreError) -> TimeZone {
        try await store.settings.find(.club)?.zone ?? ClubSettings().zone
    }
}
