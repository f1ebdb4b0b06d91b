import Foundation

/// What members answer to announcements.
extension LiveSessions {
    /// A member says whether they come, and whether they want to be reminded; nil: as they said before.
    /// - Throws: `.notFound`, `.notAMember`; `.showOver`, `.showCancelled`.
    /// - Returns: The show with the count that includes the answer, and the answer.
    public func rsvp(
        _ id: LiveSessionID,
        isComing: Bool? = nil,
        wantsReminders: Bool? = nil,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> (session: LiveSession, rsvp: RSVP) {
        try Self.check(try await session(id, for: member))
        let now = clock.now
        let key = RSVPID(id, member.id)
        let answer = try await store.rsvps.change(.id(key), cause: cause) { known in
            var rsvp = known ?? RSVP(session: id, member: member.id, now: now)
            let before = rsvp
            rsvp.isComing = isComing ?? rsvp.isComing
            rsvp.wantsReminders = wantsReminders ?? rsvp.wantsReminders
            if rsvp != before { rsvp.updatedAt = now }
            return Change(rsvp)
        }.state
        return (try await count(id, cause: Cause(rawValue: "rsvp:\(member.id):\(cause)")), answer)
    }

    /// What a member has answered; nil where they have not.
    public func rsvp(of member: MemberID, for id: LiveSessionID) async throws(ChangeFailure) -> RSVP? {
        try await reading { () throws(StoreError) in try await store.rsvps.find(.id(RSVPID(id, member))) }
    }

    /// A part of a list of answers.
    public func rsvps(
        _ listing: RSVPListing,
        from start: PageStart,
        limit: Int
    ) async throws(ChangeFailure) -> Page<RSVP> {
        try await reading { () throws(StoreError) in try await store.rsvps.list(listing, from: start, limit: limit) }
    }

    /// Takes an answer back, whatever has become of the show.
    func withdraw(_ answer: RSVP, cause: Cause) async throws(ChangeFailure) {
        let now = clock.now
        _ = try await store.rsvps.change(.id(answer.id), cause: cause) { (rsvp) throws(Refusal) in
            guard var rsvp else { throw .notFound }
            (rsvp.isComing, rsvp.wantsReminders, rsvp.updatedAt) = (false, false, now)
            return Change(rsvp)
        }
        guard try await find(answer.session) != nil else { return }
        _ = try await count(answer.session, cause: Cause(rawValue: "withdrawn:\(answer.member):\(cause)"))
    }

    private static func check(_ session: LiveSession) throws(ChangeFailure) {
        do throws(Refusal) {
            try session.checkOpen()
        } catch {
            throw .refused(error)
        }
    }

    /// Numbers a change of the answers and counts them; see `ShowAnswers`.
    func count(_ id: LiveSessionID, cause: Cause) async throws(ChangeFailure) -> LiveSession {
        let now = clock.now
        let numbered = try await store.liveSessions.change(.id(id), cause: cause) { (session) throws(Refusal) in
            guard var session else { throw .notFound }
            session.attendance.change(now: now)
            return Change(session)
        }.state
        let number = numbered.attendance.changes
        let (coming, reminded) = try await reading { () throws(StoreError) in
            (try await store.rsvps.count(.coming(id)), try await store.rsvps.count(.reminded(id)))
        }
        let counting = Cause(rawValue: "\(cause):count:\(number)")
        let counted = try await store.liveSessions.change(.id(id), cause: counting) { (session) throws(Refusal) in
            guard var session else { throw .notFound }
            let before = session.comingCount
            session.attendance.take(coming: coming, reminded: reminded, after: number)
            if session.comingCount != before { session.notice.countsChanged(now: now) }
            return Change(session)
        }.state
        changed.notify()
        return counted
    }
}
