import Foundation

/// What happens because time passes.
extension Room {
    /// When `due` says something next; nil: never, until something else happens.
    public var nextDeadline: Date? {
        var deadlines: [Date?] = [
            crowd.nextDrop,
            state.invitations.values.map(\.until).min(),
            hostDeadline,
            crowd.uncountedSince?.later(by: RoomLimits.reactionCount),
            signDeadline,
        ]
        if crowd.presenceIsNew {
            deadlines.append(Self.paced(crowd.presenceToldAt, RoomLimits.presencePace))
        }
        if crowd.queueIsNew {
            deadlines.append(Self.paced(crowd.positionsToldAt, RoomLimits.positionPace))
        }
        if !crowd.untoldReactions.isEmpty {
            deadlines.append(Self.paced(crowd.reactionsToldAt, RoomLimits.reactionPace))
        }
        if !crowd.untoldThanks.isEmpty {
            deadlines.append(Self.paced(crowd.thanksToldAt, RoomLimits.reactionPace))
        }
        return deadlines.compactMap { $0 }.min()
    }

    /// What happens by `now` because time passed, in order. Apply all of it, then ask again until there is nothing.
    public func due(_ now: Date) -> [RoomEvent] {
        let now = Timestamp.rounded(now)
        let dropped = crowd.overdue(now).flatMap { drop($0, now: now) }
        if !dropped.isEmpty { return dropped }
        let expired = state.invitations.values.filter { $0.until <= now }
            .sorted { ($0.until, $0.member.rawValue) < ($1.until, $1.member.rawValue) }
            .map { RoomEvent.fact(now, .uninvited(member: $0.member, why: .expired)) }
        if !expired.isEmpty { return expired }
        let hosting = hostingDue(now: now)
        if !hosting.isEmpty { return hosting }
        return tellings(now: now)
    }

    /// What happens by `now` and needs no log. The rest is due as soon as it can be logged.
    public func passingDue(_ now: Date) -> [RoomEvent] {
        let now = Timestamp.rounded(now)
        let dropped = crowd.overdue(now).map { drop($0, now: now) }.filter { $0.allSatisfy { $0.fact == nil } }
        return dropped.isEmpty ? tellings(now: now).filter { $0.fact == nil } : dropped.flatMap { $0 }
    }

    private func tellings(now: Date) -> [RoomEvent] {
        var events: [RoomEvent] = []
        if let signDeadline, signDeadline <= now { events.append(.fact(now, .lived)) }
        if let since = crowd.uncountedSince, since.later(by: RoomLimits.reactionCount) <= now {
            events.append(.fact(now, .counted(reactions: crowd.uncounted)))
        }
        if crowd.presenceIsNew, Self.paced(crowd.presenceToldAt, RoomLimits.presencePace) <= now {
            events.append(presence(now: now))
        }
        if crowd.queueIsNew, Self.paced(crowd.positionsToldAt, RoomLimits.positionPace) <= now {
            events.append(positions(now: now))
        }
        if !crowd.untoldReactions.isEmpty, Self.paced(crowd.reactionsToldAt, RoomLimits.reactionPace) <= now {
            events.append(.passing(.reactions(crowd.untoldReactions, at: now)))
        }
        if !crowd.untoldThanks.isEmpty, Self.paced(crowd.thanksToldAt, RoomLimits.reactionPace) <= now {
            events.append(.passing(.thanked(crowd.untoldThanks, at: now)))
        }
        return events
    }

    private var signDeadline: Date? {
        guard state.isLive else { return nil }
        return state.livedAt?.later(by: RoomLimits.sign)
    }

    private func drop(_ member: MemberID, now: Date) -> [RoomEvent] {
        var events: [RoomEvent] = []
        if state.isOnStage(member) {
            events.append(.fact(now, .demoted(member: member, why: .dropped)))
        } else if state.invitations[member] != nil {
            events.append(.fact(now, .uninvited(member: member, why: .dropped)))
        } else if let hand = state.queue.hand(of: member), !hand.isRemote {
            events.append(.fact(now, .lowered(member: member, why: .dropped)))
        }
        return events + [.passing(.gone(member, at: now))]
    }

    private static func paced(_ last: Date?, _ pace: Duration) -> Date {
        last?.later(by: pace) ?? .distantPast
    }
}
