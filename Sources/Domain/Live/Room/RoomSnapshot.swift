import Foundation

/// A room as one member sees it on coming in.
public struct RoomSnapshot: Equatable, Sendable {
    /// Where a member stands. Everybody stands in one place.
    public enum Place: Equatable, Sendable {
        case audience
        /// From 1 on.
        case queue(position: Int)
        case invited(until: Date)
        case stage
    }

    public struct You: Equatable, Sendable {
        public let member: MemberID
        public let rank: RoomRank
        public let place: Place
        /// How often they may still raise a hand in this show.
        public let handsLeft: Int
        public let level: Int
        /// Whether something shows them the room at this moment: a connection by sound alone does not.
        public let seesRoom: Bool
    }

    public let session: LiveSessionID
    public let epoch: String
    public let seq: Int
    public let phase: RoomState.Phase
    /// Who is in charge.
    public let host: MemberID?
    public let crew: RoomCrew
    /// The last `RoomLimits.shownMessages`, oldest first.
    public let messages: [RoomState.Said]
    public let stage: [StageSeat]
    /// Who of them can be heard.
    public let voices: Set<MemberID>
    /// Who was removed, and is kept out.
    public let removed: Set<MemberID>
    /// The first `RoomLimits.shownHands`, in the order in which they are taken.
    public let hands: [Hand]
    public let handCount: Int
    public let handPolicy: HandPolicy
    /// For those who run the show; others see their own only.
    public let invitations: [StageInvitation]
    public let pinned: RoomMessage?
    public let chatMode: ChatMode
    public let slow: Duration
    public let reactionSet: [String]
    public let stats: RoomStats
    /// How those on stage and in `hands` are called, as far as the room knows.
    public let people: [MemberID: RoomPerson]
    public let you: You
}

extension Room {
    /// The room as `person` sees it.
    public func snapshot(for person: RoomPerson) -> RoomSnapshot {
        let hands = Array(state.queue.hands.prefix(RoomLimits.shownHands))
        let rank = rank(of: person)
        let invitations = state.invitations.values.filter { rank.isModerator || $0.member == person.id }
            .sorted { ($0.until, $0.member.rawValue) < ($1.until, $1.member.rawValue) }
        var people: [MemberID: RoomPerson] = [:]
        for member in state.stage.map(\.member) + hands.map(\.member) + invitations.map(\.member) {
            people[member] = self.person(member)
        }
        return RoomSnapshot(
            session: session,
            epoch: state.epoch,
            seq: state.seq,
            phase: state.phase,
            host: state.inCharge,
            crew: state.crew,
            messages: state.messages,
            stage: state.stage,
            voices: state.voices,
            removed: state.removed,
            hands: hands,
            handCount: state.queue.count,
            handPolicy: state.handPolicy,
            invitations: invitations,
            pinned: state.pinned,
            chatMode: state.chatMode,
            slow: state.slow,
            reactionSet: reactionSet,
            stats: stats,
            people: people,
            you: RoomSnapshot.You(
                member: person.id,
                rank: rank,
                place: place(of: person.id),
                handsLeft: max(0, RoomLimits.handsPerShow - state.handCounts[person.id, default: 0]),
                level: person.level,
                seesRoom: crowd.seesRoom(person.id)
            )
        )
    }

    /// Where a member stands.
    public func place(of member: MemberID) -> RoomSnapshot.Place {
        if state.isOnStage(member) { return .stage }
        if let invitation = state.invitations[member] { return .invited(until: invitation.until) }
        return state.queue.position(of: member).map { .queue(position: $0) } ?? .audience
    }
}
