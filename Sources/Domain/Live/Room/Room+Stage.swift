import Foundation

/// Coming onto the stage takes two: who runs the show invites, the member accepts.
extension Room {
    func promote(_ member: MemberID, by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        try checkModerator(actor)
        try checkLive()
        guard !state.isOnStage(member) else { throw .room(.isOnStage) }
        if member == actor.id {
            // Both consents are the same person's.
            try checkSeat(for: member)
            return [.fact(now, .promoted(member: member))]
        }
        guard state.invitations[member] == nil else { return [] }
        guard crowd.holdsSeat(member) || state.queue.contains(member) else { throw .room(.notInRoom) }
        return [try invite(member, by: actor, now: now)]
    }

    func invite(_ member: MemberID, by actor: RoomActor, now: Date) throws(Refusal) -> RoomEvent {
        try checkSeat(for: member)
        let until = now.later(by: RoomLimits.inviteLasts)
        return .fact(now, .invited(invitation: StageInvitation(member: member, by: actor.id, until: until)))
    }

    func accept(by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        guard let invitation = state.invitations[actor.id], now < invitation.until else {
            throw .room(.noInvitation)
        }
        return [.fact(now, .promoted(member: actor.id))]
    }

    func decline(by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        guard state.invitations[actor.id] != nil else { throw .room(.noInvitation) }
        return [.fact(now, .uninvited(member: actor.id, why: .declined))]
    }

    func stepDown(by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        guard state.isOnStage(actor.id) else { throw .room(.notOnStage) }
        return [.fact(now, .demoted(member: actor.id, why: .own))]
    }

    func demote(_ member: MemberID, by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        try checkModerator(actor)
        guard rank(of: member) <= rank(of: actor.person) else { throw .room(.aboutSenior) }
        if state.isOnStage(member) { return [.fact(now, .demoted(member: member, why: .host))] }
        if state.invitations[member] != nil { return [.fact(now, .uninvited(member: member, why: .withdrawn))] }
        if state.queue.contains(member) { return [.fact(now, .lowered(member: member, why: .host))] }
        throw .room(.notOnStage)
    }

    func mute(_ member: MemberID, by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        try checkModerator(actor)
        guard member != actor.id else { throw .room(.aboutOneself) }
        guard state.isOnStage(member) else { throw .room(.notOnStage) }
        let muted = RoomEvent.fact(now, .muted(member: member, by: actor.id))
        // Whether they switch it on again, LiveKit tells.
        return state.voices.contains(member) ? [muted, .fact(now, .voiced(member: member, isOn: false))] : [muted]
    }

    func kick(_ member: MemberID, by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        try checkModerator(actor)
        guard member != actor.id else { throw .room(.aboutOneself) }
        guard !state.removed.contains(member) else { return [] }
        guard rank(of: member) < rank(of: actor.person) else { throw .room(.aboutSenior) }
        let isKnown = crowd.holdsSeat(member) || crowd.known[member] != nil || hasPlace(member)
        guard isKnown else { throw .room(.notInRoom) }
        return takeAway(member, now: now) + [.fact(now, .removed(member: member, by: actor.id))]
            + successor(of: member, orElse: actor.id, now: now)
    }

    func begin(
        by actor: RoomActor?,
        _ crew: RoomCrew,
        hands: HandPolicy,
        now: Date
    ) throws(Refusal) -> [RoomEvent] {
        switch state.phase {
        case .waiting: break
        case .live: return sign(from: actor, now: now) + rule(crew, hands: hands, now: now)
        case .ended: throw .room(.over)
        }
        var events: [RoomEvent] = [.fact(now, .started(by: actor?.id, crew: crew, hands: hands))]
        // Who is in the room is there as long as their connection is.
        if let actor, !crowd.isConnected(actor.id) { events.append(.passing(.acted(actor.id, at: now))) }
        if let host = crew.host ?? actor?.id, crowd.isConnected(host) {
            events.append(.fact(now, .promoted(member: host)))
        }
        return events
    }

    func end(_ why: RoomEnd, now: Date) -> [RoomEvent] {
        if case .ended = state.phase { return [] }
        let rest = crowd.uncounted.isEmpty ? [] : [RoomEvent.fact(now, .counted(reactions: crowd.uncounted))]
        return rest + [.fact(now, .ended(why: why))]
    }

    /// Takes somebody who was removed off the stage, out of the queue, and an invitation back.
    func takeAway(_ member: MemberID, now: Date) -> [RoomEvent] {
        if state.isOnStage(member) { return [.fact(now, .demoted(member: member, why: .removed))] }
        if state.invitations[member] != nil { return [.fact(now, .uninvited(member: member, why: .removed))] }
        if state.queue.contains(member) { return [.fact(now, .lowered(member: member, why: .removed))] }
        return []
    }

    private func hasPlace(_ member: MemberID) -> Bool {
        state.isOnStage(member) || state.invitations[member] != nil || state.queue.contains(member)
    }

    private func checkSeat(for member: MemberID) throws(Refusal) {
        let taken = state.stage.count + state.invitations.count - (state.invitations[member] == nil ? 0 : 1)
        guard taken < RoomLimits.stageSeats else { throw .room(.stageFull) }
    }
}
