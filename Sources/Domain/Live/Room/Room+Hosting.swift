import Foundation

/// A show has somebody who runs it, or ends.
extension Room {
    /// Whether somebody shows that they are there: by a connection, or by an action in the last 15 minutes.
    func isHere(_ member: MemberID, now: Date) -> Bool {
        if state.removed.contains(member) { return false }
        if crowd.isConnected(member) { return true }
        guard let acted = crowd.signs[member]?.actedAt else { return false }
        return now < acted.later(by: RoomLimits.hostActionCounts)
    }

    /// What follows from somebody of the crew being there.
    func hostSign(of actor: RoomActor, now: Date) -> [RoomEvent] {
        guard state.isLive else { return [] }
        if actor.id == state.inCharge { return state.askedAt == nil ? [] : [.fact(now, .answered)] }
        if actor.id == state.crew.host { return [.fact(now, .charged(member: actor.id))] }
        guard state.askedAt != nil, state.crew.coHosts.contains(actor.id) else { return [] }
        return [.fact(now, .charged(member: actor.id))]
    }

    /// What follows from somebody having changed the show, from outside of the room: of the crew, they are there.
    func sign(from actor: RoomActor?, now: Date) -> [RoomEvent] {
        guard let actor, runs(actor.id), !state.removed.contains(actor.id) else { return [] }
        let acted = RoomEvent.passing(.acted(actor.id, at: now))
        return (crowd.isConnected(actor.id) ? [] : [acted]) + hostSign(of: actor, now: now)
    }

    /// Whether it is somebody of the crew, or who is in charge.
    func runs(_ member: MemberID) -> Bool { state.crew.all.contains(member) || state.inCharge == member }

    /// What follows for a show from who was in charge being sent away: the next of the crew who is there takes over, else
    /// `remover`.
    func successor(of member: MemberID, orElse remover: MemberID?, now: Date) -> [RoomEvent] {
        guard state.isLive, member == state.inCharge else { return [] }
        let other = state.crew.all.first { $0 != member && isHere($0, now: now) } ?? remover
        return other.map { [.fact(now, .charged(member: $0))] } ?? []
    }

    /// Since when nobody in charge was there; nil while somebody is.
    private var missingSince: Date? {
        guard case .live(let since) = state.phase else { return nil }
        guard let host = state.inCharge else { return since }
        if crowd.isConnected(host) { return nil }
        let byAction = crowd.signs[host]?.actedAt?.later(by: RoomLimits.hostActionCounts)
        return [since, crowd.signs[host]?.connectedUntil, byAction].compactMap { $0 }.max()
    }

    /// When something happens because nobody in charge is there.
    var hostDeadline: Date? {
        if let askedAt = state.askedAt, state.isLive {
            // Who was asked before a restart has the usual time after it, for nobody was there to be answered.
            let back = state.inCharge.flatMap { crowd.signs[$0]?.connectedUntil }?.later(by: RoomLimits.hostMissed)
            return max(askedAt.later(by: RoomLimits.hostSilence), back ?? .distantPast)
        }
        return missingSince?.later(by: RoomLimits.hostMissed)
    }

    /// What happens at `now` because nobody in charge is there.
    func hostingDue(now: Date) -> [RoomEvent] {
        guard let deadline = hostDeadline, deadline <= now else { return [] }
        if let host = state.inCharge, isHere(host, now: now) { return [.fact(now, .answered)] }
        if let other = state.crew.all.first(where: { $0 != state.inCharge && isHere($0, now: now) }) {
            return [.fact(now, .charged(member: other))]
        }
        if state.askedAt != nil { return end(.silence, now: now) }
        return [.fact(now, .asked)]
    }
}
