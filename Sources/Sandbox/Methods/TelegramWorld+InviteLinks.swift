/// Invite links as bots make them.
extension TelegramWorld {
    mutating func createInviteLink(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try linkedRoom(call)
        var link = InviteLink(address: newLinkAddress(), creator: call.bot)
        try describe(&link, call)
        chats[key]?.inviteLinks.append(link)
        return json(of: link, in: key, for: call.bot)
    }

    mutating func editInviteLink(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try linkedRoom(call)
        let place = try ownLink(call, in: key)
        guard var link = chats[key]?.inviteLinks[place], !link.isRevoked, !link.isPrimary else {
            throw .badRequest("INVITE_HASH_EXPIRED")
        }
        try describe(&link, call)
        chats[key]?.inviteLinks[place] = link
        return json(of: link, in: key, for: call.bot)
    }

    /// Ends a link for good; in the place of a primary one comes another.
    mutating func revokeInviteLink(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try linkedRoom(call)
        let place = try ownLink(call, in: key)
        chats[key]?.inviteLinks[place].isRevoked = true
        guard let link = chats[key]?.inviteLinks[place] else { throw .badRequest("INVITE_HASH_EXPIRED") }
        if link.isPrimary { _ = addPrimaryLink(to: key, call.bot) }
        return json(of: link, in: key, for: call.bot)
    }

    /// Makes a new primary link of the bot; the one before is revoked.
    mutating func exportInviteLink(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try linkedRoom(call)
        for (place, link) in (chats[key]?.inviteLinks ?? []).enumerated()
        where link.isPrimary && link.creator == call.bot {
            chats[key]?.inviteLinks[place].isRevoked = true
        }
        return .string(addPrimaryLink(to: key, call.bot).address)
    }

    /// The Bot API's `ChatInviteLink`.
    func json(of link: InviteLink, in key: ChatKey, for bot: Int64) -> JSON {
        let pending = chats[key]?.requestLinks.values.filter { $0 == link.address }.count ?? 0
        return link.json(creator: userJSON(link.creator), pending: pending, for: bot)
    }

    private mutating func addPrimaryLink(to key: ChatKey, _ bot: Int64) -> InviteLink {
        var link = InviteLink(address: newLinkAddress(), creator: bot)
        link.isPrimary = true
        chats[key]?.inviteLinks.append(link)
        return link
    }

    private func linkedRoom(_ call: BotCall) throws(CallFailure) -> ChatKey {
        let key = try readableChat(call)
        guard case .room = key else { throw .badRequest("can't access the chat") }
        try require(.inviteUsers, key, call.bot, to: "manage chat invite link")
        return key
    }

    private func ownLink(_ call: BotCall, in key: ChatKey) throws(CallFailure) -> Int {
        let address = call.arguments.string("invite_link")
        let place = chats[key]?.inviteLinks.firstIndex { $0.address == address && $0.creator == call.bot }
        guard let place else { throw .badRequest("INVITE_HASH_EXPIRED") }
        return place
    }

    private func describe(_ link: inout InviteLink, _ call: BotCall) throws(CallFailure) {
        let limit = call.arguments.integer("member_limit")
        link.asksFirst = call.arguments.flag("creates_join_request")
        guard !link.asksFirst || limit == 0 else {
            throw .badRequest("member limit can't be specified for links requiring administrator approval")
        }
        guard (0...InviteLink.largestMemberLimit).contains(limit) else { throw .badRequest("USAGE_LIMIT_INVALID") }
        let expires = call.arguments.integer("expire_date")
        guard expires == 0 || expires > call.date else { throw .badRequest("EXPIRE_DATE_INVALID") }
        link.name = String(call.arguments.string("name").prefix(InviteLink.nameLength))
        link.memberLimit = limit > 0 ? limit : nil
        link.expires = expires > 0 ? expires : nil
    }

    private mutating func newLinkAddress() -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
        let name = (0..<16).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }
        return "https://t.me/+" + String(name)
    }
}
