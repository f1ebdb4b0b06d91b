import Domain

/// The ids of the documents in `ledger_sums`: what it is, and of whom or what. Those that are read in ranges begin
/// with what they have in common.
enum LedgerSumID {
    /// `{rules, weeks}`, where `weeks` says how many deeds there are in each.
    static func member(_ id: MemberID) -> String { "m \(id)" }

    /// `{rules}`, where each rule has `deeds` too.
    static func day(_ place: LedgerDifferences.MemberDay) -> String { day(place.day, of: place.member) }

    static func day(_ day: ClubDay, of member: MemberID) -> String { "d \(member) \(day)" }

    /// What the ids of all days of a member begin with.
    static func days(of member: MemberID) -> String { "d \(member) " }

    /// `{period, member, xp, order}`, where `order` is -xp.
    static func rank(_ place: LedgerDifferences.Place) -> String { "r \(place.period.rawValue) \(place.member)" }

    /// `{rules}`.
    static func source(_ name: String) -> String { "s \(name)" }

    /// `{rules, active}`, where each rule has `members` too: the club on that day.
    static func club(_ day: ClubDay) -> String { "c \(day)" }

    /// `{members}`: those who came first in one week and were there in another.
    static func cohort(_ cohort: LedgerHeadcount.Cohort) -> String {
        week(cohort.week) + " \(cohort.first.monday)"
    }

    /// What the ids of all cohorts of a week begin with.
    static func week(_ week: ClubWeek) -> String { "w \(week.monday)" }
}
