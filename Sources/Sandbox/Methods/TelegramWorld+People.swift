import Foundation

/// Chats and their members.
extension TelegramWorld {
    /// The Bot API's `ChatFullInfo`.
    func getChat(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try readableChat(call)
        let chat = chats[key]
        let pinned = chat?.pinned.last.flatMap { chat?.message($0) }.map {
            json(of: $0, for: call.bot, withReply: false)
        }
        return chatJSON(key).followed(
            by: .fields([
                "description": .text(chat?.about),
                "pinned_message": pinned,
                "linked_chat_id": chat?.linkedChat.map { .int($0) },
                "accepted_gift_types": .fields([
                    "unlimited_gifts": false,
                    "limited_gifts": false,
                    "unique_gifts": false,
                    "premium_subscription": false,
                    "gifts_from_channels": false,
                ]),
                "accent_color_id": .int(abs(key.wireID % 7)),
                "max_reaction_count": 11,
            ])
        )
    }

    /// The Bot API's `ChatMember` of one person or bot.
    func getChatMember(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try readableChat(call)
        let id = try member(call)
        guard case .room = key else { return memberJSON(id, in: key, Membership.member) }
        // Of people whom a bot never met it has no access to their standing either.
        guard bots[id] != nil || knows(id, bot: call.bot) else { throw .badRequest("member not found") }
        return memberJSON(id, in: key, standing(of: id, in: key, at: call.now))
    }

    /// Everybody who runs a group or channel; bots only where asked for, but the calling one always.
    func getChatAdministrators(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try readableChat(call)
        guard case .room = key, let chat = chats[key] else {
            throw .badRequest("there are no administrators in the private chat")
        }
        let shown = chat.memberships.filter { id, membership in
            guard membership.isAdministrator else { return false }
            return people[id] != nil || id == call.bot || call.arguments.flag("return_bots")
        }
        return .array(shown.sorted { $0.key < $1.key }.map { memberJSON($0.key, in: key, $0.value) })
    }

    func getChatMemberCount(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try readableChat(call)
        guard case .room = key else { return 2 }
        return .int(chats[key]?.memberships.values.filter(\.isPresent).count ?? 0)
    }

    /// The Bot API's `ChatMember`.
    func memberJSON(_ id: Int64, in key: ChatKey, _ membership: Membership) -> JSON {
        membership.json(user: userJSON(id) ?? .null, in: chats[key]?.kind ?? .group)
    }

    /// Lets somebody in who asked to join, or not.
    mutating func decideJoinRequest(_ call: BotCall, approve: Bool) throws(CallFailure) -> JSON {
        let key = try readableChat(call)
        let id = try member(call)
        try require(.inviteUsers, key, call.bot, to: "manage chat join requests")
        guard let chat = chats[key] else { throw .badRequest("chat not found") }
        if chat.memberships[id]?.isPresent == true { throw .badRequest("USER_ALREADY_PARTICIPANT") }
        guard chat.joinRequests[id] != nil else { throw .badRequest("HIDE_REQUESTER_MISSING") }
        let link = chats[key]?.requestLinks.removeValue(forKey: id)
        chats[key]?.joinRequests[id] = nil
        if approve {
            change(id, in: key, to: .member, by: call.bot, way: .request(link), now: call.now)
        } else {
            _ = nextSequence()
        }
        return true
    }

    mutating func leaveChat(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try readableChat(call)
        guard case .room = key else { throw .badRequest("chat member status can't be changed in private chats") }
        change(call.bot, in: key, to: .left, by: call.bot, now: call.now)
        return true
    }
}
