import Foundation

/// What a member can be distinguished with. The names are stored. Source: DESIGN, section 8.
public enum Badge: String, Codable, CaseIterable, Sendable {
    // By rule:
    case earlyMember = "early_member"
    case tenSessions = "10_sessions"
    case firstSpeaker = "first_speaker"
    case hundredHours = "100_hours"
    case activeRaiser = "active_raiser"
    case supporter
    // By an admin's hand:
    case insightfulSpeaker = "insightful_speaker"
    case communityHelper = "community_helper"
    case moderatorTrusted = "moderator_trusted"
    case signalProvider = "signal_provider"
    case coreMember = "core_member"
    case verifiedExpert = "verified_expert"
    case clubCouncil = "club_council"
    case longTermHolder = "long_term_holder"

    /// Whether it is earned by itself; an admin gives the others.
    public var isEarned: Bool {
        switch self {
        case .earlyMember, .tenSessions, .firstSpeaker, .hundredHours, .activeRaiser, .supporter: true
        case .insightfulSpeaker, .communityHelper, .moderatorTrusted, .signalProvider, .coreMember, .verifiedExpert,
            .clubCouncil, .longTermHolder:
            false
        }
    }
}

public struct BadgeAwardID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A member has each badge once.
    public init(_ member: MemberID, _ badge: Badge) {
        self.init(rawValue: "\(member):\(badge.rawValue)")
    }
}

/// That a member has a badge which no rule gave: an admin did, or the predecessor had.
public struct BadgeAward: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(BadgeAwardID)
    }

    public static let collection = "badges"
    public static let schema = 1

    public let member: MemberID
    public let badge: Badge
    /// Who gave it; nil where it was imported.
    public internal(set) var by: MemberID?
    /// When it was given.
    public internal(set) var at: Date
    /// When it was taken back; nil as long as the member has it.
    public internal(set) var revokedAt: Date?

    public var id: BadgeAwardID { BadgeAwardID(member, badge) }

    public init(member: MemberID, badge: Badge, by: MemberID?, at: Date) {
        self.member = member
        self.badge = badge
        self.by = by
        self.at = Timestamp.rounded(at)
    }
}

/// Keeps the badges that were given.
public protocol BadgeStore: EntityStore where Entity == BadgeAward {
    /// Those that a member has or had, in the order of their names.
    func awards(of member: MemberID) async throws(StoreError) -> [BadgeAward]

    /// Those that these members have and that were not taken back.
    func awards(of members: [MemberID]) async throws(StoreError) -> [MemberID: [BadgeAward]]
}
