import Foundation

/// A badge that a member has.
public struct HeldBadge: Equatable, Sendable {
    public let badge: Badge
    /// When it was given, or, of one by rule, when the member was told; nil where they were not told yet.
    public let at: Date?
    /// Who gave it; nil where a rule did, and where it was imported.
    public let by: MemberID?

    public init(badge: Badge, at: Date?, by: MemberID? = nil) {
        self.badge = badge
        self.at = at
        self.by = by
    }
}

/// What a member has reached, as it follows from the ledger.
public struct MemberProgress: Equatable, Sendable {
    public let member: MemberID
    /// Of all times, by rule.
    public let sums: LedgerSums
    /// Of the last 90 days, by rule.
    public let recent: LedgerSums
    public let engagement: Engagement
    /// In the order of `Badge.allCases`.
    public let badges: [HeldBadge]
    public let streak: WeekStreak

    public init(member: MemberID, sums: LedgerSums, recent: LedgerSums, badges: [HeldBadge], streak: WeekStreak) {
        self.member = member
        self.sums = sums
        self.recent = recent
        self.badges = badges
        self.streak = streak
        engagement = Engagement(recent)
    }

    public var xp: Int { sums.xp }
    public var level: Level { Level(xp: xp) }
    public var priority: HandPriority { HandPriority(level: level, engagement: engagement, sums: sums) }
    /// How much is missing to the next level; nil at the highest.
    public var left: Int? { level.left(at: xp) }
}

extension HeldBadge {
    /// The badges that somebody has, in the order of `Badge.allCases`.
    /// - Parameters:
    ///   - earned: Those by rule.
    ///   - awards: Those that were given; one that was taken back is none.
    ///   - told: What the member was told.
    /// - Returns: Each badge once; of one that was given and earned, the award.
    static func list(_ earned: Set<Badge>, awards: [BadgeAward], told: ToldProgress?) -> [HeldBadge] {
        let given = Dictionary(awards.filter { $0.revokedAt == nil }.map { ($0.badge, $0) }) { first, _ in first }
        return Badge.allCases.compactMap { badge in
            if let award = given[badge] { return HeldBadge(badge: badge, at: award.at, by: award.by) }
            return earned.contains(badge) ? HeldBadge(badge: badge, at: told?.told(badge)) : nil
        }
    }
}
