/// Somebody as a room sees them: made of the signed-in identity, never of what a client says about itself.
public struct RoomPerson: Codable, Equatable, Sendable {
    public let id: MemberID
    public var name: String
    /// The messenger's @name without the @.
    public var username: String?
    public var isAdmin: Bool
    /// 1...5.
    public var level: Int
    /// By which a raised hand is put into the queue; see `Hand.priority`.
    public var priority: Double

    /// What all have as long as nobody has collected anything.
    public static let firstLevel = 1
    public static let firstPriority = 50.0

    public init(
        id: MemberID,
        name: String,
        username: String? = nil,
        isAdmin: Bool = false,
        level: Int = Self.firstLevel,
        priority: Double = Self.firstPriority
    ) {
        self.id = id
        self.name = name
        self.username = username
        self.isAdmin = isAdmin
        self.level = level
        self.priority = priority
    }

    public init(_ member: Member) {
        self.init(id: member.id, name: member.name, username: member.username, isAdmin: member.isAdmin)
    }
}

/// Who asks a room for something, and from where.
public struct RoomActor: Equatable, Sendable {
    public enum Way: String, Codable, Sendable {
        /// A connection to the room itself.
        case room
        /// The bot: the person need not be in the room.
        case messenger
    }

    public let person: RoomPerson
    public let way: Way

    public init(_ person: RoomPerson, by way: Way = .room) {
        self.person = person
        self.way = way
    }

    var id: MemberID { person.id }
}

/// What somebody may do in one room. Each rank includes the ones before it.
public enum RoomRank: String, Codable, Comparable, CaseIterable, Sendable {
    case member
    case coHost = "co_host"
    case host
    case admin

    private var order: Int {
        switch self {
        case .member: 0
        case .coHost: 1
        case .host: 2
        case .admin: 3
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    /// Whether they may invite, mute, remove and decide about the chat.
    public var isModerator: Bool { self >= .coHost }
}

/// Who runs a show.
public struct RoomCrew: Codable, Equatable, Sendable {
    /// Nil where nobody knows any more.
    public var host: MemberID?
    /// The senior one first, each once.
    public var coHosts: [MemberID]

    public init(host: MemberID?, coHosts: [MemberID] = []) {
        self.host = host
        self.coHosts = coHosts
    }

    /// In the order in which they take over from each other.
    var all: [MemberID] { (host.map { [$0] } ?? []) + coHosts.filter { $0 != host } }
}
