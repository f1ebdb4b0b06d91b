import Foundation

/// The club's shows: hosts plan and run them, members answer.
///
/// Active members see all of them. Hosts plan shows and run their own, admins run every one, co-hosts begin and end the
/// ones to which they were added. What has to be done by itself (alerts, reminders, the episode, next week's show)
/// stands in each show and is carried out by `ShowWatch`.
public struct LiveSessions: Sendable {
    /// Told when a show was changed, so that what is due is done at once.
    public let changed = Wakeup()

    let store: any ClubStore
    let directory: MemberDirectory
    let clock: any ClubClock
    let ids: IDSource

    public init(store: any ClubStore, directory: MemberDirectory, clock: any ClubClock, ids: IDSource) {
        self.store = store
        self.directory = directory
        self.clock = clock
        self.ids = ids
    }

    /// This moment, for what is shown.
    public var now: Date { clock.now }

    // MARK: Looking up

    /// A show for the program's own use.
    public func find(_ id: LiveSessionID) async throws(ChangeFailure) -> LiveSession? {
        try await reading { () throws(StoreError) in try await store.liveSessions.find(.id(id)) }
    }

    /// A show as a member may see it.
    /// - Throws: `.notAMember`; `.notFound` where there is none.
    public func session(_ id: LiveSessionID, for member: Member) async throws(ChangeFailure) -> LiveSession {
        guard member.isActive else { throw .refused(.notAMember) }
        guard let session = try await find(id) else { throw .refused(.notFound) }
        return session
    }

    /// A part of a list of shows.
    public func list(
        _ listing: LiveSessionListing,
        from start: PageStart,
        limit: Int
    ) async throws(ChangeFailure) -> Page<LiveSession> {
        try await reading { () throws(StoreError) in
            try await store.liveSessions.list(listing, from: start, limit: limit)
        }
    }

    /// How many shows a list holds.
    public func count(_ listing: LiveSessionListing) async throws(ChangeFailure) -> Int {
        try await reading { () throws(StoreError) in try await store.liveSessions.count(listing) }
    }

    /// The shows that a member may begin or end, those that are live and those to come, by their beginnings.
    public func runnable(by member: Member) async throws(ChangeFailure) -> [LiveSession] {
        try await ahead { $0.mayRun(member) }
    }

    /// The zone of the club's dates.
    public func zone() async throws(ChangeFailure) -> TimeZone { try await settings().zone }

    // MARK: Planning

    /// Plans a show. It is announced in the channel at once.
    ///
    /// A cause makes one show, however often it is asked for.
    /// - Throws: `.notAllowed` where `planner` is no host; what `ShowPlan` checks; `.noHost` where the host is no active
    ///   host; `.tooManyShows` where the host has `LiveSession.aheadLimit` ahead.
    public func schedule(
        _ plan: ShowPlan,
        by planner: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> LiveSession {
        guard planner.isActive, planner.role >= .host else { throw .refused(.notAllowed) }
        let origin = "made:\(cause)"
        if let made = try await find(origin) { return made }
        let host = try await host(of: plan, by: planner)
        guard try await ahead(where: { $0.host == host.id }).count < LiveSession.aheadLimit else {
            throw .refused(.tooManyShows)
        }
        let club = try await settings()
        let (id, now) = (ids.next(LiveSessionID.self), clock.now)
        let entry = pen(of: planner).entry(.showScheduled, of: .show(id), [.to: plan.startsAt.formatted(.iso8601)])
        let change = try await store.liveSessions.change(.origin(origin), cause: cause) { (known) throws(Refusal) in
            if let known { return Change(known) }
            var session = try plan.session(
                id,
                origin: origin,
                host: host.id,
                by: planner.id,
                hands: club.handPolicy,
                in: club.zone,
                now: now
            )
            let post = session.announce(in: club.showsChannel, now: now)
            return Change(session, outbox: post, audit: [entry])
        }
        changed.notify()
        return change.state
    }

    /// Gives a show other words, another length, other rules. What is over stays as it was.
    /// - Throws: `.notFound`, `.notAllowed`; `.showOver`, `.showCancelled`; what `ShowPlan` checks.
    public func edit(
        _ id: LiveSessionID,
        _ edit: ShowEdit,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> LiveSession {
        let zone = try await zone()
        return try await change(id, by: member, cause: cause, as: .showEdited) { (session, now) throws(Refusal) in
            try session.take(edit, in: zone)
            return [:]
        }
    }

    /// Lets a show begin at another time; who comes or asked to be reminded is told.
    /// - Throws: `.notFound`, `.notAllowed`; `.showHasBegun`, `.showOver`, `.showCancelled`; `.timeInThePast`,
    ///   `.timeTooFar`; `.nothingToRepeat` for the series of a show that comes once.
    public func move(
        _ id: LiveSessionID,
        to start: Date,
        _ reach: ShowReach = .occurrence,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> LiveSession {
        let (start, zone) = (Timestamp.rounded(start), try await zone())
        return try await change(id, by: member, cause: cause, as: .showMoved) { (session, now) throws(Refusal) in
            let before = session.startsAt
            try session.move(to: start, reach, in: zone, now: now)
            return [.from: before.formatted(.iso8601), .to: start.formatted(.iso8601)]
        }
    }

    /// Cancels a show; who comes or asked to be reminded is told. Of a weekly one the next is planned, unless the
    /// series is cancelled.
    /// - Throws: `.notFound`, `.notAllowed`; `.showHasBegun`, `.showOver`, `.showCancelled`.
    public func cancel(
        _ id: LiveSessionID,
        _ reach: ShowReach = .occurrence,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> LiveSession {
        try await change(id, by: member, cause: cause, as: .showCancelled) { (session, now) throws(Refusal) in
            try session.cancel(reach, now: now)
            return [.to: reach.rawValue]
        }
    }
}
