import Foundation

/// One-time links by which a member comes onto the stage of one show without signing in.
///
/// They are kept as sign-in links are: by a digest, from which the link cannot be had. They sign nobody in.
public struct SpeakLinks: Sendable {
    /// So long after the invitation a link is still good: whoever comes a moment too late comes into the room.
    static let margin: Duration = .seconds(30)

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

    /// Makes a link for a member who is asked onto a show's stage until that moment.
    /// - Returns: Its secret: 26 characters, lower-case letters and digits.
    public func issue(
        for member: MemberID,
        in session: LiveSessionID,
        until end: Date
    ) async throws(ChangeFailure) -> String {
        let secret = ids.secret()
        let link = SignInLink(
            speakingIn: session,
            member: member,
            id: digest(secret, session),
            poll: hasher.digest(of: "speak-poll:\(secret)"),
            expiresAt: end.addingTimeInterval(Self.margin.seconds)
        )
        let cause = Cause(rawValue: "speak:\(link.id)")
        _ = try await store.signInLinks.change(.id(link.id), cause: cause) { Change($0 ?? link) }
        return secret
    }

    /// Whether a link is still good. Looking changes nothing: messengers fetch links to show what is behind them.
    public func isGood(_ secret: String, in session: LiveSessionID) async throws(ChangeFailure) -> Bool {
        let key = SignInLink.Key.id(digest(secret, session))
        let link = try await reading { () throws(StoreError) in try await store.signInLinks.find(key) }
        return link.map { $0.speaks(in: session, at: clock.now) } ?? false
    }

    /// Spends a link.
    /// - Returns: The member for whom it was made.
    /// - Throws: `.speakLinkExpired` where it is unknown, spent, too old or another show's; `.banned`, `.notAMember` by what
    ///   the member is now.
    public func redeem(_ secret: String, in session: LiveSessionID, cause: Cause) async throws(ChangeFailure) -> Member
    {
        let now = clock.now
        let change = try await store.signInLinks.change(.id(digest(secret, session)), cause: cause) {
            (link) throws(Refusal) in
            guard var link, link.speaks(in: session, at: now) else { throw .speakLinkExpired }
            link.isSpent = true
            return Change(link)
        }
        guard let id = change.state.confirmedBy,
            let member = try await reading({ () throws(StoreError) in try await store.members.find(.id(id)) })
        else { throw .refused(.speakLinkExpired) }
        if member.membership == .banned { throw .refused(.banned) }
        guard member.isActive else { throw .refused(.notAMember) }
        return member
    }

    /// The show belongs to the digest, so that a secret is worth nothing in another room, nor as a sign-in link.
    private func digest(_ secret: String, _ session: LiveSessionID) -> SecretDigest {
        hasher.digest(of: "speak:\(session):\(secret)")
    }
}

extension SignInLink {
    fileprivate func speaks(in session: LiveSessionID, at moment: Date) -> Bool {
        room == session && !isSpent && moment < expiresAt
    }
}
