import Foundation

/// Raising a hand, and whose turn it is.
extension Room {
    func raise(topic: String?, by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        try checkLive()
        guard !state.isOnStage(actor.id) else { throw .room(.isOnStage) }
        guard state.invitations[actor.id] == nil else { throw .room(.isInvited) }
        guard !state.queue.contains(actor.id) else { throw .room(.handIsUp) }
        try checkMayRaise(actor)
        guard state.handCounts[actor.id, default: 0] < RoomLimits.handsPerShow else { throw .room(.handsSpent) }
        let text = try Self.cleaned(topic ?? "", limit: RoomLimits.topicLength, .topicTooLong)
        let hand = Hand(
            member: actor.id,
            priority: actor.person.priority,
            at: now,
            topic: text.isEmpty ? nil : message(.topic, text, by: actor, now: now),
            isRemote: actor.way == .messenger && !crowd.holdsSeat(actor.id)
        )
        return [.fact(now, .raised(hand: hand))]
    }

    func lower(by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        guard state.queue.contains(actor.id) else { throw .room(.noHandUp) }
        return [.fact(now, .lowered(member: actor.id, why: .own))]
    }

    func nextHand(by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        try checkModerator(actor)
        try checkLive()
        guard let hand = state.queue.first else { throw .room(.queueEmpty) }
        return [try invite(hand.member, by: actor, now: now)]
    }

    func lowerAll(by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        try checkModerator(actor)
        return state.queue.count == 0 ? [] : [.fact(now, .cleared(by: actor.id))]
    }

    func rule(_ crew: RoomCrew, hands: HandPolicy, now: Date) -> [RoomEvent] {
        guard crew != state.crew || hands != state.handPolicy else { return [] }
        let lowered = hands == .off ? state.queue.hands.map(\.member) : []
        return [.fact(now, .ruled(crew: crew, hands: hands))]
            + lowered.map { .fact(now, .lowered(member: $0, why: .policy)) }
    }

    private func checkMayRaise(_ actor: RoomActor) throws(Refusal) {
        switch state.handPolicy {
        case .off: throw .room(.handsOff)
        case .everyone: return
        case .level(let level):
            guard actor.person.level >= level || rank(of: actor.person).isModerator else {
                throw .room(.handsForLevel(level))
            }
        }
    }
}
