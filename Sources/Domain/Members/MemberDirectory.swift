import Foundation

/// Who belongs to the club: arriving, asking to join, being let in, claiming the club.
public struct MemberDirectory: Sendable {
    /// How long somebody who was declined waits before asking anew.
    public static let pauseAfterDecline: Duration = .seconds(24 * 3600)

    private let store: any ClubStore
    private let clock: any ClubClock
    private let ids: IDSource

    public init(store: any ClubStore, clock: any ClubClock, ids: IDSource) {
        self.store = store
        self.clock = clock
        self.ids = ids
    }

    /// The member whom a person is, or nil for a stranger. Keeps name, username and language as the messenger tells
    /// them now, and knows that the person can be written to again.
    public func recognise(_ person: Person, cause: Cause) async throws(ChangeFailure) -> Member? {
        guard let known = try await find(.telegram(person.telegramID)) else { return nil }
        guard !known.matches(person) else { return known }
        return try await store.members.change(.id(known.id), cause: cause) { (member) throws(Refusal) in
            guard var member else { throw .notFound }
            member.introduce(person)
            return Change(member)
        }.state
    }

    /// - Throws: `.store` only.
    public func find(_ key: Member.Key) async throws(ChangeFailure) -> Member? {
        try await reading { () throws(StoreError) in try await store.members.find(key) }
    }

    /// Active admins and the owner.
    public func admins() async throws(ChangeFailure) -> [Member] {
        try await reading { () throws(StoreError) in try await store.members.active(atLeast: .admin) }
    }

    /// A stranger asks to be let in; the admins are told.
    /// - Throws: `.requestPending`, `.askAgainLater`, `.banned`.
    /// - Returns: The person as the club knows them now; an active member stays as they are.
    public func askToJoin(_ person: Person, cause: Cause) async throws(ChangeFailure) -> Member {
        let admins = try await admins()
        let now = clock.now
        let newID = ids.next(MemberID.self)
        return try await store.members.change(.telegram(person.telegramID), cause: cause) {
            (known) throws(Refusal) in
            var member = known ?? Member(id: newID, person: person, membership: .pending, now: now)
            if known != nil {
                switch member.membership {
                case .active: return Change(member)
                case .banned: throw .banned
                case .pending: throw .requestPending
                case .left:
                    if let decision = member.decision, !decision.isApproved {
                        let again = decision.at.addingTimeInterval(Self.pauseAfterDecline.seconds)
                        guard now >= again else { throw .askAgainLater(again) }
                    }
                }
            }
            member.introduce(person)
            member.membership = .pending
            member.requestedAt = now
            member.decision = nil
            let notices = admins.map { admin in
                OutboxDraft(
                    dedupeKey: "join-request:\(cause):\(admin.id)",
                    chat: admin.telegramID.privateChat,
                    lane: .alerts,
                    body: .notice(.joinRequested(member.id))
                )
            }
            return Change(member, outbox: notices)
        }.state
    }

    /// An admin answers a request to join; the person is told.
    /// - Throws: `.notAllowed` where `admin` is none; `.nothingToDecide` where the request was answered before.
    public func decide(
        _ id: MemberID,
        isApproved: Bool,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Member {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        let now = clock.now
        return try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard var member, member.membership == .pending else { throw .nothingToDecide }
            member.membership = isApproved ? .active : .left
            member.decision = JoinDecision(isApproved: isApproved, by: admin.id, at: now)
            if isApproved { member.joinedAt = now }
            let notice = OutboxDraft(
                dedupeKey: "join-decision:\(cause)",
                chat: member.telegramID.privateChat,
                lane: .alerts,
                body: .notice(isApproved ? .joinApproved : .joinDeclined)
            )
            return Change(member, outbox: [notice])
        }.state
    }

    /// A person becomes the owner of a club that has none.
    ///
    /// The caller has checked that the person may: by the claim code, or because the settings name them.
    /// - Throws: `.alreadyClaimed` where somebody else is the owner.
    public func claim(by person: Person, cause: Cause) async throws(ChangeFailure) -> Member {
        let newID = try await find(.telegram(person.telegramID))?.id ?? ids.next(MemberID.self)
        let club = try await store.settings.change(.club, cause: cause) { (settings) throws(Refusal) in
            var settings = settings ?? ClubSettings()
            guard settings.ownerID == nil || settings.ownerID == newID else { throw .alreadyClaimed }
            settings.ownerID = newID
            return Change(settings)
        }.state
        guard let ownerID = club.ownerID else { throw .refused(.alreadyClaimed) }
        let id = newID == ownerID ? newID : ownerID
        return try await admit(person, role: .owner, id: id, cause: cause)
    }

    /// Whether the club has an owner.
    public func hasOwner() async throws(ChangeFailure) -> Bool {
        try await reading { () throws(StoreError) in try await store.settings.find(.club)?.ownerID != nil }
    }

    /// Makes sure that the person whom the settings name is an owner, also where somebody claimed the club before.
    public func ensureOwner(_ person: Person, cause: Cause) async throws(ChangeFailure) {
        if let known = try await find(.telegram(person.telegramID)), known.role == .owner, known.isActive { return }
        let id = try await find(.telegram(person.telegramID))?.id ?? ids.next(MemberID.self)
        _ = try await admit(person, role: .owner, id: id, cause: cause)
        _ = try await store.settings.change(.club, cause: cause) { settings in
            var settings = settings ?? ClubSettings()
            settings.ownerID = settings.ownerID ?? id
            return Change(settings)
        }
    }

    /// Lets a person in without being asked.
    public func admit(_ person: Person, cause: Cause) async throws(ChangeFailure) -> Member {
        try await admit(person, role: .member, id: ids.next(MemberID.self), cause: cause)
    }

    /// Remembers that the bot cannot write to a person, until they come back.
    public func markUnreachable(_ id: TelegramUserID, cause: Cause) async throws(ChangeFailure) {
        guard let known = try await find(.telegram(id)), known.isReachable else { return }
        _ = try await store.members.change(.id(known.id), cause: cause) { (member) throws(Refusal) in
            guard var member else { throw .notFound }
            member.isReachable = false
            return Change(member)
        }
    }

    private func admit(
        _ person: Person,
        role: Role,
        id: MemberID,
        cause: Cause
    ) async throws(ChangeFailure) -> Member {
        let now = clock.now
        return try await store.members.change(.telegram(person.telegramID), cause: cause) { known in
            var member = known ?? Member(id: id, person: person, role: role, membership: .active, now: now)
            member.introduce(person)
            member.role = max(member.role, role)
            if member.membership != .active {
                member.membership = .active
                member.joinedAt = now
            }
            return Change(member)
        }.state
    }
}

extension Member {
    /// Whether nothing about the person has to be written down.
    fileprivate func matches(_ person: Person) -> Bool {
        name == person.name && username == person.username && language == person.language && isReachable
    }

    fileprivate mutating func introduce(_ person: Person) {
        name = person.name
        username = person.username
        language = person.language
        isReachable = true
    }
}
