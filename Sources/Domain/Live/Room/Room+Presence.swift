import Foundation

/// Coming and going.
extension Room {
    func enter(_ connection: ConnectionID, _ device: DeviceKind, by actor: RoomActor, now: Date) -> [RoomEvent] {
        let member = actor.id
        guard crowd.presences[member]?.connections[connection] == nil else { return [] }
        var events: [RoomEvent] = [.passing(.entered(member, connection, device, at: now))]
        let isFirst = member == state.crew.host && !state.speakers.contains(member)
        if state.isLive, isFirst, state.stage.count + state.invitations.count < RoomLimits.stageSeats {
            // The host's place is the stage; whoever comes to run a show has consented.
            events.append(.fact(now, .promoted(member: member)))
        }
        return events
    }

    /// Nothing happens because somebody may come in.
    /// - Throws: `.room(.removed)`, `.room(.over)`.
    func admit(_ person: RoomPerson) throws(Refusal) -> [RoomEvent] {
        guard !state.removed.contains(person.id) else { throw .room(.removed) }
        if case .ended = state.phase { throw .room(.over) }
        return []
    }

    /// Why somebody who came in has to go at once; nil where they may stay. What happened after they came in, at the
    /// same moment, was told before they could hear it.
    func refusal(of connection: ConnectionID, _ actor: RoomActor) -> Refusal? {
        do throws(Refusal) { _ = try admit(actor.person) } catch { return error }
        return crowd.presences[actor.id]?.connections[connection] == nil ? .notAMember : nil
    }

    func leave(_ connection: ConnectionID, of member: MemberID, now: Date) -> [RoomEvent] {
        guard crowd.presences[member]?.connections[connection] != nil else { return [] }
        return [.passing(.left(member, connection, at: now))]
    }

    /// Nothing shows any more that they are there.
    func expulsion(of member: MemberID, now: Date) -> [RoomEvent] {
        let isKnown = crowd.holdsSeat(member) || crowd.signs[member] != nil
        return isKnown ? [.passing(.expelled(member, at: now))] : []
    }

    /// How many people are here, and what was done.
    public var stats: RoomStats {
        RoomStats(
            present: crowd.presences.count,
            peak: crowd.peak,
            onStage: state.stage.count,
            hands: state.queue.count,
            messages: state.messageCount,
            questions: state.questionCount,
            reactions: state.reactionCount + crowd.uncounted.values.reduce(0, +),
            supports: state.supports.count
        )
    }

    /// Whether somebody has a connection at this moment.
    public func isConnected(_ member: MemberID) -> Bool { crowd.isConnected(member) }

    /// How somebody is called, where they have asked this room for something.
    public func person(_ member: MemberID) -> RoomPerson? { crowd.known[member] }

    /// Whether nobody is here, nor dropped just now.
    public var isEmpty: Bool { crowd.presences.isEmpty }

    /// Those who are here or dropped just now.
    public var people: [MemberID] { Array(crowd.presences.keys) }

    func presence(now: Date) -> RoomEvent {
        var presence = RoomPresence(stats: stats, host: state.inCharge)
        if crowd.presences.count <= RoomLimits.namedRoom {
            presence.came = crowd.came.compactMap { crowd.known[$0] }
            presence.went = Array(crowd.went.prefix(max(0, RoomLimits.namesAtOnce - presence.came.count)))
        }
        return .passing(.presence(presence, at: now))
    }

    /// Whose place in the queue is another one than they were told, and theirs who have none any more: 0.
    func positions(now: Date) -> RoomEvent {
        var changed: [MemberID: Int] = [:]
        for (index, hand) in state.queue.hands.enumerated() where crowd.toldPositions[hand.member] != index + 1 {
            changed[hand.member] = index + 1
        }
        for member in crowd.toldPositions.keys where !state.queue.contains(member) {
            changed[member] = 0
        }
        return .passing(.positions(changed, at: now))
    }
}
