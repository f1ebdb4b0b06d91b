import Foundation

/// Coming into rooms and going, and who hears of it.
extension TelegramWorld {
    /// How somebody came into a room.
    enum Way {
        /// They were added, or it is no coming.
        case plain
        /// By a link.
        case link(String)
        /// An administrator approved; the link by which they had asked, if it was one.
        case request(String?)
    }

    /// Changes how somebody stands to a room and tells the bots that run it. In groups everybody sees who came or went.
    ///
    /// A bot hears of itself as `my_chat_member`, of others as `chat_member` where it is an admin.
    mutating func change(
        _ id: Int64,
        in key: ChatKey,
        to new: Membership,
        by actor: Int64,
        way: Way = .plain,
        now: Date
    ) {
        guard let chat = chats[key] else { return }
        let old = standing(of: id, in: key, at: now)
        chats[key]?.memberships[id] = new
        guard old != new else { return }
        if new.isPresent {
            chats[key]?.joinRequests[id] = nil
            chats[key]?.requestLinks[id] = nil
        }
        _ = nextSequence()
        if bots[id] != nil {
            let update = change(of: id, in: key, from: old, to: new, by: actor, way, for: id, now: now)
            push(.myChatMember, update, to: id, date: now, now: now)
        }
        for (bot, membership) in chat.memberships.sorted(by: { $0.key < $1.key })
        where bots[bot] != nil && bot != id && membership.isAdministrator {
            let update = change(of: id, in: key, from: old, to: new, by: actor, way, for: bot, now: now)
            push(.chatMember, update, to: bot, date: now, now: now)
        }
        guard chat.kind != .channel, old.isPresent != new.isPresent else { return }
        var author = actor
        if case .request = way { author = id }
        let sender: Message.Sender = bots[author] == nil ? .person(author) : .bot(author)
        leave(new.isPresent ? .joined(id) : .left(id), by: sender, in: key, now: now)
    }

    /// The Bot API's `ChatMemberUpdated` as one bot sees it.
    private func change(
        of id: Int64,
        in key: ChatKey,
        from old: Membership,
        to new: Membership,
        by actor: Int64,
        _ way: Way,
        for bot: Int64,
        now: Date
    ) -> JSON {
        var address: String?
        var isApproved = false
        switch way {
        case .plain: break
        case .link(let link): address = link
        case .request(let link):
            address = link
            isApproved = true
        }
        let link = chats[key]?.inviteLinks.first { $0.address == address }
        return .fields([
            "chat": chatJSON(key),
            "from": userJSON(actor),
            "date": .int(Int(now.timeIntervalSince1970)),
            "old_chat_member": memberJSON(id, in: key, old),
            "new_chat_member": memberJSON(id, in: key, new),
            "invite_link": link.map { json(of: $0, in: key, for: bot) },
            "via_join_request": .flag(isApproved),
        ])
    }
}
