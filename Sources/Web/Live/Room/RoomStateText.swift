import Domain
import Foundation

/// `room_state` for many readers: what all of them see alike is encoded once and kept as long as it stays so.
struct RoomStateText: Sendable {
    /// What everybody sees alike.
    private struct Common: Encodable {
        let type = "room_state"
        let sessionId: String
        let epoch: String
        let seq: Int
        let phase: String
        let title: String
        let host: RoomFrame.OrNull<String>
        let crew: RoomFrame.Crew
        let messages: [RoomFrame.Message]
        let stage: [RoomFrame.Speaker]
        let hands: [RoomFrame.RaisedHand]
        let handCount: Int
        let handPolicy: String
        let pinned: RoomFrame.OrNull<RoomFrame.Message>
        let chatMode: String
        let slowSeconds: Int64
        let reactions: [String]
    }

    /// What differs from reader to reader, or from moment to moment.
    private struct Own: Encodable {
        let invitations: [RoomFrame.Invitation]
        let stats: RoomStats
        let you: You
    }

    private struct You: Encodable {
        let userId: String
        let name: String
        let role: String
        let place: String
        let position: Int?
        let until: Date?
        let handsLeft: Int
        let level: Int
    }

    private let title: String
    private let snapshot: RoomSnapshot
    /// The beginning of the object, without its closing brace.
    private let common: String

    /// Encodes what everybody sees, or takes it over from `known` where it is the same.
    init(_ snapshot: RoomSnapshot, title: String, known: RoomStateText? = nil) throws {
        self.title = title
        self.snapshot = snapshot
        if let known, known.title == title, known.snapshot.looksAlike(snapshot) {
            common = known.common
        } else {
            common = String(try RoomFrame.text(Self.common(snapshot, title)).dropLast())
        }
    }

    /// The whole object for the reader of the snapshot.
    func text(for person: RoomPerson) throws -> String {
        let own = Own(
            invitations: snapshot.invitations.map { RoomFrame.Invitation($0, snapshot.people[$0.member]) },
            stats: snapshot.stats,
            you: Self.you(snapshot.you, name: person.name)
        )
        return common + "," + (try RoomFrame.text(own)).dropFirst()
    }

    private static func common(_ snapshot: RoomSnapshot, _ title: String) -> Common {
        Common(
            sessionId: snapshot.session.rawValue,
            epoch: snapshot.epoch,
            seq: snapshot.seq,
            phase: snapshot.phase.word,
            title: title,
            host: RoomFrame.OrNull(snapshot.host?.rawValue),
            crew: RoomFrame.Crew(snapshot.crew),
            messages: snapshot.messages.compactMap { RoomFrame.Message($0.message, seq: $0.seq) },
            stage: snapshot.stage.map { seat in
                let isHeard = snapshot.voices.contains(seat.member)
                return RoomFrame.Speaker(seat, snapshot.people[seat.member], isHeard: isHeard)
            },
            hands: snapshot.hands.map { RoomFrame.RaisedHand($0, snapshot.people[$0.member]) },
            handCount: snapshot.handCount,
            handPolicy: snapshot.handPolicy.rawValue,
            pinned: RoomFrame.OrNull(snapshot.pinned.flatMap { RoomFrame.Message($0, in: snapshot.session) }),
            chatMode: snapshot.chatMode.rawValue,
            slowSeconds: snapshot.slow.wholeSeconds,
            reactions: snapshot.reactionSet
        )
    }

    private static func you(_ you: RoomSnapshot.You, name: String) -> You {
        var (position, until): (Int?, Date?) = (nil, nil)
        let place: String
        switch you.place {
        case .audience: place = "audience"
        case .stage: place = "stage"
        case .queue(let number): (place, position) = ("queue", number)
        case .invited(let moment): (place, until) = ("invited", moment)
        }
        return You(
            userId: you.member.rawValue,
            name: name,
            role: you.rank.rawValue,
            place: place,
            position: position,
            until: until,
            handsLeft: you.handsLeft,
            level: you.level
        )
    }
}

extension RoomState.Phase {
    /// As clients are told.
    fileprivate var word: String {
        switch self {
        case .waiting: "waiting"
        case .live: "live"
        case .ended: "over"
        }
    }
}

extension RoomSnapshot {
    /// Whether what all readers see alike is the same in another one. What is equal mostly is the very same memory, so
    /// that this costs little.
    fileprivate func looksAlike(_ other: RoomSnapshot) -> Bool {
        let places = session == other.session && epoch == other.epoch && seq == other.seq && phase == other.phase
        let crews = host == other.host && crew == other.crew && handPolicy == other.handPolicy
        let chats = pinned == other.pinned && chatMode == other.chatMode && slow == other.slow
        guard places, crews, chats, handCount == other.handCount, reactionSet == other.reactionSet else { return false }
        guard voices == other.voices, stage == other.stage, hands == other.hands else { return false }
        guard messages == other.messages else { return false }
        return (stage.map(\.member) + hands.map(\.member)).allSatisfy { people[$0] == other.people[$0] }
    }
}
