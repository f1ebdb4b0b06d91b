import Foundation

/// What the messenger has to be asked.
extension ClubChats {
    /// A person at the door says that they are in one of the chats. The answer comes to them by the bot.
    ///
    /// - `wanted`: The episode for which they have come.
    /// - `isQuiet`: Whether the caller asks the messenger by itself.
    /// - Returns: Whether it is being asked now; false where there is no such way in, or they are a member.
    /// - Throws: `.banned`.
    public func ask(
        _ person: Person,
        wanting wanted: PodcastID? = nil,
        cause: Cause,
        isQuiet: Bool = false
    ) async throws(ChangeFailure) -> Bool {
        guard try await !settings().openClubChats.isEmpty else { return false }
        let (newID, now) = (ids.next(MemberID.self), clock.now)
        let member = try await store.members.change(.telegram(person.telegramID), cause: cause) {
            (known) throws(Refusal) in
            var member = known ?? Member(id: newID, person: person, membership: .left, now: now)
            if member.membership == .banned { throw .banned }
            guard !member.isActive else { return Change(member) }
            member.check = MembershipCheck(.now, dueAt: now)
            member.wanted = wanted ?? member.wanted
            return Change(member)
        }.state
        guard !member.isActive else { return false }
        if !isQuiet { checkWanted.notify() }
        return true
    }

    /// Lets a member be checked as soon as the messenger can be asked.
    func hurry(_ member: Member) async throws(ChangeFailure) {
        let now = clock.now
        let cause = Cause(rawValue: "hurry:\(ids.secret())")
        _ = try await store.members.change(.id(member.id), cause: cause) { (known) throws(Refusal) in
            guard var known else { throw .notFound }
            if known.isInByClubChat { known.check = MembershipCheck(.now, dueAt: now) }
            return Change(known)
        }
        checkWanted.notify()
    }

    /// The next person about whom the messenger is to be asked: those first for whom somebody waits.
    public func nextToCheck() async throws(ChangeFailure) -> Member? {
        let now = clock.now
        return try await reading { () throws(StoreError) in
            for urgency in MembershipCheck.Urgency.allCases {
                if let member = try await store.members.toCheck(urgency, now: now, limit: 1).first { return member }
            }
            return nil
        }
    }

    /// The chats to ask for about a person: for a member the one by which they are in first, then those through which
    /// people come in.
    func clubChats(for member: Member, _ settings: ClubSettings) -> [(clubChat: ClubChat, place: ChatPlace)] {
        var clubChats = settings.openClubChats
        if member.isActive, let clubChat = member.clubChat, let place = settings.place(of: clubChat) {
            clubChats.removeAll { $0.clubChat == clubChat }
            clubChats.insert((clubChat, place), at: 0)
        }
        return clubChats
    }

    /// What one person's check came to.
    public enum Verdict: Equatable, Sendable {
        case isIn(ClubChat)
        case isInNone
        /// The messenger does not tell of this chat.
        case untold(ClubChat)
        /// The messenger cannot be asked now. Ask nothing for this long.
        case unavailable(Duration)
    }

    /// Asks for a person, chat after chat, until one is found where they are.
    public func verdict(
        on member: Member,
        _ probe: any MembershipProbe,
        patience: Duration
    ) async throws(ChangeFailure) -> Verdict {
        guard let id = member.telegramID else { return .isInNone }
        let clubChats = clubChats(for: member, try await settings())
        // Where the chat of a member is not known any more, nothing is known against them either.
        if let clubChat = member.clubChat, member.isActive, !clubChats.contains(where: { $0.clubChat == clubChat }) {
            return .isIn(clubChat)
        }
        var untold: ClubChat?
        for (clubChat, place) in clubChats {
            var standing = await probe.standing(of: id, in: place.chat, patience: patience)
            if case .moved(let new) = standing {
                try await moved(from: place.chat, to: new)
                standing = await probe.standing(of: id, in: new, patience: patience)
            }
            switch standing {
            case .present: return .isIn(clubChat)
            case .absent, .removed: continue
            case .unclear, .moved: untold = untold ?? clubChat
            case .unavailable(let pause): return .unavailable(pause)
            }
        }
        return untold.map { .untold($0) } ?? .isInNone
    }

    /// Stores what a check has shown: lets the person in, keeps them, or ends their membership and their sessions.
    ///
    /// - `asked`: As they were when it was asked. Where something has happened to them since, nothing is done.
    /// - `isTold`: Whether somebody at the door is told that they are in no chat.
    /// - Returns: The person as they are now.
    @discardableResult
    public func settle(
        _ asked: Member,
        _ verdict: Verdict,
        isTold: Bool = true
    ) async throws(ChangeFailure) -> Member {
        if case .unavailable = verdict { return asked }
        let (pen, now) = (directory.pen(of: nil), clock.now)
        let cause = Cause(rawValue: "chat-check:\(ids.secret())")
        let member = try await store.members.change(.id(asked.id), cause: cause) { (known) throws(Refusal) in
            guard var member = known else { throw .notFound }
            guard member.check == asked.check, member.membership == asked.membership, member.clubChat == asked.clubChat
            else {
                return Change(member)
            }
            switch verdict {
            case .isIn(let clubChat) where member.isActive:
                member.stay(by: clubChat, now: now)
                return Change(member)
            case .isIn(let clubChat):
                return member.entered(by: clubChat, pen, cause: cause)
            case .isInNone where !member.isActive:
                member.check = nil
                let told = isTold ? OutboxDraft(key: "in-no-chat:\(cause)", to: member, notice: .inNoClubChat) : nil
                return Change(member, outbox: [told].compactMap { $0 })
            case .isInNone:
                if let clubChat = member.clubChat, member.isInByClubChat {
                    return member.ended(clubChat: clubChat, pen, cause: cause)
                }
                // An admin: it matters when they are none any more.
                member.check = .next(after: now)
                return Change(member)
            case .untold:
                member.check = member.check?.postponed(now: now)
                return Change(member)
            case .unavailable:
                return Change(member)
            }
        }.state
        if asked.isActive, !member.isActive { try await directory.endSessions(of: member.id, cause: cause) }
        if case .untold(let clubChat) = verdict { try await cannotSee(clubChat) }
        return member
    }
}
