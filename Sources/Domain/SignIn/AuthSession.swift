import Foundation

public struct AuthSessionID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// A browser or Mini App in which a member is signed in.
public struct AuthSession: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(AuthSessionID)
    }

    /// By which way the member signed in.
    public enum Way: String, Codable, CaseIterable, Sendable {
        case miniApp = "mini_app"
        case link
    }

    public static let collection = "auth_sessions"
    public static let schema = 1
    /// How long a session is good without a new sign-in.
    public static let lifetime: Duration = .seconds(30 * 24 * 3600)

    public let id: AuthSessionID
    public let memberID: MemberID
    public let way: Way
    /// What the browser says that it is.
    public let device: String
    public let createdAt: Date
    public let expiresAt: Date
    /// When it was ended before its time.
    public var endedAt: Date?

    public init(id: AuthSessionID, memberID: MemberID, way: Way, device: String, now: Date) {
        self.id = id
        self.memberID = memberID
        self.way = way
        self.device = PlainText.line(device, limit: 80)
        createdAt = now
        expiresAt = now.addingTimeInterval(Self.lifetime.seconds)
    }

    /// Whether it is good at this moment.
    public func isOpen(at moment: Date) -> Bool {
        endedAt == nil && moment < expiresAt
    }
}

/// Keeps sessions.
public protocol AuthSessionStore: EntityStore where Entity == AuthSession {
    /// A member's sessions that are not ended and expire after `now`, newest first.
    func open(of member: MemberID, now: Date) async throws(StoreError) -> [AuthSession]
}
