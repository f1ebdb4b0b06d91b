import Domain
import Foundation

/// Frames that have a number.
extension RoomFrame {
    struct ChatMessage: Encodable {
        let type = "chat_message"
        let seq: Int
        let message: Message
    }

    struct ChatDeleted: Encodable {
        let type = "chat_deleted"
        let seq: Int
        let messageId: String
        let by: String
    }

    struct Hands: Encodable {
        let type = "hand_raised_update"
        let seq: Int
        let hands: [RaisedHand]
        let total: Int
    }

    struct Invited: Encodable {
        let type = "user_invited"
        let seq: Int
        let invitation: Invitation
    }

    struct InviteEnded: Encodable {
        let type = "invite_ended"
        let seq: Int
        let userId: String
        let why: String
    }

    struct Promoted: Encodable {
        let type = "user_promoted"
        let seq: Int
        let user: Speaker
    }

    struct Demoted: Encodable {
        let type = "user_demoted"
        let seq: Int
        let userId: String
        let why: String
    }

    struct Pinned: Encodable {
        let type = "pinned"
        let seq: Int
        let message: OrNull<Message>
        let by: String
    }

    struct Chat: Encodable {
        let type = "chat_mode"
        let seq: Int
        let mode: String
        let slowSeconds: Int
        let by: String
    }

    struct Started: Encodable {
        let type = "session_started"
        let seq: Int
        let crew: Crew
        let handPolicy: String
    }

    struct Ended: Encodable {
        let type = "session_ended"
        let seq: Int
        let why: String
    }

    /// - Returns: nil for what has no frame of its own.
    static func text(
        _ fact: RoomFact,
        seq: Int,
        people: [MemberID: RoomPerson]
    ) throws -> String? {
        switch fact.news {
        case .said(let message):
            try Message(message, seq: seq).map { try text(ChatMessage(seq: seq, message: $0)) }
        case .deleted(let id, let by):
            try text(ChatDeleted(seq: seq, messageId: id.rawValue, by: by.rawValue))
        case .invited(let invitation):
            try text(Invited(seq: seq, invitation: Invitation(invitation, people[invitation.member])))
        case .uninvited(let member, let why):
            try text(InviteEnded(seq: seq, userId: member.rawValue, why: why.rawValue))
        case .promoted(let member):
            try text(Promoted(seq: seq, user: Speaker(member, people[member], since: fact.at)))
        case .demoted(let member, let why):
            try text(Demoted(seq: seq, userId: member.rawValue, why: why.rawValue))
        case .pinned(let message, let by):
            try text(
                Pinned(
                    seq: seq,
                    message: OrNull(message.flatMap { Message($0, seq: seq) }),
                    by: by.rawValue
                )
            )
        case .moderated(let mode, let slow, let by):
            try text(Chat(seq: seq, mode: mode.rawValue, slowSeconds: slow, by: by.rawValue))
        case .started(_, let crew, let hands):
            try text(Started(seq: seq, crew: Crew(crew), handPolicy: hands.rawValue))
        case .ended(let why): try text(Ended(seq: seq, why: why.rawValue))
        case .raised, .lowered, .cleared, .opened, .ruled, .charged, .asked, .answered, .muted, .removed, .supported,
            .reacted, .counted, .voiced, .visited, .lived:
            nil
        }
    }

    static func text(
        hands: [Hand],
        total: Int,
        seq: Int,
        people: [MemberID: RoomPerson]
    ) throws -> String {
        try text(Hands(seq: seq, hands: hands.map { RaisedHand($0, people[$0.member]) }, total: total))
    }
}
