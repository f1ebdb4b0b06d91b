import Foundation

/// A show has somebody who runs it, or ends.
extension Room {
    /// Whether somebody shows that they are there: by a connection, or by an action in the last 15 minutes.
    func isHere(_ member: MemberID, now: Date) -> Bool {
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
