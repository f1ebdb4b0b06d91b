import Foundation

public struct XPCorrectionID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Something that a member has without having done it here, or has no more: a stored event, so that the ledger keeps
/// it when it is made anew.
public struct XPCorrection: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(XPCorrectionID)
    }

    /// Where it comes from.
    public enum Origin: String, Codable, CaseIterable, Sendable {
        /// An admin decided it.
        case admin
        /// The predecessor knew it.
        case imported
        /// What is left of a person who was forgotten: how much, and nothing about what.
        case forgotten
    }

    public static let collection = "xp_corrections"
    public static let schema = 1

    public let id: XPCorrectionID
    public let member: MemberID
    public let origin: Origin
    /// `correction` for what an admin decided.
    public let rule: XPRule
    /// Times, or milliseconds; see `XPRule.countsTime`. At least 1.
    public let count: Int
    public let xp: Int
    /// Why, in the admin's words; nil where none were said.
    public internal(set) var reason: String?
    /// Nil where nobody of the club did it.
    public let by: MemberID?
    public let day: ClubDay
    public let at: Date

    public init(
        id: XPCorrectionID,
        member: MemberID,
        origin: Origin,
        rule: XPRule = .correction,
        count: Int = 1,
        xp: Int,
        reason: String? = nil,
        by: MemberID? = nil,
        day: ClubDay,
        at: Date
    ) {
        self.id = id
        self.member = member
        self.origin = origin
        self.rule = rule
        self.count = count
        self.xp = xp
        self.reason = reason
        self.by = by
        self.day = day
        self.at = Timestamp.rounded(at)
    }

    /// Its line.
    public var line: XPTransaction {
        XPTransaction(
            member: member,
            rule: rule,
            source: .correction(id),
            count: count,
            xp: xp,
            day: day,
            at: at
        )
    }
}

/// Keeps corrections.
public protocol XPCorrectionStore: EntityStore where Entity == XPCorrection {
    /// All corrections behind an id (nil: from the first), in the order of their ids; at most `limit`.
    func corrections(after id: XPCorrectionID?, limit: Int) async throws(StoreError) -> [XPCorrection]

    /// Those of one member, the newest first, then by id, the greatest first; at most `limit`.
    func corrections(of member: MemberID, limit: Int) async throws(StoreError) -> [XPCorrection]
}
