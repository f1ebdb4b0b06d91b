import Foundation

/// What the messenger tells by itself: somebody came into a chat, or is gone from it.
extension ClubChats {
    /// Somebody has come into a chat. Where it is a chat through which people are let in, they are a member at once.
    ///
    /// Who is banned from the club stays out. The welcome goes only to those to whom the bot has written before: to
    /// others it may not.
    public func entered(_ person: Person, _ chat: ChatID, cause: Cause) async throws(ChangeFailure) {
        let settings = try await settings()
        guard let (clubChat, _) = settings.openClubChats.first(where: { $0.place.chat == chat }) else { return }
        let known = try await directory.find(.telegram(person.telegramID))
        if let known, known.isActive || known.membership == .banned { return }
        let (newID, pen, now) = (ids.next(MemberID.self), directory.pen(of: nil), clock.now)
        _ = try await store.members.change(.telegram(person.telegramID), cause: cause) { known in
            var member = known ?? Member(id: newID, person: person, membership: .left, now: now)
            if known == nil { member.isReachable = false }
            guard !member.isActive, member.membership != .banned else { return Change(member) }
            return member.entered(by: clubChat, pen, cause: cause)
        }
    }

    /// Somebody is gone from a chat. Who was in the club only by that chat is no member any more, at once; where
    /// another chat is open, after it was asked whether they are there.
    ///
    /// - `isPutOut`: Whether they may not come back. The admins are told then, also of members who stay.
    public func gone(
        _ telegramID: TelegramUserID,
        from chat: ChatID,
        isPutOut: Bool,
        cause: Cause
    ) async throws(ChangeFailure) {
        let settings = try await settings()
        guard let clubChat = settings.clubChat(of: chat) else { return }
        guard let known = try await directory.find(.telegram(telegramID)), known.isActive else { return }
        let isOnly = known.isInByClubChat && known.clubChat == clubChat
        if isOnly, settings.openClubChats.contains(where: { $0.clubChat != clubChat }) {
            try await askAgain(known.id, cause: cause)
        } else if isOnly {
            try await end(known.id, clubChat: clubChat, cause: cause)
        }
        guard isPutOut else { return }
        try await tellAdmins(.putOutOfClubChat(known.id, clubChat), key: "put-out:\(cause)")
    }

    private func askAgain(_ id: MemberID, cause: Cause) async throws(ChangeFailure) {
        let now = clock.now
        _ = try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard var member else { throw .notFound }
            if member.isInByClubChat { member.check = MembershipCheck(.now, dueAt: now) }
            return Change(member)
        }
        checkWanted.notify()
    }

    /// Ends the membership of somebody who was in the club by a chat, and all their sessions; they are told.
    private func end(_ id: MemberID, clubChat: ClubChat, cause: Cause) async throws(ChangeFailure) {
        let pen = directory.pen(of: nil)
        _ = try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard let member else { throw .notFound }
            guard member.isInByClubChat, member.clubChat == clubChat else { return Change(member) }
            return member.ended(clubChat: clubChat, pen, cause: cause)
        }
        try await directory.endSessions(of: id, cause: cause)
    }
}

extension Member {
    /// The person has come in by a chat: they are welcomed, and let into another chat where they ask for that.
    func entered(by clubChat: ClubChat, _ pen: AuditPen, cause: Cause) -> Change<Member> {
        var member = self
        member.enter(by: clubChat, now: pen.now)
        let request = member.takeClubChatRequest(isApproved: true, cause: cause)
        let key = "chat-entered:\(id):\(Timestamp.milliseconds(pen.now))"
        let welcome = OutboxDraft(key: key, to: member, notice: .joinApproved)
        let entry = pen.entry(.clubChatEntered, of: .member(id), [.to: clubChat.rawValue])
        let menu = isReachable ? member.menuDrafts(since: self, cause) : []
        return Change(member, outbox: [request, welcome].compactMap { $0 } + menu, audit: [entry])
    }

    /// The person is no member any more because they are in no chat; they are told.
    func ended(clubChat: ClubChat, _ pen: AuditPen, cause: Cause) -> Change<Member> {
        var member = self
        member.leave()
        let key = "chat-left:\(id):\(Timestamp.milliseconds(pen.now))"
        let told = OutboxDraft(key: key, to: member, notice: .leftClubChat(clubChat))
        let entry = pen.entry(.clubChatLeft, of: .member(id), [.from: clubChat.rawValue])
        let menu = isReachable ? member.menuDrafts(since: self, cause) : []
        return Change(member, outbox: [told].compactMap { $0 } + menu, audit: [entry])
    }
}
