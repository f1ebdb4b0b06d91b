import Foundation

/// What those who are connected to a room are told. Whoever passes it on makes frames or messages of it.
public enum RoomSignal: Equatable, Sendable {
    /// A numbered event, with the words of its message. Raised and lowered hands are told by `hands`.
    case numbered(seq: Int, RoomFact)
    /// The queue as it is after the event `seq`: the first `RoomLimits.shownHands`, and how many there are.
    case hands(seq: Int, [Hand], total: Int)
    /// An event without a number, or a hand that was lowered: for the bot, the sound, and pages that want it.
    case noted(RoomFact)
    case presence(RoomPresence)
    /// How many of each since the last time.
    case reactions([String: Int])
    /// A member's own place in the queue, from 1 on; 0: in none any more.
    case position(MemberID, Int)
    /// A speaker's own thanks since the last time.
    case thanked(MemberID, RoomThanks)
    /// To one connection alone: what it needs to begin. It is told everything that comes after this.
    case welcome(ConnectionID, RoomWelcome)
    /// The connections of a member are to be closed.
    case closed(MemberID, RoomClosing)
}

/// What a connection needs to begin.
public enum RoomWelcome: Equatable, Sendable {
    case snapshot(RoomSnapshot)
    /// What it missed, then the latest state of what has no number.
    case missed([RoomSignal])
}

/// Why a member's connections are closed.
public enum RoomClosing: Equatable, Sendable {
    /// A host has removed them.
    case removed
    /// They are no member any more.
    case expelled
}

/// Signals of one moment, in their order.
public struct RoomBroadcast: Equatable, Sendable {
    public let session: LiveSessionID
    public let signals: [RoomSignal]
    /// How those are called whom the signals name, as far as the room knows.
    public let people: [MemberID: RoomPerson]

    public init(session: LiveSessionID, signals: [RoomSignal], people: [MemberID: RoomPerson]) {
        self.session = session
        self.signals = signals
        self.people = people
    }
}

/// Passes on what happens in rooms: the web to its sockets, the bot to its chats.
public protocol RoomAudience: Sendable {
    /// Hears of a room what was committed, in order. It takes it over and returns at once: while it does not, nothing
    /// else happens in that room.
    func hear(_ broadcast: RoomBroadcast)
}
