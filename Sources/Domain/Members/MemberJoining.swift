import Foundation

/// Since when somebody is in the club.
public struct MemberJoining: Equatable, Sendable {
    public let id: MemberID
    /// When they became an active member the last time.
    public let at: Date
    /// Whether they still are one.
    public let isActive: Bool

    public init(id: MemberID, at: Date, isActive: Bool) {
        self.id = id
        self.at = at
        self.isActive = isActive
    }

    /// - Returns: nil for somebody who never was one.
    public init?(_ member: Member) {
        guard let joinedAt = member.joinedAt else { return nil }
        self.init(id: member.id, at: joinedAt, isActive: member.isActive)
    }
}
