import Foundation

/// Who belongs to the club: arriving, asking to join, being let in, claiming the club.
public struct MemberDirectory: Sendable {
    /// How long somebody who was declined waits before asking anew.
    public static let pauseAfterDecline: Duration = .seconds(24 * 3600)

    let store: any ClubStore
    let clock: any ClubClock
    let ids: IDSource
    /// Where it is told who is no member any more; nil in a process without rooms.
    let roomUpdates: RoomUpdates?
    private let claimCode: ClaimCode

    /// `claimCode`: what makes its bearer the owner; without one the club cannot be claimed.
    public init(
        store: any ClubStore,
        clock: any ClubClock,
        ids: IDSource,
        claimCode: ClaimCode = ClaimCode(nil),
        roomUpdates: RoomUpdates? = nil
    ) {
        self.store = store
        self.clock = clock
        self.ids = ids
        self.claimCode = claimCode
        self.roomUpdates = roomUpdates
    }

    /// The member whom a person is, or nil for a stranger. Keeps name, username and language as the messenger tells
    /// them now.
    /// - `isWriting`: Whether the person writes to the bot, and so can be written to again. Who has blocked it may still
    ///     be heard in a group, in inline mode or on the site.
    public func recognise(
        _ person: Person,
        isWriting: Bool = true,
        cause: Cause
    ) async throws(ChangeFailure) -> Member? {
        guard let known = try await find(.telegram(person.telegramID)) else { return nil }
        guard known.forgottenAt == nil, !known.matches(person, isWriting: isWriting) else { return known }
        // A cause of its own: with the given one, what the person asks for would pass for done already.
        let introducing = Cause(rawValue: "\(cause):introduce")
        return try await store.members.change(.id(known.id), cause: introducing) { (member) throws(Refusal) in
            guard let before = member, var member else { throw .notFound }
            let isReachable = member.isReachable
            member.introduce(person)
            if !isWriting { member.isReachable = isReachable }
            return Change(member, outbox: member.menuDrafts(since: before, introducing))
        }.state
    }

    /// - Throws: `.store` only.
    public func find(_ key: Member.Key) async throws(ChangeFailure) -> Member? {
        try await reading { () throws(StoreError) in try await store.members.find(key) }
    }

    /// The members who have these ids, in no order.
    /// - Throws: `.store` only.
    public func find(_ ids: [MemberID]) async throws(ChangeFailure) -> [Member] {
        try await reading { () throws(StoreError) in try await store.members.find(ids: ids) }
    }

    /// Active admins and the owner, as far as they have a conversation with the bot.
    public func admins() async throws(ChangeFailure) -> [Member] {
        try await reading { () throws(StoreError) in try await store.members.active(atLeast: .admin) }
            .filter { $0.privateChat != nil }
    }

