import Foundation

/// Invites: admins make, list and take them back; strangers come in by them.
public struct Invitations: Sendable {
    /// An invite with what its link carries, which is told only now.
    public struct Made: Sendable {
        public var invite: Invite
        /// 26 characters of a deep link's alphabet (130 random bits).
        public var payload: String
    }

    /// So many invites may run at once.
    public static let limit = 50

    private let store: any ClubStore
    private let directory: MemberDirectory
    private let clock: any ClubClock
    private let ids: IDSource
    private let hasher: SecretHasher

    public init(
        store: any ClubStore,
        directory: MemberDirectory,
        clock: any ClubClock,
        ids: IDSource,
        hasher: SecretHasher
    ) {
        self.store = store
        self.directory = directory
        self.clock = clock
        self.ids = ids
        self.hasher = hasher
    }

    /// Makes an invite for `quota` people that is good for `days` days.
    /// - Throws: `.notAllowed`; `.inviteOutOfRange` beyond `Invite.quotas` and `Invite.days`; `.tooManyInvites`.
    public func make(
        quota: Int,
        days: Int,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Made {
        guard Invite.quotas.contains(quota), Invite.days.contains(days) else { throw .refused(.inviteOutOfRange) }
        guard try await running(for: admin).count < Self.limit else { throw .refused(.tooManyInvites) }
        let payload = ids.secret()
        let invite = Invite(
            id: ids.next(),
            secret: hasher.digest(of: payload),
            createdBy: admin.id,
            quota: quota,
            now: clock.now,
            expiresAt: clock.after(.seconds(days * 24 * 3600))
        )
        let entry = directory.pen(of: admin).entry(.inviteMade, of: .invite(invite.id), [.to: "\(quota)"])
        _ = try await store.invites.change(.id(invite.id), cause: cause) { _ in Change(invite, audit: [entry]) }
        return Made(invite: invite, payload: payload)
    }

    /// Invites that are neither taken back nor too old, the newest first.
    /// - Throws: `.notAllowed`.
    public func running(for admin: Member) async throws(ChangeFailure) -> [Invite] {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        let now = clock.now
        return try await reading { () throws(StoreError) in try await store.invites.running(now: now, limit: Self.limit)
        }
    }

    /// Takes an invite back: from now on it lets nobody in.
    /// - Throws: `.notAllowed`; `.nothingToDecide` where it is no longer good.
    public func revoke(_ id: InviteID, by admin: Member, cause: Cause) async throws(ChangeFailure) {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        let now = clock.now
        let entry = directory.pen(of: admin).entry(.inviteRevoked, of: .invite(id))
        _ = try await store.invites.change(.id(id), cause: cause) { (invite) throws(Refusal) in
            guard var invite, now < invite.endsAt else { throw .nothingToDecide }
            invite.revokedAt = now
            return Change(invite, audit: [entry])
        }
    }

    /// A person comes in by a link; whoever made it is told. An active member stays as they are.
    ///
    /// However many come at once, no more than its quota are let in. After a crash the same person may do it again,
    /// and is counted once.
    /// - Throws: `.inviteEnded`; `.banned`; `.joiningClosed` where the club takes nobody by links at present.
    public func redeem(payload: String, by person: Person, cause: Cause) async throws(ChangeFailure) -> Member {
        let (digest, now) = (hasher.digest(of: payload), clock.now)
        let (known, invite, club) = try await reading { () throws(StoreError) in
            (
                try await store.members.find(.telegram(person.telegramID)),
                try await store.invites.find(.secret(digest)),
                try await store.settings.find(.club) ?? ClubSettings()
            )
        }
        if let known, known.isActive { return known }
        if known?.membership == .banned { throw .refused(.banned) }
        guard club.joining.contains(.invite) else { throw .refused(.joiningClosed) }
        guard let invite, now < invite.endsAt else { throw .refused(.inviteEnded) }
        let arrived = try await directory.arrive(person, cause: Cause(rawValue: "\(cause):arrive"))
        let host = try await directory.find(.id(invite.createdBy))
        let entry = directory.pen(of: arrived).entry(.inviteUsed, of: .invite(invite.id))
        _ = try await store.invites.change(.id(invite.id), cause: cause) { (invite) throws(Refusal) in
            guard var invite else { throw .inviteEnded }
            let isNew = !invite.redeemedBy.contains(arrived.id)
            try invite.redeem(by: arrived.id, now: now)
            return Change(invite, audit: isNew ? [entry] : [])
        }
        return try await directory.welcome(arrived.id, as: person, told: host, cause: cause)
    }
}

extension MemberDirectory {
    /// Makes sure that the club has a document of a person, so that they have an id; what it knows stays as it is.
    fileprivate func arrive(_ person: Person, cause: Cause) async throws(ChangeFailure) -> Member {
        let now = clock.now
        let newID = ids.next(MemberID.self)
        return try await store.members.change(.telegram(person.telegramID), cause: cause) { known in
            Change(known ?? Member(id: newID, person: person, membership: .left, now: now))
        }.state
    }

    /// Lets a person in who was invited. `host`: who is told of it.
    fileprivate func welcome(
        _ id: MemberID,
        as person: Person,
        told host: Member?,
        cause: Cause
    ) async throws(ChangeFailure) -> Member {
        let now = clock.now
        return try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard var member else { throw .notFound }
            if member.membership == .banned { throw .banned }
            guard !member.isActive else { return Change(member) }
            let before = member
            member.introduce(person)
            member.membership = .active
            member.joinedAt = now
            member.forgetClubChat()
            let key = "joined-by-invite:\(id):\(Timestamp.milliseconds(now))"
            let told = host.flatMap { OutboxDraft(key: key, to: $0, notice: .joinedByInvite(id)) }
            let request = member.takeClubChatRequest(isApproved: true, cause: cause)
            return Change(member, outbox: [request, told].compactMap { $0 } + member.menuDrafts(since: before, cause))
        }.state
    }
}
