/// Reading the parts of a message from a call, and sending it.
extension TelegramWorld {
    /// The text that two arguments and `parse_mode` describe, cleaned.
    func formattedText(
        _ call: BotCall,
        _ argument: String,
        entities entitiesArgument: String
    ) throws(CallFailure) -> FormattedText {
        let text = call.arguments.string(argument)
        guard text.utf8.count <= FormattedText.argumentLength else { throw .badRequest("text is too long") }
        switch call.arguments.string("parse_mode").lowercased() {
        case "", "none":
            let entities = call.arguments.json(entitiesArgument)?.elements?.compactMap(MessageEntity.init(json:)) ?? []
            return known(FormattedText(text: text, entities: entities)).cleaned()
        case "html":
            do throws(HTMLText.Failure) {
                return known(try HTMLText.parse(text)).cleaned()
            } catch {
                throw .badRequest("can't parse entities: \(error.text)")
            }
        default: throw .badRequest("unsupported parse_mode")
        }
    }

    /// A text for a message: neither empty nor too long.
    func messageText(_ call: BotCall) throws(CallFailure) -> FormattedText {
        let text = try formattedText(call, "text", entities: "entities")
        guard !text.text.isEmpty else { throw .badRequest("message text is empty") }
        return text
    }

    /// A caption, which may be empty.
    func caption(_ call: BotCall) throws(CallFailure) -> FormattedText {
        try formattedText(call, "caption", entities: "caption_entities")
    }

    /// Drops mentions of people whom nobody knows.
    private func known(_ text: FormattedText) -> FormattedText {
        var text = text
        text.entities.removeAll { $0.person.map { people[$0] == nil } ?? false }
        return text
    }

    /// Refuses what is longer than Telegram allows.
    func checkLength(of body: Message.Body) throws(CallFailure) {
        switch body {
        case .text(let text, _):
            guard text.length <= FormattedText.messageLength else { throw .badRequest("message is too long") }
        case .media(_, let caption):
            guard caption.length <= FormattedText.captionLength else {
                throw .badRequest("message caption is too long")
            }
        case .pinned, .joined, .left: break
        }
    }

    /// `link_preview_options`, or what the older `disable_web_page_preview` means in its words.
    func linkPreview(_ call: BotCall) throws(CallFailure) -> JSON? {
        if call.arguments.values["link_preview_options"] != nil {
            guard let options = call.arguments.json("link_preview_options"), let members = options.members else {
                throw .badRequest("can't parse link preview options JSON object")
            }
            let names: Set = ["is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"]
            let kept = members.filter { names.contains($0.name) && $0.value != .bool(false) }
            return kept.isEmpty ? nil : .object(kept)
        }
        return call.arguments.flag("disable_web_page_preview") ? .fields(["is_disabled": true]) : nil
    }

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
        let keyboard = try Keyboard.parse(call.arguments.string("reply_markup"))
        let key = try writableChat(call)
        let replyTo = try replyTarget(call, in: key)
        try checkLength(of: body)
        try admit(call, to: key)
        if chats[key] == nil { chats[key] = Chat(key: key, kind: .direct) }
        var message = Message(
            id: nextMessageID(in: key),
            chat: key,
            date: call.date,
            sender: .bot(call.bot),
            body: body
        )
        switch keyboard {
        case .inline(let buttons): message.keyboard = buttons
        case .reply(let markup): message.replyKeyboard = markup
        case nil: break
        }
        if chats[key]?.kind == .channel, chats[key]?.signsPosts == true { message.signature = bots[call.bot]?.name }
        message.replyTo = replyTo
        message.origin = origin
        message.isProtected = call.arguments.flag("protect_content")
        message.isSilent = call.arguments.flag("disable_notification")
        actions[key] = nil
        message = store(message)
        tellOtherBots(of: message, isEdit: false, call)
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