    /// A stranger asks to be let in; the admins are told.
    /// `wanted`: the episode for which they have come.
    /// - Throws: `.requestPending`, `.askAgainLater`, `.banned`; `.joiningClosed` where the club takes no requests.
    /// - Returns: The person as the club knows them now; an active member stays as they are.
    public func askToJoin(
        _ person: Person,
        wanting wanted: PodcastID? = nil,
        cause: Cause
    ) async throws(ChangeFailure) -> Member {
        let admins = try await admins()
        let now = clock.now
        let newID = ids.next(MemberID.self)
        let club = try await reading { () throws(StoreError) in try await store.settings.find(.club) ?? ClubSettings() }
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
            guard club.joining.contains(.request) else { throw .joiningClosed }
            member.introduce(person)
            member.membership = .pending
            member.wanted = wanted ?? member.wanted
            member.requestedAt = now
            member.decision = nil
            return Change(member, outbox: admins.compactMap { Self.request(of: member, to: $0) })
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
        let entry = pen(of: admin).entry(isApproved ? .joinApproved : .joinDeclined, of: .member(id))
        return try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard var member, member.membership == .pending else { throw .nothingToDecide }
            member.membership = isApproved ? .active : .left
            member.decision = JoinDecision(isApproved: isApproved, by: admin.id, at: now)
            if isApproved {
                member.joinedAt = now
                member.forgetClubChat()
            }
            let request = member.takeClubChatRequest(isApproved: isApproved, cause: cause)
            // Whoever has asked to be let into a chat may be written to for the first time now.
            var asker = member
            asker.isReachable = true
            let notice = OutboxDraft(
                key: "join-decision:\(cause)",
                to: asker,
                notice: isApproved ? .joinApproved : .joinDeclined
            )
            let menu = member.menuDrafts(since: nil, cause)
            return Change(member, outbox: [request, notice].compactMap { $0 } + menu, audit: [entry])
        }.state
    }

    /// This moment, for what is shown.
    public var now: Date { clock.now }

    /// Who writes down what `actor` does at this moment; nil for whoever runs the machine.
    func pen(of actor: Member?) -> AuditPen {
        AuditPen(ids: ids, now: clock.now, actor: actor?.id)
    }

    /// A person becomes the owner of a club that has none, by its code.
    /// - Throws: `.alreadyClaimed` where the club has an owner; `.wrongClaimCode`.
    public func claim(code: String, by person: Person, cause: Cause) async throws(ChangeFailure) -> Member {
        let known = try await find(.telegram(person.telegramID))
        if known?.membership == .banned { throw .refused(.banned) }
        let id = known?.id ?? ids.next(MemberID.self)
        // The code is checked before the club says whether it has an owner, and not again for a repeat: it is spent.
        let isRight = claimCode.matches(code)
        let entry = AuditPen(ids: ids, now: clock.now, actor: id).entry(.clubClaimed, of: .club)
        let club = try await store.settings.change(.club, cause: cause) { (settings) throws(Refusal) in
            var settings = settings ?? ClubSettings()
            guard settings.ownerID == nil || settings.ownerID == id else { throw .alreadyClaimed }
            guard isRight || settings.ownerID == id else { throw .wrongClaimCode }
            let isFirst = settings.ownerID == nil
            settings.ownerID = id
            return Change(settings, audit: isFirst ? [entry] : [])
        }.state
        let owner = try await admit(person, role: .owner, id: club.ownerID ?? id, cause: cause)
        claimCode.spend()
        try await tellOfRequests(owner)
        return owner
    }

    /// Makes sure that the person whom the settings name is an owner, also where somebody claimed the club before.
    public func ensureOwner(_ person: Person, cause: Cause) async throws(ChangeFailure) {
        if let known = try await find(.telegram(person.telegramID)), known.role == .owner, known.isActive { return }
        let id = try await find(.telegram(person.telegramID))?.id ?? ids.next(MemberID.self)
        let owner = try await admit(person, role: .owner, id: id, cause: cause)
        _ = try await store.settings.change(.club, cause: cause) { settings in
            var settings = settings ?? ClubSettings()
            settings.ownerID = settings.ownerID ?? id
            return Change(settings)
        }
        try await tellOfRequests(owner)
    }

    /// Who asked to join while nobody could let them in is shown to the new owner.
    private func tellOfRequests(_ owner: Member) async throws(ChangeFailure) {
        let now = clock.now
        try await reading { () throws(StoreError) in
            let waiting = try await store.members.pending(limit: 100)
            try await store.outbox.append(waiting.compactMap { Self.request(of: $0, to: owner) }, now: now)
        }
    }

    static func request(of person: Member, to admin: Member) -> OutboxDraft? {
        let time = Timestamp.milliseconds(person.requestedAt ?? person.createdAt)
        let key = "join-request:\(person.id):\(time):\(admin.id)"
        return OutboxDraft(key: key, to: admin, notice: .joinRequested(person.id))
    }

    /// Lets a person in without being asked.
    public func admit(_ person: Person, cause: Cause) async throws(ChangeFailure) -> Member {
        try await admit(person, role: .member, id: ids.next(MemberID.self), cause: cause)
    }

    /// Remembers whether the bot can write to a person.
    public func mark(_ id: TelegramUserID, isReachable: Bool, cause: Cause) async throws(ChangeFailure) {
        guard let known = try await find(.telegram(id)), known.isReachable != isReachable else { return }
        _ = try await store.members.change(.id(known.id), cause: cause) { (member) throws(Refusal) in
            guard var member else { throw .notFound }
            member.isReachable = isReachable
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
            if person.hasName { member.introduce(person) }
            member.role = max(member.role, role)
            if member.membership != .active {
                member.membership = .active
                member.joinedAt = now
                member.forgetClubChat()
            }
            let request = member.takeClubChatRequest(isApproved: true, cause: cause)
            return Change(member, outbox: [request].compactMap { $0 } + member.menuDrafts(since: known, cause))
        }.state
    }
}

extension Member {
    /// Whether nothing about the person has to be written down.
    fileprivate func matches(_ person: Person, isWriting: Bool) -> Bool {
        name == person.name && username == person.username && (isReachable || !isWriting)
            && language == settings.language ?? person.messengerLanguage
    }

    mutating func introduce(_ person: Person) {
        name = person.name
        username = person.username
        language = settings.language ?? person.messengerLanguage
        isReachable = true
    }
}
