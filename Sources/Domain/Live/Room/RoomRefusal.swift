import Foundation

/// What the rules of a room say no to.
public enum RoomRefusal: Equatable, Sendable {
    /// The show has not begun.
    case notBegun
    /// The show is over.
    case over
    /// A host has removed the person from this room.
    case removed
    /// The person meant is not in the room.
    case notInRoom
    /// Nobody supports, mutes or removes themselves.
    case aboutOneself
    /// The person meant has the same or a higher rank.
    case aboutSenior
    /// Too fast; the next one is taken after this time.
    case tooFast(Duration)
    /// Slow mode: so much time is left.
    case slowMode(Duration)
    case chatOff
    case chatForHosts
    case chatForLevel(Int)
    case messageEmpty
    case messageTooLong
    /// The program's own name of the message is missing or too long.
    case clientIDWrong
    /// The reaction is none of the club's.
    case unknownReaction
    case slowModeOutOfRange
    case handsOff
    case handsForLevel(Int)
    case handIsUp
    case noHandUp
    /// The person has raised a hand as often as one may in a show.
    case handsSpent
    case topicTooLong
    case queueEmpty
    /// The person has an invitation that waits for an answer.
    case isInvited
    /// There is no invitation, or it is too old.
    case noInvitation
    case isOnStage
    case notOnStage
    case stageFull
    /// The person never was on stage in this show.
    case neverSpoke

    /// After what time it is taken, where waiting helps.
    public var retryAfter: Duration? {
        switch self {
        case .tooFast(let time), .slowMode(let time): time
        default: nil
        }
    }

    /// What its phrase says besides.
    var arguments: [String: String] {
        switch self {
        case .tooFast(let time), .slowMode(let time):
            ["seconds": String((time.wholeMilliseconds + 999) / 1_000)]
        case .chatForLevel(let level), .handsForLevel(let level): ["level": String(level)]
        default: [:]
        }
    }

    /// A stable name for programs.
    public var code: String {
        switch self {
        case .notBegun: "show_not_begun"
        case .over: "show_ended"
        case .removed: "removed_from_room"
        case .notInRoom: "not_in_room"
        case .aboutOneself: "not_oneself"
        case .aboutSenior: "about_senior"
        case .tooFast: "too_fast"
        case .slowMode: "slow_mode"
        case .chatOff: "chat_off"
        case .chatForHosts: "chat_for_hosts"
        case .chatForLevel: "chat_for_level"
        case .messageEmpty: "message_empty"
        case .messageTooLong: "message_too_long"
        case .clientIDWrong: "client_id_wrong"
        case .unknownReaction: "unknown_reaction"
        case .slowModeOutOfRange: "slow_mode_out_of_range"
        case .handsOff: "hands_off"
        case .handsForLevel: "hands_for_level"
        case .handIsUp: "hand_is_up"
        case .noHandUp: "no_hand_up"
        case .handsSpent: "hands_spent"
        case .topicTooLong: "topic_too_long"
        case .queueEmpty: "queue_empty"
        case .isInvited: "is_invited"
        case .noInvitation: "no_invitation"
        case .isOnStage: "is_on_stage"
        case .notOnStage: "not_on_stage"
        case .stageFull: "stage_full"
        case .neverSpoke: "never_spoke"
        }
    }
}
