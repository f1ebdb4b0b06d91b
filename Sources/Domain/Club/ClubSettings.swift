import Foundation

/// There is one club, so this has one value.
public struct ClubID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public static let club = ClubID(rawValue: "club")
}

/// What the club has decided about itself.
public struct ClubSettings: StoredEntity {
    public enum Key: Hashable, Sendable {
        case club
    }

    public static let collection = "club_settings"
    public static let schema = 1

    public var id: ClubID { .club }
    /// Who claimed the club. Decided once.
    public var ownerID: MemberID?
    /// The zone of dates in titles (IANA name).
    public var timeZone: String
    /// The group in which the admins work: it gets a card of each episode, and the warnings about recordings. Nil: they
    /// are told privately.
    public var adminsChatID: ChatID?
    /// How that group is called; nil where none was told.
    public var adminsChatTitle: String?
    /// The language of people who do not say theirs. Nil: the machine's setting.
    public var language: Language?
    /// Whether recordings may leave the club; nil where the club has not decided about it.
    private var inlineAudio: Bool?

    /// Whether members may send recordings to chats outside of the club. A club that has decided nothing keeps them.
    public var sharesAudio: Bool {
        get { inlineAudio ?? false }
        set { inlineAudio = newValue }
    }

    /// The recording channel, as the bot has found it at its last start.
    public var clubChannel: ChatPlace?
    /// The channel in which shows are announced, as the bot has found it at its last start; nil where that is the
    /// recording channel.
    public var notificationsChannel: ChatPlace?

    /// Where shows are announced; nil where the bot has found no channel yet.
    public var showsChannel: ChatID? { (notificationsChannel ?? clubChannel)?.chat }

    /// The club's group, which an admin has chosen.
    public var clubGroup: ChatPlace?
    /// The ways into the club, sorted; nil where the club has not decided about them.
    private var joiningModes: [JoiningMode]?

    /// The ways into the club that are open. A club that has decided nothing takes requests, and those whom it invites.
    public var joining: Set<JoiningMode> {
        get { joiningModes.map(Set.init) ?? JoiningMode.byDefault }
        set { joiningModes = newValue.sorted { $0.rawValue < $1.rawValue } }
    }

    /// The reactions that rooms take; nil where the club has not decided about them.
    private var chosenReactions: [String]?

    /// With what listeners react, in the order in which it is shown.
    public var reactions: [String] {
        get { chosenReactions ?? Room.firstReactions }
        set { chosenReactions = newValue }
    }

    /// Who may raise a hand in new shows; nil where the club has not decided about it.
    private var newShowsHands: HandPolicy?

    /// Who may raise a hand in a show whose host says nothing else.
    public var handPolicy: HandPolicy {
        get { newShowsHands ?? .everyone }
        set { newShowsHands = newValue }
    }

    /// Whether members bear their level as a tag in the club's group; nil where the club has not decided about it.
    private var givesTags: Bool?

    /// Whether members bear their level as a tag in the club's group. A club that has decided nothing leaves tags alone.
    public var tagsLevels: Bool {
        get { givesTags ?? false }
        set { givesTags = newValue }
    }

    /// When the messenger said that the bot may not give tags; nil where it has not since they were switched on.
    public internal(set) var tagsRefusedAt: Date?

    /// Both of them, as they are changed together.
    struct TagChoice: Equatable, Sendable {
        var isOn: Bool
        var refusedAt: Date?
    }

    var tagChoice: TagChoice {
        get { TagChoice(isOn: tagsLevels, refusedAt: tagsRefusedAt) }
        set { (tagsLevels, tagsRefusedAt) = (newValue.isOn, newValue.refusedAt) }
    }

    public init(ownerID: MemberID? = nil, timeZone: String = "Europe/Moscow") {
        self.ownerID = ownerID
        self.timeZone = timeZone
    }

    /// The zone itself; UTC where the name is unknown on this machine.
    public var zone: TimeZone { TimeZone(identifier: timeZone) ?? .gmt }
}

/// Keeps the club's settings: one document.
public protocol ClubSettingsStore: EntityStore where Entity == ClubSettings {}
