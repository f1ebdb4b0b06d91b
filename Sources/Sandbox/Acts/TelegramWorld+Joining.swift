import Foundation

/// How people come into rooms: let in by somebody, by a link, or on request.
extension TelegramWorld {
    /// Changes how a person or bot stands to a room: joining, leaving, being promoted, banned or let back in.
    mutating func admit(
        _ id: Int64,
        to key: ChatKey,
        as membership: Membership,
        by actor: Int64,
        now: Date
    ) throws(ActRefused) {
        guard userJSON(id) != nil, userJSON(actor) != nil else { throw .missing("There is no such person or bot.") }
        guard case .room = key, chats[key] != nil else { throw .missing("There is no such group or channel.") }
        change(id, in: key, to: membership, by: actor, now: now)
    }

    /// Follows an invite link: comes in, or asks to be let in where the link wants that.
    ///
    /// - Returns: The room, and whether they are in it now.
    mutating func join(
        _ person: Int64,
        by address: String,
        now: Date
    ) throws(ActRefused) -> (room: ChatKey, isIn: Bool) {
        _ = try acting(person)
        for (key, chat) in chats {
            guard let place = chat.inviteLinks.firstIndex(where: { $0.address == address }) else { continue }
            let link = chat.inviteLinks[place]
            guard link.isGood(at: now) else { throw .forbidden("The link is no longer good.") }
            try requireOutside(person, key, now: now)
            guard !link.asksFirst else {
                try requestToJoin(person, key, bio: nil, link: address, now: now)
                return (key, false)
            }
            chats[key]?.inviteLinks[place].used += 1
            change(person, in: key, to: .member, by: person, way: .link(address), now: now)
            return (key, true)
        }
        throw .missing("There is no such link.")
    }

    /// Asks to be let into a room; the bots that may decide hear of it.
    mutating func requestToJoin(
        _ person: Int64,
        _ key: ChatKey,
        bio: String?,
        link address: String? = nil,
        now: Date
    ) throws(ActRefused) {
        let somebody = try acting(person)
        guard case .room = key, let chat = chats[key] else { throw .missing("There is no such group or channel.") }
        try requireOutside(person, key, now: now)
        chats[key]?.joinRequests[person] = now
        if !chat.askers.contains(person) { chats[key]?.askers.append(person) }
        chats[key]?.requestLinks[person] = address
        _ = nextSequence()
        let link = chat.inviteLinks.first { $0.address == address }
        for (bot, membership) in chat.memberships.sorted(by: { $0.key < $1.key })
        where bots[bot] != nil && membership.allows(.inviteUsers) {
            let request = JSON.fields([
                "chat": chatJSON(key),
                "from": somebody.json,
                "user_chat_id": .int(person),
                "date": .int(Int(now.timeIntervalSince1970)),
                "bio": .text(bio),
                "invite_link": link.map { json(of: $0, in: key, for: bot) },
            ])
            push(.chatJoinRequest, request, to: bot, date: now, now: now)
        }
    }

    private func requireOutside(_ person: Int64, _ key: ChatKey, now: Date) throws(ActRefused) {
        let standing = standing(of: person, in: key, at: now)
        guard !standing.isPresent else { throw .invalid("They are in it already.") }
        guard standing.status != .kicked else { throw .forbidden("They were banned from it.") }
    }
}
