/// Asks, while somebody signs in, whether they are in the club's chats. For rims that have to answer at once.
public struct SignInCheck: Sendable {
    /// How long one question to the messenger may take.
    public static let patience: Duration = .seconds(3)

    private let clubChats: ClubChats
    private let probe: any MembershipProbe

    public init(clubChats: ClubChats, probe: any MembershipProbe) {
        self.clubChats = clubChats
        self.probe = probe
    }

    /// A person whose identity is proven wants to be signed in: lets them in for being in a chat, or finds out that
    /// they are in it no more.
    ///
    /// Where the messenger cannot be asked, a member stays one and is checked soon after; a stranger is checked as
    /// soon as it can be, and hears of it from the bot.
    /// - Throws: `.beingChecked` to a stranger about whom the messenger could not be asked; `.notAMember` to who was one
    ///   until now; `.store`.
    public func attend(_ person: Person, cause: Cause) async throws(ChangeFailure) {
        let known = try await clubChats.directory.find(.telegram(person.telegramID))
        if let known, known.isActive { return try await recheck(known) }
        if known?.membership == .banned { return }
        guard try await clubChats.ask(person, cause: cause, isQuiet: true),
            let asked = try await clubChats.directory.find(.telegram(person.telegramID))
        else { return }
        let verdict = try await clubChats.verdict(on: asked, probe, patience: Self.patience)
        switch verdict {
        case .isIn, .isInNone: try await clubChats.settle(asked, verdict, isTold: false)
        case .untold, .unavailable:
            clubChats.checkWanted.notify()
            throw .refused(.beingChecked)
        }
    }

    /// Finds out whether a member who signs in is one still. Changes nothing for those who are in the club on another
    /// ground.
    /// - Throws: `.notAMember` where they are none any more; all their sessions have ended then.
    public func recheck(_ member: Member) async throws(ChangeFailure) {
        guard member.isInByClubChat else { return }
        let verdict = try await clubChats.verdict(on: member, probe, patience: Self.patience)
        switch verdict {
        case .isIn, .isInNone:
            guard try await clubChats.settle(member, verdict).isActive else { throw .refused(.notAMember) }
        case .untold, .unavailable:
            try await clubChats.hurry(member)
        }
    }
}
