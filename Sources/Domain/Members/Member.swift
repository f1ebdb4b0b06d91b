import Foundation

/// A member's own opaque id, shown as `user_id`.
public struct MemberID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// A person's number in Telegram. Unique; shown to admins only.
public struct TelegramUserID: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    public let rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    public var description: String { String(rawValue) }

    /// The person's private conversation with a bot has the person's number.
    public var privateChat: ChatID { ChatID(rawValue: rawValue) }
}

/// What a member may do. Each role includes the ones before it.
public enum Role: String, Codable, Comparable, CaseIterable, Sendable {
    case member, host, admin, owner

    private var rank: Int {
        switch self {
        case .member: 0
        case .host: 1
        case .admin: 2
        case .owner: 3
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// Whether a person belongs to the club.
public enum Membership: String, Codable, CaseIterable, Sendable {
    /// Has asked to join; sees nothing yet.
    case pending
    case active
    /// Was in the club, or was declined.
    case left
    /// May not come back.
    case banned
}

/// A person whom the club knows: member, or somebody who asked to become one.
public struct Member: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(MemberID)
        case telegram(TelegramUserID)
    }

    public static let collection = "users"
    public static let schema = 1

    public let id: MemberID
    /// Unique among those who have one. Nil for a person who came from elsewhere, until an admin links them with
    /// their Telegram account, and for one who goes on as another member.
    public internal(set) var telegramID: TelegramUserID?
    /// As the person is called: first and last name. Never empty, at most 128 characters.
    public var name: String
    /// Telegram's @name without the @, where the person has one.
    public var username: String?
    /// In which the person is spoken to: the chosen one, else the messenger's.
    public var language: Language
    public var role: Role
    public var membership: Membership
    /// When the person asked to join the last time.
    public var requestedAt: Date?
    /// The episode for which the person has come, to be shown once they are let in: the last one only.
    public internal(set) var wanted: PodcastID?
    /// When an admin answered that, who, and what.
    public var decision: JoinDecision?
    /// When the person became an active member the last time.
    public var joinedAt: Date?
    /// Whether the bot may write to the person: false once they have blocked it.
    public var isReachable: Bool
    /// Nil for a person who has chosen nothing.
    private var chosen: MemberSettings?
    /// When the person was sent what the club keeps about them, the last time.
    public internal(set) var exportedAt: Date?
    /// When the person signed out everywhere, the last time. What let them in without a sign-in before is good no more.
    public internal(set) var signedOutAt: Date?
    /// When the person asked to be forgotten. Nothing of them is written down from then on.
    public internal(set) var forgottenAt: Date?
    /// As whom the person goes on, where they turned out to be a member who was known already.
    public internal(set) var continuesAs: MemberID?
    /// The chat by being in which the person is in the club; nil for those who have another ground.
    public var clubChat: ClubChat?
    /// When the messenger is to be asked next whether the person is in a chat; nil: never.
    public var check: MembershipCheck?
    /// A chat that the person has asked to be let into, where the messenger waits for an answer.
    public var clubChatRequest: ChatID?
    public let createdAt: Date

    /// A person whom the messenger has introduced.
    public init(
        id: MemberID,
        person: Person,
        role: Role = .member,
        membership: Membership,
        now: Date
    ) {
        self.id = id
        telegramID = person.telegramID
        name = person.name
        username = person.username
        language = person.language
        self.role = role
        self.membership = membership
        joinedAt = membership == .active ? now : nil
        isReachable = true
        createdAt = now
    }

    /// A person who came from elsewhere, out of the club until an admin links them with their Telegram account.
    /// `name`, `username`: as they came; cleaned here. Without a name the person is called by the id.
    public init(id: MemberID, name: String, username: String?, language: Language, role: Role, createdAt: Date) {
        self.id = id
        let cleaned = PlainText.line(name, limit: Person.nameLength)
        self.name = cleaned.isEmpty ? "id \(id)" : cleaned
        self.username = username.flatMap(Person.cleaned(username:))
        self.language = language
        self.role = role
        membership = .left
        isReachable = true
        self.createdAt = createdAt
    }

    public var isActive: Bool { membership == .active }

    /// What the person has chosen for themselves.
    public var settings: MemberSettings {
        get { chosen ?? MemberSettings() }
        set { chosen = newValue == MemberSettings() ? nil : newValue }
    }

    /// Where a bot writes to the person; nil where it never can.
    public var privateChat: ChatID? { telegramID?.privateChat }

    /// Whether the member may decide about other people and see what happened.
    public var isAdmin: Bool { isActive && role >= .admin }
}

/// An admin's answer to a request to join.
public struct JoinDecision: Codable, Equatable, Sendable {
    public var isApproved: Bool
    public var by: MemberID
    public var at: Date

    public init(isApproved: Bool, by: MemberID, at: Date) {
        self.isApproved = isApproved
        self.by = by
        self.at = at
    }
}

/// A person as the messenger introduces them.
public struct Person: Equatable, Sendable {
    public var telegramID: TelegramUserID
    public var name: String
    public var username: String?
    /// In which the person is spoken to.
    public var language: Language
    /// The language that the messenger tells.
    public let messengerLanguage: Language
    /// Whether the messenger told a name; else `name` is made of the number.
    public var hasName: Bool { name != Self.nameless(telegramID) }

    /// Longest name and @name that are kept, in Unicode scalars.
    static let nameLength = 128
    private static let usernameLength = 64

    private static func nameless(_ id: TelegramUserID) -> String { "id \(id)" }

    /// An @name without what does not belong to one; nil where nothing is left.
    static func cleaned(username: String) -> String? {
        let line = PlainText.line(username, limit: usernameLength)
        return line.isEmpty ? nil : line
    }

    /// - `name`: First and last name, as they came; it is cleaned here, and replaced by the number where nothing is
    ///     left.
    public init(telegramID: TelegramUserID, name: String, username: String?, language: Language) {
        self.telegramID = telegramID
        let cleaned = PlainText.line(name, limit: Self.nameLength)
        self.name = cleaned.isEmpty ? Self.nameless(telegramID) : cleaned
        self.username = username.flatMap(Self.cleaned(username:))
        self.language = language
        messengerLanguage = language
    }

    /// The same, spoken to as the club knows that they want it.
    public func known(as member: Member?) -> Person {
        guard let language = member?.settings.language else { return self }
        var person = self
        person.language = language
        return person
    }
}

/// Keeps the people whom the club knows. Telegram ids are unique among those who have one.
public protocol MemberStore: EntityStore where Entity == Member {
    /// Active members whose role is `role` or above, the oldest first.
    func active(atLeast role: Role) async throws(StoreError) -> [Member]

    /// People who wait for an answer to their request, those who asked first coming first; at most `limit`.
    func pending(limit: Int) async throws(StoreError) -> [Member]

    /// People of this standing (nil: all), those whom the club has known the shortest coming first, then by id, the
    /// greatest first. The page's cursor is made of `createdAt` and id.
    func list(
        _ membership: Membership?,
        from start: PageStart,
        limit: Int
    ) async throws(StoreError) -> Page<Member>

    /// People whose chat check is of this urgency and due at `now`, those that were due first coming first, then by id;
    /// at most `limit`.
    func toCheck(_ urgency: MembershipCheck.Urgency, now: Date, limit: Int) async throws(StoreError) -> [Member]

    /// Whoever the club has known the longest, of whatever standing; of several the first by id.
    func oldest() async throws(StoreError) -> Member?

    /// How many people have this membership.
    func count(_ membership: Membership) async throws(StoreError) -> Int
}
