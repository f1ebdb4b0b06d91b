import Foundation

public struct InviteID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// A link that lets a number of people into the club. The link itself is shown once and not kept.
public struct Invite: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(InviteID)
        /// By the digest of what the link carries.
        case secret(SecretDigest)
    }

    public static let collection = "invites"
    public static let schema = 1
    /// How many people one link may let in.
    public static let quotas = 1...500
    /// For how many days it may be good.
    public static let days = 1...90
    public static let defaultDays = 7

    public let id: InviteID
    public let secret: SecretDigest
    /// The admin who made it.
    public let createdBy: MemberID
    public let createdAt: Date
    public let expiresAt: Date
    /// How many people it lets in, in all.
    public let quota: Int
    /// Whom it has let in, in their order; never more than `quota`.
    public private(set) var redeemedBy: [MemberID] = []
    /// When an admin took it back.
    public internal(set) var revokedAt: Date?

    public init(
        id: InviteID,
        secret: SecretDigest,
        createdBy: MemberID,
        quota: Int,
        now: Date,
        expiresAt: Date
    ) {
        self.id = id
        self.secret = secret
        self.createdBy = createdBy
        self.quota = quota
        createdAt = now
        self.expiresAt = expiresAt
    }

    /// How many more people it lets in.
    public var left: Int { max(0, quota - redeemedBy.count) }

    /// From when on it lets nobody in, whatever is left.
    public var endsAt: Date { min(revokedAt ?? expiresAt, expiresAt) }

    public func isOpen(at moment: Date) -> Bool { moment < endsAt && left > 0 }

    /// Lets a person in. Whom it has let in before it lets in again while it is good, without counting them twice.
    /// - Throws: `.inviteEnded` where it is taken back, too old or used up.
    mutating func redeem(by person: MemberID, now: Date) throws(Refusal) {
        guard now < endsAt else { throw .inviteEnded }
        guard !redeemedBy.contains(person) else { return }
        guard left > 0 else { throw .inviteEnded }
        redeemedBy.append(person)
    }
}

/// Keeps invites. Digests are unique.
public protocol InviteStore: EntityStore where Entity == Invite {
    /// Invites that end after `now`, used up or not, the newest first; at most `limit`.
    func running(now: Date, limit: Int) async throws(StoreError) -> [Invite]
}
