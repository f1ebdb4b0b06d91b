import Foundation

/// All that is to become different about a show, at once; nil stays as it is.
public struct ShowRevision: Sendable {
    public var edit: ShowEdit
    public var startsAt: Date?
    /// Of a weekly show, what is to begin at the other time.
    public var reach: ShowReach
    /// All co-hosts that it is to have, in their order.
    public var coHosts: [MemberID]?

    public init(
        edit: ShowEdit = ShowEdit(),
        startsAt: Date? = nil,
        reach: ShowReach = .occurrence,
        coHosts: [MemberID]? = nil
    ) {
        self.edit = edit
        self.startsAt = startsAt
        self.reach = reach
        self.coHosts = coHosts
    }
}

extension LiveSessions {
    /// Moves and edits a show and chooses its co-hosts: all of it, or nothing where one of these is refused.
    /// - Throws: `.notFound`, `.notAllowed`; `.noHost` where a new co-host is no active member; what `move`, `edit` and
    ///   `addCoHost` throw.
    public func revise(
        _ id: LiveSessionID,
        _ revision: ShowRevision,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> LiveSession {
        guard member.isActive else { throw .refused(.notAMember) }
        let known = try await session(id, for: member)
        guard known.mayManage(member) else { throw .refused(.notAllowed) }
        for person in Set(revision.coHosts ?? []).subtracting(known.coHosts) {
            guard try await directory.find(.id(person))?.isActive == true else { throw .refused(.noHost) }
        }
        let (pen, zone) = (pen(of: member), try await zone())
        return try await alter(id, cause: cause) { (session, now) throws(Refusal) in
            guard session.mayManage(member) else { throw .notAllowed }
            return try session.take(revision, in: zone, now: now, pen)
        }
    }
}

extension LiveSession {
    /// - Returns: What is to be written down: an entry for each thing that has become different.
    fileprivate mutating func take(
        _ revision: ShowRevision,
        in zone: TimeZone,
        now: Date,
        _ pen: AuditPen
    ) throws(Refusal) -> [AuditEntry] {
        var entries: [AuditEntry] = []
        if let start = revision.startsAt.map(Timestamp.rounded) {
            let before = startsAt
            try move(to: start, revision.reach, in: zone, now: now)
            let times: [AuditDetail: String] = [.from: before.formatted(.iso8601), .to: start.formatted(.iso8601)]
            if start != before { entries.append(pen.entry(.showMoved, of: .show(id), times)) }
        }
        let before = self
        try take(revision.edit, in: zone)
        if self != before { entries.append(pen.entry(.showEdited, of: .show(id))) }
        return entries + (try take(coHosts: revision.coHosts ?? coHosts, pen))
    }

    private mutating func take(coHosts chosen: [MemberID], _ pen: AuditPen) throws(Refusal) -> [AuditEntry] {
        var people: [MemberID] = []
        for person in chosen where person != host && !people.contains(person) { people.append(person) }
        guard people != coHosts else { return [] }
        try checkOpen()
        guard people.count <= Self.coHostLimit else { throw .tooManyCoHosts }
        let added = people.filter { !coHosts.contains($0) }
        let removed = coHosts.filter { !people.contains($0) }
        coHosts = people
        return added.map { pen.entry(.coHostAdded, of: .show(id), [.to: $0.rawValue]) }
            + removed.map { pen.entry(.coHostRemoved, of: .show(id), [.from: $0.rawValue]) }
    }
}

extension LiveSession {
    /// Takes over other words, another length, other rules.
    /// - Throws: `.showOver`, `.showCancelled`; what `ShowPlan` checks.
    mutating func take(_ edit: ShowEdit, in zone: TimeZone) throws(Refusal) {
        try checkOpen()
        if let title = edit.title { self.title = try ShowPlan.checked(title: title) }
        if let summary = edit.summary { self.summary = try ShowPlan.checked(summary: summary) }
        if let duration = edit.plannedDuration { plannedDuration = try ShowPlan.checked(duration: duration) }
        if let policy = edit.handPolicy { handPolicy = try policy.checked() }
        if let repeats = edit.repeatsWeekly, repeats != repeatsWeekly {
            weekly = repeats ? WeeklyRepeat(slot: WallTime(startsAt, in: zone)) : nil
        }
    }
}
