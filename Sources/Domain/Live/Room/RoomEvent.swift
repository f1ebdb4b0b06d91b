import Foundation

/// What happened in a room, as `Room.decide` says it and `Room.apply` takes it.
public enum RoomEvent: Equatable, Sendable {
    /// It goes into the log first.
    case logged(RoomFact)
    /// It concerns what is so at this moment: a process that starts anew learns it anew.
    case passing(RoomMotion)

    static func fact(_ at: Date, _ news: RoomNews) -> RoomEvent { .logged(RoomFact(at: at, news: news)) }

    /// What goes into the log, if it does.
    public var fact: RoomFact? {
        guard case .logged(let fact) = self else { return nil }
        return fact
    }
}

/// One line of a room's log.
public struct RoomFact: Codable, Equatable, Sendable {
    public let at: Date
    public let news: RoomNews

    public init(at: Date, news: RoomNews) {
        self.at = at
        self.news = news
    }
}

/// What the log knows. Its JSON is stored: names and shapes stay as they are.
///
/// There are ids in it and no words; see `RoomMessage`.
public enum RoomNews: Codable, Equatable, Sendable {
    // Numbered:
    case said(message: RoomMessage)
    case deleted(id: RoomMessageID, by: MemberID)
    case raised(hand: Hand)
    case lowered(member: MemberID, why: HandEnd)
    case cleared(by: MemberID)
    case invited(invitation: StageInvitation)
    case uninvited(member: MemberID, why: InviteEnd)
    case promoted(member: MemberID)
    case demoted(member: MemberID, why: StageEnd)
    /// Nil: nothing is pinned any more.
    case pinned(message: RoomMessage?, by: MemberID)
    /// `slow`: the least time between two messages of one member, in seconds; 0 for none.
    case moderated(mode: ChatMode, slow: Int, by: MemberID)
    case started(by: MemberID?, crew: RoomCrew, hands: HandPolicy)
    case ended(why: RoomEnd)

    // Not numbered:
    case opened(epoch: String)
    case ruled(crew: RoomCrew, hands: HandPolicy)
    /// Somebody of the crew is in charge from now on.
    case charged(member: MemberID)
    /// Nobody of the crew is there; the host is being asked.
    case asked
    /// Who was asked is there.
    case answered
    case muted(member: MemberID, by: MemberID)
    case removed(member: MemberID, by: MemberID)
    case supported(member: MemberID, by: MemberID)
    /// One of a member's first reactions.
    case reacted(member: MemberID, emoji: String)
    /// All reactions since the last time that they were counted.
    case counted(reactions: [String: Int])
    /// Somebody on stage can be heard, or not any more.
    case voiced(member: MemberID, isOn: Bool)
    /// A member opened the show's page for the first time.
    case visited(member: MemberID)
    /// The show is alive: told from time to time, so that the log says until when it was.
    case lived

    enum CodingKeys: String, CodingKey {
        case said = "chat_message"
        case deleted = "chat_deleted"
        case raised = "hand_raised"
        case lowered = "hand_lowered"
        case cleared = "hands_cleared"
        case invited = "user_invited"
        case uninvited = "invite_ended"
        case promoted = "user_promoted"
        case demoted = "user_demoted"
        case pinned
        case moderated = "chat_mode"
        case started = "session_started"
        case ended = "session_ended"
        case opened
        case ruled
        case charged = "host_changed"
        case asked = "host_asked"
        case answered = "host_answered"
        case muted = "user_muted"
        case removed = "user_removed"
        case supported
        case reacted
        case counted = "reactions"
        case voiced = "microphone"
        case visited = "page_opened"
        case lived
    }

    /// Whether clients are told it under a number, and again where they missed it.
    public var isNumbered: Bool {
        switch self {
        case .said, .deleted, .raised, .lowered, .cleared, .invited, .uninvited, .promoted, .demoted, .pinned,
            .moderated, .started, .ended:
            true
        case .opened, .ruled, .charged, .asked, .answered, .muted, .removed, .supported, .reacted, .counted,
            .voiced, .visited, .lived:
            false
        }
    }

    /// What was written, where the event brought something that was.
    public var message: RoomMessage? {
        switch self {
        case .said(let message): message
        case .raised(let hand): hand.topic
        case .pinned(let message, _): message
        case .deleted, .lowered, .cleared, .invited, .uninvited, .promoted, .demoted, .moderated, .started, .ended,
            .opened, .ruled, .charged, .asked, .answered, .muted, .removed, .supported, .reacted, .counted, .voiced,
            .visited, .lived:
            nil
        }
    }
}

/// Why a hand is down.
public enum HandEnd: String, Codable, CaseIterable, Sendable {
    case own
    case host
    /// They were removed, or are no member any more.
    case removed
    /// They dropped and did not come back.
    case dropped
    /// Members of their level may not raise one any more.
    case policy
}

/// Why somebody is invited no more, without having accepted.
public enum InviteEnd: String, Codable, CaseIterable, Sendable {
    case declined
    case expired
    /// Who runs the show took it back.
    case withdrawn
    case removed
    case dropped
}

/// Why somebody is not on stage any more.
public enum StageEnd: String, Codable, CaseIterable, Sendable {
    case own
    case host
    case removed
    case dropped
}

/// Why a show is over.
public enum RoomEnd: String, Codable, CaseIterable, Sendable {
    /// Somebody ended it.
    case host
    /// Nobody who runs it was there, and the host did not answer.
    case silence
}

/// What is so at this moment and in no log.
public enum RoomMotion: Equatable, Sendable {
    /// How somebody is called and what they may do, where that is new.
    case known(RoomPerson)
    case entered(MemberID, ConnectionID, DeviceKind, at: Date)
    case left(MemberID, ConnectionID, at: Date)
    /// The seat of somebody who dropped is given up.
    case gone(MemberID, at: Date)
    /// Somebody is no member any more: they are not there, whatever they did before.
    case expelled(MemberID, at: Date)
    /// Somebody who runs the show did something from afar.
    case acted(MemberID, at: Date)
    case reacted(MemberID, String, at: Date)

    // To be told to clients:
    case presence(RoomPresence, at: Date)
    case reactions([String: Int], at: Date)
    /// Whose place in the queue is another one than they know.
    case positions([MemberID: Int], at: Date)
    /// Who was thanked.
    case thanked([MemberID: RoomThanks], at: Date)
}

/// Thanks to one speaker since they were told the last time.
public struct RoomThanks: Equatable, Sendable {
    public internal(set) var count: Int
    /// From whom the last one came.
    public internal(set) var by: MemberID
}

/// Who came and went since this was told the last time, and how many there are.
public struct RoomPresence: Equatable, Sendable {
    /// At most `RoomLimits.namesAtOnce` in all; none in a large room.
    public var came: [RoomPerson] = []
    public var went: [MemberID] = []
    public var stats: RoomStats
    /// Who is in charge.
    public var host: MemberID?
}

/// A room in numbers.
public struct RoomStats: Codable, Equatable, Sendable {
    /// People, whatever they are connected by; who dropped just now counts.
    public var present = 0
    /// The most that this process saw at once.
    public var peak = 0
    public var onStage = 0
    public var hands = 0
    public var messages = 0
    public var questions = 0
    public var reactions = 0
    public var supports = 0
}
