/// Sending what was composed.
extension TelegramWorld {
    /// The number of the message that is answered, from `reply_parameters` or the older arguments.
    private func replyTarget(_ call: BotCall, in key: ChatKey) throws(CallFailure) -> Int? {
        let parameters = call.arguments.json("reply_parameters")
        if call.arguments.values["reply_parameters"]?.isEmpty == false, parameters?.members == nil {
            throw .badRequest("can't parse reply parameters JSON object")
        }
        let old = call.arguments.integer("reply_to_message_id")
        guard let id = parameters?["message_id"]?.integer.map(Int.init(clamping:)) ?? (old == 0 ? nil : old) else {
            return nil
        }
        if chats[key]?.message(id) != nil { return id }
        let mayGoWithout =
            parameters?["allow_sending_without_reply"]?.boolean ?? call.arguments.flag("allow_sending_without_reply")
        guard mayGoWithout else { throw .badRequest("message to be replied not found") }
        return nil
    }

    /// Sends a message of the calling bot and shows it as the bot sees it.
    mutating func send(
        _ body: Message.Body,
        origin: Message.Origin? = nil,
        _ call: BotCall
    ) throws(CallFailure) -> Message {
        try checkLength(of: body)
        return post(body, origin: origin, to: try place(of: call), call)
    }

    /// Where a call sends something.
    struct Place {
        let chat: ChatKey
        let replyTo: Int?
        let keyboard: Keyboard?
    }

    /// Finds out where a call sends to, and counts it against the flood limits: the last of the checks.
    mutating func place(of call: BotCall) throws(CallFailure) -> Place {
        let keyboard = try Keyboard.parse(call.arguments.string("reply_markup"))
        let key = try writableChat(call)
        let place = Place(chat: key, replyTo: try replyTarget(call, in: key), keyboard: keyboard)
        try admit(call, to: key)
        return place
    }

    /// Writes a message of the calling bot, all checks being done.
    mutating func post(
        _ body: Message.Body,
        origin: Message.Origin? = nil,
        album: String? = nil,
        to place: Place,
        _ call: BotCall
    ) -> Message {
        let key = place.chat
        if chats[key] == nil { chats[key] = Chat(key: key, kind: .direct) }
        var message = Message(
            id: nextMessageID(in: key),
            chat: key,
            date: call.date,
            sender: .bot(call.bot),
            body: body
        )
        switch place.keyboard {
        case .inline(let buttons): message.keyboard = buttons
        case .reply(let markup): message.replyKeyboard = markup
        case nil: break
        }
        if chats[key]?.kind == .channel, chats[key]?.signsPosts == true {
            message.signature = bots[call.bot]?.shownName
        }
        message.replyTo = place.replyTo
        message.origin = origin
        message.album = album
        message.isProtected = call.arguments.flag("protect_content")
        message.isSilent = call.arguments.flag("disable_notification")
        actions[key] = nil
        message = store(message)
        tellOtherBots(of: message, isEdit: false, call)
        copyToDiscussion(message, now: call.now)
        return message
    }

    /// Announces what a bot did in a channel to the other bots that run it; in groups bots do not see each other.
    mutating func tellOtherBots(of message: Message, isEdit: Bool, _ call: BotCall) {
        guard chats[message.chat]?.kind == .channel else { return }
        announce(message, isEdit: isEdit, by: call.bot, now: call.now)
    }

    private mutating func admit(_ call: BotCall, to key: ChatKey) throws(CallFailure) {
        guard settings.limitsFlood else { return }
        var isRoom = false
        if case .room = key { isRoom = true }
        let wait = bots[call.bot]?.flood.admit(
            chat: key.wireID,
            isRoom: isRoom,
            lastWrote: lastWrote[key],
            now: call.now
        )
        if let wait = wait ?? nil { throw .tooManyRequests(retryAfter: wait) }
    }
}
