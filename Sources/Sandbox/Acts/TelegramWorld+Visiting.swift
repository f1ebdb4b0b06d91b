import Foundation

/// How people meet bots and chats.
extension TelegramWorld {
    /// Makes a private chat writable for its bot: somebody pressed Start or wrote.
    mutating func start(_ key: ChatKey) {
        if chats[key] == nil { chats[key] = Chat(key: key, kind: .direct) }
        chats[key]?.isStarted = true
    }

    /// Blocks or unblocks a bot, of which it hears as `my_chat_member`.
    mutating func setBlocked(_ isBlocked: Bool, person: Int64, bot: Int64, now: Date) throws(ActRefused) {
        guard let somebody = people[person], bots[bot] != nil else { throw .missing("There is no such person or bot.") }
        let key = ChatKey.direct(bot: bot, person: person)
        start(key)
        guard chats[key]?.isBlocked != isBlocked else { return }
        chats[key]?.isBlocked = isBlocked
        _ = nextSequence()
        let before: Membership = isBlocked ? .member : .kicked
        let after: Membership = isBlocked ? .kicked : .member
        let change = JSON.fields([
            "chat": chatJSON(key),
            "from": somebody.json,
            "date": .int(Int(now.timeIntervalSince1970)),
            "old_chat_member": memberJSON(bot, in: key, before),
            "new_chat_member": memberJSON(bot, in: key, after),
        ])
        push(.myChatMember, change, to: bot, date: now, now: now)
    }

    /// Presses a button that has `callback_data`, of which the message's bot hears.
    mutating func press(
        data: String,
        message id: Int,
        in key: ChatKey,
        by person: Int64,
        now: Date
    ) throws(ActRefused) -> ButtonPress {
        guard let somebody = people[person] else { throw .missing("There is no such person.") }
        guard let message = chats[key]?.message(id) else { throw .missing("There is no message \(id) in this chat.") }
        guard case .bot(let bot) = message.sender, Keyboard.data(in: message.keyboard).contains(data) else {
            throw .missing("The message has no such button.")
        }
        forgetOldPresses(now: now)
        let press = ButtonPress(
            id: String(UInt64.random(in: 1_000_000_000...UInt64(Int64.max), using: &random)),
            bot: bot,
            person: person,
            chat: key,
            message: id,
            at: now
        )
        presses[press.id] = press
        lastWrote[key] = now
        let query = JSON.fields([
            "id": .string(press.id),
            "from": somebody.json,
            "message": json(of: message, for: bot),
            "chat_instance": .string(String(key.wireID &* 6_364_136_223_846_793_005 &+ bot)),
            "data": .string(data),
        ])
        push(.callbackQuery, query, to: bot, date: now, now: now)
        return press
    }

    /// Presses stay some minutes, so that the answer can be read; never more than 1,000 of them.
    private mutating func forgetOldPresses(now: Date) {
        presses = presses.filter { now.timeIntervalSince($0.value.at) < 600 }
        if presses.count >= 1_000, let oldest = presses.values.min(by: { $0.at < $1.at }) {
            presses[oldest.id] = nil
        }
    }

    /// Changes how a person or bot stands to a room: joining, leaving, being promoted, banned or let back in.
    mutating func admit(
        _ id: Int64,
        to key: ChatKey,
        as membership: Membership,
        by actor: Int64,
        now: Date
    ) throws(ActRefused) {
        guard userJSON(id) != nil, userJSON(actor) != nil else { throw .missing("There is no such person or bot.") }
        guard case .room = key, let chat = chats[key] else { throw .missing("There is no such group or channel.") }
        let old = chat.memberships[id] ?? .left
        setMembership(id, in: key, membership, by: actor, now: now)
        guard chat.kind != .channel, old.isPresent != membership.isPresent else { return }
        var notice = Message(
            id: nextMessageID(in: key),
            chat: key,
            date: Int(now.timeIntervalSince1970),
            sender: bots[actor] == nil ? .person(actor) : .bot(actor),
            body: membership.isPresent ? .joined(id) : .left(id)
        )
        notice = store(notice)
        announce(notice, isEdit: false, by: bots[actor] == nil ? nil : actor, now: now)
    }

    /// Asks to be let into a room; the bots that may decide hear of it.
    mutating func requestToJoin(_ person: Int64, _ key: ChatKey, bio: String?, now: Date) throws(ActRefused) {
        guard let somebody = people[person] else { throw .missing("There is no such person.") }
        guard case .room = key, let chat = chats[key] else { throw .missing("There is no such group or channel.") }
        switch chat.memberships[person]?.status {
        case .creator, .administrator, .member: throw .invalid("They are in it already.")
        case .kicked: throw .forbidden("They were banned from it.")
        case .left, nil: break
        }
        chats[key]?.joinRequests[person] = now
        _ = nextSequence()
        let request = JSON.fields([
            "chat": chatJSON(key),
            "from": somebody.json,
            "user_chat_id": .int(person),
            "date": .int(Int(now.timeIntervalSince1970)),
            "bio": .text(bio),
        ])
        for (bot, membership) in chat.memberships.sorted(by: { $0.key < $1.key })
        where bots[bot] != nil && membership.allows(.inviteUsers) {
            push(.chatJoinRequest, request, to: bot, date: now, now: now)
        }
    }
}
