import Foundation

/// People who ask the messenger to be let into a chat.
extension ClubChats {
    /// What becomes of somebody's request to be let into a chat.
    public enum RequestAnswer: Equatable, Sendable {
        /// The chat is none of the club's, or its admins decide in the messenger.
        case notOurs
        /// They are in the club, and let into the chat at once.
        case letIn
        /// They may not come back.
        case turnedAway
        /// The admins have been asked.
        case beingDecided
    }

    /// Somebody asks to be let into a chat.
    ///
    /// Members are let in, who is banned is turned away. A stranger's request goes to the admins as one to join the club,
    /// where the club takes such; their decision is the chat's as well. Where it does not, the request is left to the
    /// chat's own admins.
    public func requested(_ person: Person, _ chat: ChatID, cause: Cause) async throws(ChangeFailure) -> RequestAnswer {
        let settings = try await settings()
        guard settings.clubChat(of: chat) != nil else { return .notOurs }
        let known = try await directory.find(.telegram(person.telegramID))
        switch known?.membership {
        case .active: return .letIn
        case .banned: return .turnedAway
        case .pending, .left, nil: break
        }
        guard settings.joining.contains(.request) else { return .notOurs }
        let admins = try await directory.admins()
        let (newID, now) = (ids.next(MemberID.self), clock.now)
        _ = try await store.members.change(.telegram(person.telegramID), cause: cause) { known in
            var member = known ?? Member(id: newID, person: person, membership: .left, now: now)
            if known == nil { member.isReachable = false }
            guard !member.isActive, member.membership != .banned else { return Change(member) }
            member.clubChatRequest = chat
            // Who waits already is before the admins.
            guard member.membership != .pending else { return Change(member) }
            member.membership = .pending
            member.requestedAt = now
            member.decision = nil
            return Change(member, outbox: admins.compactMap { MemberDirectory.request(of: member, to: $0) })
        }
        return .beingDecided
    }
}

extension Member {
    /// The answer to the person's request to be let into a chat, where there is one; it is answered by that.
    mutating func takeClubChatRequest(isApproved: Bool, cause: Cause) -> OutboxDraft? {
        guard let chat = clubChatRequest, let telegramID else { return nil }
        clubChatRequest = nil
        return OutboxDraft(
            dedupeKey: "chat-request:\(cause)",
            chat: chat,
            lane: .alerts,
            body: .notice(.clubChatRequestAnswered(telegramID, isApproved: isApproved))
        )
    }
}
