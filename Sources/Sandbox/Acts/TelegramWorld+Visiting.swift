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
        let somebody = try acting(person)
        guard let message = chats[key]?.message(id) else { throw .missing("There is no message \(id) in this chat.") }
        var maker = message.viaBot
        if case .bot(let bot) = message.sender { maker = bot }
        guard let bot = maker, Keyboard.data(in: message.keyboard).contains(data) else {
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
            "message": message.inlineID == nil ? json(of: message, for: bot) : nil,
            "inline_message_id": .text(message.inlineID),
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
}
