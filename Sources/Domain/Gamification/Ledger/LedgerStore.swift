import Foundation

/// Over which time members are compared.
public enum LedgerPeriod: Hashable, Sendable {
    case allTime
    case week(ClubWeek)
    case season(ClubSeason)

    /// As it is stored.
    public var rawValue: String {
        switch self {
        case .allTime: "all"
        case .week(let week): "w:\(week.monday)"
        case .season(let season): "q:\(season)"
        }
    }
}

/// A member's place among the others.
public struct LedgerRank: Equatable, Sendable {
    public let member: MemberID
    public let xp: Int

    public init(member: MemberID, xp: Int) {
        self.member = member
        self.xp = xp
    }
}

/// What the club came to on one day.
public struct LedgerDay: Equatable, Sendable {
    public let day: ClubDay
    public var sums: LedgerSums
    /// How many members have a line of each rule on that day.
    public var members: [XPRule: Int]
    /// How many members have any line on that day.
    public var active: Int

    public init(day: ClubDay, sums: LedgerSums = LedgerSums(), members: [XPRule: Int] = [:], active: Int = 0) {
        self.day = day
        self.sums = sums
        self.members = members
        self.active = active
    }
}

/// How many of those who came first in one week were there in another one.
public struct LedgerCohort: Equatable, Sendable {
    /// The week of their first line.
    public let first: ClubWeek
    public let week: ClubWeek
    public let members: Int

    public init(first: ClubWeek, week: ClubWeek, members: Int) {
        self.first = first
        self.week = week
        self.members = members
    }
}

/// Keeps the ledger, and with it what its lines come to.
///
/// Sums, ranks and figures are exactly what the lines come to, at every moment, whatever crashed. Reading them costs
/// the same however many lines there are, and so does posting one.
public protocol LedgerStore: Sendable {
    /// Writes lines down, each in place of the one with its id where its `count` is greater than that one's, and passes
    /// over the others; so posting again changes nothing, and an older state never takes the place of a newer one.
    /// All or nothing, with everything that is counted, for as many as `LedgerPortion.size`; more are posted portion by
    /// portion, and after an error all of them can be posted again.
    /// - Parameter lines: In any order. Of those with the same id the one with the greatest count is meant.
    /// - Returns: The members of whom something changed.
    /// - Throws: `.unavailable`, `.corrupt`.
    @discardableResult
    func post(_ lines: [XPTransaction]) async throws(StoreError) -> Set<MemberID>

    /// A member's lines, the newest first by `at`, then by id, the greatest first.
    /// The page's cursor is made of `at` and of the id without the member.
    func lines(
        of member: MemberID,
        from start: PageStart,
        limit: Int
    ) async throws(StoreError) -> Page<XPTransaction>

    /// All lines behind an id (nil: from the first), in the order of the bytes of their ids; at most `limit`.
    func lines(after id: String?, limit: Int) async throws(StoreError) -> [XPTransaction]

    /// What all lines of these members come to; those without lines are left out.
    func sums(of members: [MemberID]) async throws(StoreError) -> [MemberID: LedgerSums]

    /// What the lines of one member come to, day by day, of the days that have any.
    func days(
        of member: MemberID,
        in days: ClosedRange<ClubDay>
    ) async throws(StoreError) -> [ClubDay: LedgerSums]

    /// The weeks in which a member has lines that are no correction and not imported, the newest first; at most `limit`.
    func weeks(of member: MemberID, limit: Int) async throws(StoreError) -> [ClubWeek]

    /// The members with the most XP, more than zero, in a period; of equal ones by id. `skipping`: so many of them are
    /// left out at the beginning.
    func ranks(_ period: LedgerPeriod, skipping: Int, limit: Int) async throws(StoreError) -> [LedgerRank]

    /// What one show, one episode as a whole, an episode on one day, or a correction came to, over all members.
    func sums(of source: XPSource) async throws(StoreError) -> LedgerSums

    /// What an episode came to, over all members and days: `episodeTime` and `episodeCompleted`.
    func sums(ofEpisode podcast: PodcastID) async throws(StoreError) -> LedgerSums

    /// The club day by day, in their order, of the days that have lines. Corrections and what was imported are left out.
    func figures(in days: ClosedRange<ClubDay>) async throws(StoreError) -> [LedgerDay]

    /// How many members were active in each of these weeks (they have lines that are no correction and not imported);
    /// weeks without any are left out.
    func active(in weeks: ClosedRange<ClubWeek>) async throws(StoreError) -> [ClubWeek: Int]

    /// Of the members whose first active week lies in `weeks`, how many were active in which of these weeks; in the order
    /// of the first weeks, then of the others.
    func cohorts(in weeks: ClosedRange<ClubWeek>) async throws(StoreError) -> [LedgerCohort]

    /// Takes away all lines of a member, with what they came to. After an error it can be asked again.
    func erase(_ member: MemberID) async throws(StoreError)

    /// Takes away everything.
    func clear() async throws(StoreError)
}
