import Foundation

/// Signs members in on the web, through the bot or by what Telegram attests, and ends their sessions.
public struct SignIn: Sendable {
    /// What a browser needs to be signed in through the bot.
    public struct Started: Sendable {
        /// Goes into the bot's link. 26 characters of a deep link's alphabet.
        public var payload: String
        /// Stays in the browser.
        public var poll: String
        public var number: Int
        public var expiresAt: Date
    }

    /// What the waiting browser gets to know.
    public enum Redemption: Sendable {
        /// Not confirmed yet.
        case waiting
        case signedIn(AuthSession, Member)
    }

    private let store: any ClubStore
    private let clock: any ClubClock
    private let ids: IDSource
    private let hasher: SecretHasher

    public init(store: any ClubStore, clock: any ClubClock, ids: IDSource, hasher: SecretHasher) {
        self.store = store
        self.clock = clock
        self.ids = ids
        self.hasher = hasher
    }

    /// Makes a link for a browser.
    /// `device`: what the browser says that it is; the bot shows it.
    public func start(device: String, cause: Cause) async throws(ChangeFailure) -> Started {
        let started = Started(
            payload: ids.secret(),
            poll: ids.secret(),
            number: ids.comparisonNumber(),
            expiresAt: clock.after(SignInLink.lifetime)
        )
        let link = SignInLink(
            id: hasher.digest(of: started.payload),
            poll: hasher.digest(of: started.poll),
            number: started.number,
            device: device,
            expiresAt: started.expiresAt
        )
        _ = try await store.signInLinks.change(.id(link.id), cause: cause) { _ in Change(link) }
        return started
    }

    /// The link to which `payload` belongs, for the bot to show.
    /// - Throws: `.linkExpired` where it is unknown, spent or too old.
    public func link(payload: String) async throws(ChangeFailure) -> SignInLink {
        let found = try await find(.id(hasher.digest(of: payload)))
        guard let found, found.room == nil, !found.isSpent, clock.now < found.expiresAt else {
            throw .refused(.linkExpired)
        }
        return found
    }

    /// A member confirms or refuses a link in the bot.
    /// - Throws: `.notAMember`; `.linkExpired` where somebody else confirmed it or it is spent or too old.
    public func answer(
        payload: String,
        isConfirmed: Bool,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> SignInLink {
        guard member.isActive else { throw .refused(.notAMember) }
        let now = clock.now
        return try await store.signInLinks.change(.id(hasher.digest(of: payload)), cause: cause) {
            (link) throws(Refusal) in
            guard var link, link.room == nil, !link.isSpent, now < link.expiresAt else { throw .linkExpired }
            guard link.confirmedBy == nil || link.confirmedBy == member.id else { throw .linkExpired }
            if isConfirmed {
                link.confirmedBy = member.id
            } else {
                link.isSpent = true
            }
            return Change(link)
        }.state
    }

    /// The browser asks whether it is signed in by now. The session is handed out once.
    /// - Throws: `.linkExpired` where the secret is unknown, spent or too old; `.notAMember` where the one who
    ///   confirmed has left meanwhile.
    public func redeem(poll: String, cause: Cause) async throws(ChangeFailure) -> Redemption {
        let key = SignInLink.Key.poll(hasher.digest(of: poll))
        let now = clock.now
        let found = try await find(key)
        guard let found, found.room == nil, !found.isSpent, now < found.expiresAt else {
            throw .refused(.linkExpired)
        }
        guard let memberID = found.confirmedBy else { return .waiting }
        _ = try await store.signInLinks.change(key, cause: cause) { (link) throws(Refusal) in
            guard var link, !link.isSpent, now < link.expiresAt else { throw .linkExpired }
            link.isSpent = true
            return Change(link)
        }
        let (session, member) = try await open(for: .id(memberID), way: .link, device: found.device, cause: cause)
        return .signedIn(session, member)
    }

    /// Opens a session for a person whose identity is proven.
    /// - Throws: `.notAMember`, `.banned`.
    public func open(
        for key: Member.Key,
        way: AuthSession.Way,
        device: String,
        cause: Cause
    ) async throws(ChangeFailure) -> (AuthSession, Member) {
        let member = try await reading { () throws(StoreError) in try await store.members.find(key) }
        if member?.membership == .banned { throw .refused(.banned) }
        guard let member, member.isActive else { throw .refused(.notAMember) }
        let session = AuthSession(
            id: AuthSessionID(rawValue: ids.secret()),
            memberID: member.id,
            way: way,
            device: device,
            now: clock.now
        )
        _ = try await store.authSessions.change(.id(session.id), cause: cause) { _ in Change(session) }
        return (session, member)
    }

    /// The member to whom an open session belongs, as they are in the store at this moment.
    /// - Throws: `.notSignedIn` without such a session; `.notAMember`, `.banned` by what the member is now.
    public func member(session id: AuthSessionID) async throws(ChangeFailure) -> (AuthSession, Member) {
        let session = try await reading { () throws(StoreError) in try await store.authSessions.find(.id(id)) }
        guard let session, session.isOpen(at: clock.now) else { throw .refused(.notSignedIn) }
        let member = try await reading { () throws(StoreError) in
            try await store.members.find(.id(session.memberID))
        }
        guard let member else { throw .refused(.notSignedIn) }
        if member.membership == .banned { throw .refused(.banned) }
        guard member.isActive else { throw .refused(.notAMember) }
        return (session, member)
    }

    /// The open sessions of a member, newest first.
    public func sessions(of member: Member) async throws(ChangeFailure) -> [AuthSession] {
        try await reading { () throws(StoreError) in try await store.authSessions.open(of: member.id, now: clock.now) }
    }

    /// Ends one session. Ending it twice is fine.
    public func end(_ id: AuthSessionID, cause: Cause) async throws(ChangeFailure) {
        let now = clock.now
        _ = try await store.authSessions.change(.id(id), cause: cause) { (session) throws(Refusal) in
            guard var session else { throw .notSignedIn }
            session.endedAt = session.endedAt ?? now
            return Change(session)
        }
    }

    /// Ends all sessions of a member, and every pass that was given to them so far.
    public func endAll(of member: Member, cause: Cause) async throws(ChangeFailure) {
        let now = clock.now
        _ = try await store.members.change(.id(member.id), cause: cause) { (member) throws(Refusal) in
            guard var member else { throw .notSignedIn }
            member.signedOutAt = now
            return Change(member)
        }
        for session in try await sessions(of: member) {
            try await end(session.id, cause: cause)
        }
    }

    private func find(_ key: SignInLink.Key) async throws(ChangeFailure) -> SignInLink? {
        try await reading { () throws(StoreError) in try await store.signInLinks.find(key) }
    }
}
