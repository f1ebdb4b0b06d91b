import Foundation

/// Made of its show and its member, so that a member has one answer to a show.
public struct RSVPID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(_ session: LiveSessionID, _ member: MemberID) {
        rawValue = "\(session).\(member)"
    }
}

/// What a member has answered to the announcement of a show, and what the bot shows them of it. An answer that was taken
/// back stays, and says nothing.
public struct RSVP: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(RSVPID)
    }

    public static let collection = "rsvps"
    public static let schema = 1

    public let id: RSVPID
    public let session: LiveSessionID
    public let member: MemberID
    public internal(set) var isComing = false
    /// Whether the member is reminded a day and a quarter of an hour before, and told when it is over.
    public internal(set) var wantsReminders = false
    /// The messages in which the bot shows the member the show's room; of each kind one at most.
    var cards: [RoomCard]?
    public let createdAt: Date
    public internal(set) var updatedAt: Date

    public init(session: LiveSessionID, member: MemberID, now: Date) {
        id = RSVPID(session, member)
        self.session = session
        self.member = member
        createdAt = now
        updatedAt = now
    }

    /// Whether it says anything.
    public var isGiven: Bool { isComing || wantsReminders }
}

/// Which answers a list holds. Lists are ordered by `createdAt`, newest first, then by id, greatest first.
public enum RSVPListing: Hashable, Sendable {
    /// Of those who come to a show.
    case coming(LiveSessionID)
    /// Of those who want to be reminded of it.
    case reminded(LiveSessionID)
    /// Of either.
    case given(LiveSessionID)
    /// A member's own, as far as they say anything.
    case by(MemberID)

    /// Whether an answer belongs to the list.
    public func holds(_ rsvp: RSVP) -> Bool {
        switch self {
        case .coming(let session): rsvp.session == session && rsvp.isComing
        case .reminded(let session): rsvp.session == session && rsvp.wantsReminders
        case .given(let session): rsvp.session == session && rsvp.isGiven
        case .by(let member): rsvp.member == member && rsvp.isGiven
        }
    }
}

/// Keeps what members answer to announcements.
public protocol RSVPStore: EntityStore where Entity == RSVP {
    /// A part of a list.
    func list(_ listing: RSVPListing, from start: PageStart, limit: Int) async throws(StoreError) -> Page<RSVP>

    /// How many answers a list holds.
    func count(_ listing: RSVPListing) async throws(StoreError) -> Int
}
