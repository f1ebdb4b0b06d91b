import Foundation

extension MemberDirectory {
    /// An admin decides about a person; the person is told, and it is written down.
    ///
    /// It holds at once: whoever is banned is looked up as such at their next request, and is signed out everywhere.
    /// - Throws: as `Member.check`; `.notFound` without such a person.
    public func decide(
        _ decision: MemberDecision,
        about id: MemberID,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Member {
        let (pen, now) = (pen(of: admin), clock.now)
        let member = try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard let member else { throw .notFound }
            try member.check(decision, by: admin)
            var next = member.after(decision)
            // Who is banned is not let into the club's chats either.
            let request = decision == .ban ? next.takeClubChatRequest(isApproved: false, cause: cause) : nil
            let key = "member-decision:\(decision.rawValue):\(id):\(Timestamp.milliseconds(now))"
            let told = OutboxDraft(key: key, to: next, notice: decision.notice)
            return Change(
                next,
                outbox: [request, told].compactMap { $0 } + next.menuDrafts(since: member, cause),
                audit: [pen.entry(decision.action, of: .member(id), member.details(of: next))]
            )
        }.state
        if decision == .ban { try await endSessions(of: id, cause: cause) }
        return member
    }

    /// Signs a person out everywhere, and takes them out of the rooms. Doing it again does nothing more.
    func endSessions(of id: MemberID, cause: Cause) async throws(ChangeFailure) {
        roomUpdates?.departed(id)
        let now = clock.now
        let open = try await reading { () throws(StoreError) in try await store.authSessions.open(of: id, now: now) }
        for session in open {
            _ = try await store.authSessions.change(.id(session.id), cause: cause) { (session) throws(Refusal) in
                guard var session else { throw .notSignedIn }
                session.endedAt = session.endedAt ?? now
                return Change(session)
            }
        }
    }
}

extension Member {
    /// What the audit says of a change: membership and role, where they differ.
    fileprivate func details(of next: Member) -> [AuditDetail: String] {
        if role != next.role, membership == next.membership {
            return [.from: role.rawValue, .to: next.role.rawValue]
        }
        return [.from: membership.rawValue, .to: next.membership.rawValue]
    }
}
