import Foundation

/// What the messenger tells by itself: somebody came into a room, or is gone from it.
extension ClubRooms {
    /// Somebody has come into a chat. Where it is a room through which people are let in, they are a member at once.
    ///
    /// Who is banned from the club stays out. The welcome goes only to those to whom the bot has written before: to
    /// others it may not.
    public func entered(_ person: Person, _ chat: ChatID, cause: Cause) async throws(ChangeFailure) {
        let settings = try await settings()
        guard let (room, _) = settings.openRooms.first(where: { $0.place.chat == chat }) else { return }
        let known = try await directory.find(.telegram(person.telegramID))
        if let known, known.isActive || known.membership == .banned { return }
        let (newID, pen, now) = (ids.next(MemberID.self), directory.pen(of: nil), clock.now)
        _ = try await store.members.change(.telegram(person.telegramID), cause: cause) { known in
            var member = known ?? Member(id: newID, person: person, membership: .left, now: now)
            if known == nil { member.isReachable = false }
            guard !member.isActive, member.membership != .banned else { return Change(member) }
            return member.entered(by: room, pen, cause: cause)
        }
    }

    /// Somebody is gone from a chat. Who was in the club only by that room is no member any more, at once; where
    /// another room is open, after it was asked whether they are there.
    ///
    /// - `isPutOut`: Whether they may not come back. The admins are told then, also of members who stay.
    public func gone(
        _ telegramID: TelegramUserID,
        from chat: ChatID,
        isPutOut: Bool,
        cause: Cause
    ) async throws(ChangeFailure) {
        let settings = try await settings()
        guard let room = settings.room(of: chat) else { return }
        guard let known = try await directory.find(.telegram(telegramID)), known.isActive else { return }
        let isOnly = known.isInByRoom && known.room == room
        if isOnly, settings.openRooms.contains(where: { $0.room != room }) {
            try await askAgain(known.id, cause: cause)
        } else if isOnly {
            try await end(known.id, room: room, cause: cause)
        }
        guard isPutOut else { return }
        try await tellAdmins(.putOutOfRoom(known.id, room), key: "put-out:\(cause)")
    }

    private func askAgain(_ id: MemberID, cause: Cause) async throws(ChangeFailure) {
        let now = clock.now
        _ = try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard var member else { throw .notFound }
            if member.isInByRoom { member.check = RoomCheck(.now, dueAt: now) }
            return Change(member)
        }
        checkWanted.notify()
    }

    /// Ends the membership of somebody who was in the club by a room, and all their sessions; they are told.
    private func end(_ id: MemberID, room: ClubRoom, cause: Cause) async throws(ChangeFailure) {
        let pen = directory.pen(of: nil)
        _ = try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard let member else { throw .notFound }
            guard member.isInByRoom, member.room == room else { return Change(member) }
            return member.ended(room: room, pen, cause: cause)
        }
        try await directory.endSessions(of: id, cause: cause)
    }
}

extension Member {
    /// The person has come in by a room: they are welcomed, where the bot may write to them, and let into another room
    /// where they ask for that.
    func entered(by room: ClubRoom, _ pen: AuditPen, cause: Cause) -> Change<Member> {
        var member = self
        member.enter(by: room, now: pen.now)
        let request = member.takeRoomRequest(isApproved: true, cause: cause)
        let key = "room-entered:\(id):\(Timestamp.milliseconds(pen.now))"
        let welcome = isReachable ? OutboxDraft(key: key, to: member, notice: .joinApproved) : nil
        let entry = pen.entry(.roomEntered, of: .member(id), [.to: room.rawValue])
        let menu = isReachable ? member.menuDrafts(since: self, cause) : []
        return Change(member, outbox: [request, welcome].compactMap { $0 } + menu, audit: [entry])
    }

    /// The person is no member any more because they are in no room; they are told, where the bot may write to them.
    func ended(room: ClubRoom, _ pen: AuditPen, cause: Cause) -> Change<Member> {
        var member = self
        member.leave()
        let key = "room-left:\(id):\(Timestamp.milliseconds(pen.now))"
        let told = isReachable ? OutboxDraft(key: key, to: member, notice: .leftRoom(room)) : nil
        let entry = pen.entry(.roomLeft, of: .member(id), [.from: room.rawValue])
        let menu = isReachable ? member.menuDrafts(since: self, cause) : []
        return Change(member, outbox: [told].compactMap { $0 } + menu, audit: [entry])
    }
}
