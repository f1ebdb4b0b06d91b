import Foundation

extension MemberDirectory {
    /// Joins a person who came from elsewhere with their Telegram account: from then on they are an active member, and
    /// are told so.
    ///
    /// Where somebody has that account already, because the person asked to join anew, that one leaves, and goes on as
    /// the linked member, who gets name, language and role of both. Each step may be done again: where a crash came
    /// between, calling it once more finishes it. A member who has this very account stays as they are.
    /// - `person`: without a name, where only the number is known.
    /// - `admin`: who asks for it; nil for whoever runs the machine.
    /// - Throws: `.notAllowed` where `admin` is none; `.notFound` without such a member; `.alreadyLinked` where the
    ///   member has another account or goes on as somebody else; `.accountOfAdmin` where the account is that of the
    ///   owner or an admin; `.banned` where either is banned; `.store(.conflict)` where the person came back in this
    ///   moment: then it has to be done again.
    public func link(
        _ id: MemberID,
        to person: Person,
        by admin: Member?,
        cause: Cause
    ) async throws(ChangeFailure) -> Member {
        if let admin, !admin.isAdmin { throw .refused(.notAllowed) }
        guard let member = try await find(.id(id)) else { throw .refused(.notFound) }
        if member.telegramID == person.telegramID { return member }
        try Self.refusing { () throws(Refusal) in try member.checkClaimable() }
        if let known = try await find(.telegram(person.telegramID)) {
            try Self.refusing { () throws(Refusal) in try known.checkReplaceable() }
            try await inherit(from: known, by: id, cause: Cause(rawValue: "\(cause):inherit"))
            try await release(known.id, to: id, by: admin, cause: Cause(rawValue: "\(cause):release"))
        }
        return try await activate(id, as: person, by: admin, cause: cause)
    }

    /// First, so that nothing of the other one is lost with a crash.
    private func inherit(from known: Member, by id: MemberID, cause: Cause) async throws(ChangeFailure) {
        _ = try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard var member else { throw .notFound }
            try member.checkClaimable()
            member.name = known.name
            member.username = known.username
            member.language = known.language
            member.settings = known.settings
            member.isReachable = known.isReachable
            member.role = max(member.role, known.role)
            member.joinedAt = member.joinedAt ?? known.joinedAt
            member.clubChatRequest = known.clubChatRequest
            return Change(member)
        }
    }

    private func release(
        _ id: MemberID,
        to heir: MemberID,
        by admin: Member?,
        cause: Cause
    ) async throws(ChangeFailure) {
        let now = clock.now
        _ = try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard var member else { throw .notFound }
            try member.checkReplaceable()
            if let admin, member.membership == .pending {
                member.decision = JoinDecision(isApproved: true, by: admin.id, at: now)
            }
            member.telegramID = nil
            member.membership = .left
            member.continuesAs = heir
            member.clubChatRequest = nil
            member.forgetClubChat()
            return Change(member)
        }
    }

    private func activate(
        _ id: MemberID,
        as person: Person,
        by admin: Member?,
        cause: Cause
    ) async throws(ChangeFailure) -> Member {
        let now = clock.now
        let entry = pen(of: admin).entry(.memberLinked, of: .member(id))
        return try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard var member else { throw .notFound }
            try member.checkClaimable()
            member.telegramID = person.telegramID
            if person.hasName { member.introduce(person) }
            member.membership = .active
            member.joinedAt = member.joinedAt ?? now
            member.forgetClubChat()
            let request = member.takeClubChatRequest(isApproved: true, cause: cause)
            let welcome = OutboxDraft(key: "linked:\(id):\(person.telegramID)", to: member, notice: .joinApproved)
            return Change(
                member,
                outbox: [request, welcome].compactMap { $0 } + member.menuDrafts(since: nil, cause),
                audit: [entry]
            )
        }.state
    }

    private static func refusing(_ check: () throws(Refusal) -> Void) throws(ChangeFailure) {
        do {
            try check()
        } catch {
            throw .refused(error)
        }
    }
}

extension Member {
    /// Whether an admin may link the person with a Telegram account.
    public var isClaimable: Bool {
        telegramID == nil && continuesAs == nil && forgottenAt == nil && membership != .banned
    }

    fileprivate func checkClaimable() throws(Refusal) {
        if membership == .banned { throw .banned }
        guard isClaimable else { throw .alreadyLinked }
    }

    /// Whether the person may give their account up and go on as another member.
    fileprivate func checkReplaceable() throws(Refusal) {
        if membership == .banned { throw .banned }
        guard role < .admin else { throw .accountOfAdmin }
    }
}
