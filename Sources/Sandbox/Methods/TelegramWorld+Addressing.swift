import Foundation

/// Finding the chat, message or person that a call names, with the errors of doing so.
extension TelegramWorld {
    /// How long somebody who asked to join may be written to without having started the bot.
    static let joinRequestWindow: TimeInterval = 300

    /// The chat that an argument names, if the bot knows it.
    func chat(_ call: BotCall, _ argument: String = "chat_id") throws(CallFailure) -> ChatKey {
        let text = call.arguments.string(argument)
        guard !text.isEmpty else { throw .badRequest("\(argument) is empty") }
        if text.hasPrefix("@") {
            let name = text.dropFirst().lowercased()
            guard let chat = chats.values.first(where: { $0.username?.lowercased() == name && $0.kind != .direct })
            else {
                throw .badRequest("chat not found")
            }
            return chat.key
        }
        guard let id = Int64(text) else { throw .badRequest("chat not found") }
        if id > 0 {
            let key = ChatKey.direct(bot: call.bot, person: id)
            guard people[id] != nil, knows(id, bot: call.bot) else {
                throw .badRequest(hasHeard(of: id, bot: call.bot) ? "private chat not found" : "chat not found")
            }
            return key
        }
        guard let chat = chats[.room(id)], chat.memberships[call.bot] != nil else {
            throw .badRequest("chat not found")
        }
        return chat.key
    }

    /// The chat that `chat_id` names, where the bot may read.
    func readableChat(_ call: BotCall, _ argument: String = "chat_id") throws(CallFailure) -> ChatKey {
        let key = try chat(call, argument)
        try requirePresence(key, call.bot)
        return key
    }

    /// The chat that `chat_id` names, where the bot may write. `isMessage`: whether it writes a message.
    func writableChat(_ call: BotCall, isMessage: Bool = true) throws(CallFailure) -> ChatKey {
        let key = try readableChat(call)
        switch key {
        case .direct(_, let person):
            let chat = chats[key]
            if people[person]?.isDeactivated == true { throw .forbidden("user is deactivated") }
            if chat?.isBlocked == true { throw .forbidden("bot was blocked by the user") }
            guard chat?.isStarted == true || mayAnswerJoinRequest(of: person, bot: call.bot, now: call.now) else {
                // Telegram's own servers say it in this word; the Bot API's puts it into a sentence for messages only.
                guard isMessage else { throw .badRequest("PEER_ID_INVALID") }
                throw .forbidden("bot can't initiate conversation with a user")
            }
        case .room:
            guard let chat = chats[key], chat.kind == .channel else {
                guard chats[key]?.memberships[call.bot]?.speaks == true else {
                    throw .badRequest("not enough rights to send text messages to the chat")
                }
                break
            }
            guard chat.memberships[call.bot]?.allows(.postMessages) == true else {
                throw .badRequest("need administrator rights in the channel chat")
            }
        }
        return key
    }

    /// The message that `message_id` names in a chat.
    func message(_ call: BotCall, in key: ChatKey, toDo purpose: String) throws(CallFailure) -> Message {
        let id = call.arguments.integer("message_id")
        guard let message = chats[key]?.message(id) else { throw .badRequest("message to \(purpose) not found") }
        return message
    }

    /// The person or bot that `user_id` names.
    func member(_ call: BotCall) throws(CallFailure) -> Int64 {
        guard let id = Int64(call.arguments.string("user_id")), id > 0 else {
            throw .badRequest("invalid user_id specified")
        }
        guard people[id] != nil || bots[id] != nil else { throw .badRequest("user not found") }
        return id
    }

    /// Refuses a bot that is not in a group or channel.
    func requirePresence(_ key: ChatKey, _ bot: Int64) throws(CallFailure) {
        guard case .room = key, let chat = chats[key] else { return }
        if let supergroup = chat.migratedTo { throw .migrated(to: supergroup) }
        if chat.isDeleted == true { throw .forbidden("the group chat was deleted") }
        switch chat.memberships[bot]?.status {
        case .creator, .administrator, .member: return
        case .restricted where chat.memberships[bot]?.isPresent == true: return
        case .kicked: throw .forbidden("bot was kicked from the \(chat.kind.rawValue) chat")
        case .left, .restricted, nil: throw .forbidden("bot is not a member of the \(chat.kind.rawValue) chat")
        }
    }

    /// Refuses a bot that lacks a right in a group or channel.
    func require(_ right: Membership.Right, _ key: ChatKey, _ bot: Int64, to purpose: String) throws(CallFailure) {
        guard case .room = key else { return }
        guard chats[key]?.memberships[bot]?.allows(right) == true else {
            throw .badRequest("not enough rights to \(purpose)")
        }
    }

    /// The bot has a private chat with this person, or has met them.
    func knows(_ person: Int64, bot: Int64) -> Bool {
        chats[.direct(bot: bot, person: person)] != nil || hasMet(person, bot: bot)
    }

    /// The bot has got something of this person that somebody forwarded.
    private func hasHeard(of person: Int64, bot: Int64) -> Bool {
        chats.values.contains { chat in
            guard chat.key.botID == bot || chat.memberships[bot]?.isPresent == true else { return false }
            return chat.messages.contains { message in
                if case .person(person, _) = message.origin { true } else { false }
            }
        }
    }

    /// The bot has seen this person in a group or channel.
    private func hasMet(_ person: Int64, bot: Int64) -> Bool {
        chats.values.contains { chat in
            chat.memberships[bot]?.isPresent == true
                && (chat.memberships[person] != nil || chat.joinRequests[person] != nil
                    || chat.askers.contains(person))
        }
    }

    private func mayAnswerJoinRequest(of person: Int64, bot: Int64, now: Date) -> Bool {
        chats.values.contains { chat in
            guard chat.memberships[bot]?.allows(.inviteUsers) == true, let asked = chat.joinRequests[person] else {
                return false
            }
            return now.timeIntervalSince(asked) < TelegramWorld.joinRequestWindow
        }
    }
}
