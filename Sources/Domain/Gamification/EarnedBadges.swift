import Foundation

/// Which badges a member has by rule. Source: DESIGN, section 8.
public enum EarnedBadges {
    /// The first days of a club.
    public static let earlyDays: Duration = .seconds(30 * 24 * 3600)

    /// - Parameters:
    ///   - sums: What the ledger has of all times.
    ///   - isEarly: Whether the member came in the first days of the club; see `isEarly`.
    /// - Returns: Those by rule, no other ones.
    public static func badges(_ sums: LedgerSums, isEarly: Bool) -> Set<Badge> {
        var badges = Set(Badge.allCases.filter { $0.standing(sums).map { $0.count >= $0.goal } ?? false })
        if isEarly { badges.insert(.earlyMember) }
        return badges
    }

    /// Whether a member came in the first 30 days of the club.
    ///
    /// Both are the moments at which somebody was known first, for a membership may end and begin anew: the club
    /// began when it knew the first person. Those who only asked to be let in do not count.
    /// - Parameters:
    ///   - member: The member.
    ///   - beginning: When the club began; nil where nobody knows.
    /// - Returns: Whether the badge is theirs.
    public static func isEarly(_ member: Member, beginning: Date?) -> Bool {
        guard let beginning, member.joinedAt != nil || member.isActive else { return false }
        return member.createdAt < beginning.addingTimeInterval(earlyDays.seconds)
    }
}

/// How far a member is on the way to a badge.
public struct BadgeStanding: Equatable, Sendable {
    /// Times, or milliseconds for `hundredHours`.
    public let count: Int
    /// So much it takes.
    public let goal: Int
}

extension Badge {
    /// How far somebody is on the way to it; nil for those that nobody collects for: `earlyMember`, and those by hand.
    /// - `sums`: What the ledger has of all times.
    public func standing(_ sums: LedgerSums) -> BadgeStanding? {
        switch self {
        case .tenSessions: BadgeStanding(count: sums[.joined].count, goal: 10)
        case .firstSpeaker: BadgeStanding(count: sums[.speech].count, goal: 1)
        case .hundredHours:
            BadgeStanding(count: sums[.liveTime].count + sums[.episodeTime].count, goal: 100 * 3_600_000)
        case .activeRaiser: BadgeStanding(count: sums[.hand].count, goal: 50)
        case .supporter: BadgeStanding(count: sums[.supportGiven].count, goal: 25)
        case .earlyMember, .insightfulSpeaker, .communityHelper, .moderatorTrusted, .signalProvider, .coreMember,
            .verifiedExpert, .clubCouncil, .longTermHolder:
            nil
        }
    }
}
