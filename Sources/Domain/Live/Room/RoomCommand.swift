/// One connection of somebody to a room: a socket, or their voice. Unique in the club.
public struct ConnectionID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// With what somebody is in a room.
public enum DeviceKind: String, Codable, CaseIterable, Sendable {
    case browser
    case phone
    case miniApp = "mini_app"
    /// The sound alone.
    case audio
    /// A program of a member.
    case program
}

/// What a person can ask a room for.
public enum RoomCommand: Equatable, Sendable {
    case enter(ConnectionID, DeviceKind)
    case leave(ConnectionID)
    /// Looks at the show's page.
    case visit
    /// Says that they are there, without a connection: the answer to the bot that asks the host.
    case present
    /// `clientID`: chosen by the author's program, 1...64 characters; sent again with the same one, nothing happens.
    case chat(String, clientID: String, isQuestion: Bool)
    case react(String)
    /// A tap on somebody who speaks or spoke, also within `RoomLimits.supportLasts` after the end.
    case support(MemberID)
    case raiseHand(topic: String?)
    case lowerHand
    case acceptInvite
    case declineInvite
    case leaveStage

    // Those who run the show:

    /// Asks somebody onto the stage; oneself: goes there.
    case promote(MemberID)
    /// Takes somebody off the stage, an invitation back, or a hand down.
    case demote(MemberID)
    case mute(MemberID)
    case kick(MemberID)
    /// Invites the first of the queue.
    case nextHand
    case lowerAll
    case deleteMessage(RoomMessageID)
    /// Nothing in it: takes away what is pinned.
    case pin(String)
    case chatMode(ChatMode, slow: Duration)
}

extension RoomCommand {
    /// Whether what somebody may do in the show decides about it; a message also its author deletes.
    public var isForCrew: Bool {
        switch self {
        case .promote, .demote, .mute, .kick, .nextHand, .lowerAll, .deleteMessage, .pin, .chatMode: true
        case .enter, .leave, .visit, .present, .chat, .react, .support, .raiseHand, .lowerHand, .acceptInvite,
            .declineInvite, .leaveStage:
            false
        }
    }
}

/// What the program tells a room because the show or a membership has changed.
public enum RoomOrder: Equatable, Sendable {
    /// The first thing that a room is told. `epoch` names this log; a log that replaces it has another one.
    case open(epoch: String)
    /// `by`: nil where the program did it by its own rules.
    case begin(by: RoomActor?, RoomCrew, hands: HandPolicy)
    /// Who runs the show, or who may raise a hand, is another one now.
    case rule(RoomCrew, hands: HandPolicy)
    case end
    /// Somebody is no member any more.
    case expel(MemberID)
    /// Somebody's microphone can be heard, or not any more. Of people who are not on stage it is left out.
    case microphone(MemberID, isOn: Bool)
}
