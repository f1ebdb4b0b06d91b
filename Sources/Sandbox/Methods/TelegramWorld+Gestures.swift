import Foundation

/// Answers to buttons, chat actions, pins and reactions.
extension TelegramWorld {
    /// How long apps show a chat action. Source: Bot API, `sendChatAction`.
    static let actionDuration: TimeInterval = 5

    private static let actionNames: Set<String> = [
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "record_audio",
        "upload_audio", "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
        "cancel",
    ]

    /// Says something to whoever pressed a button. A second answer is accepted and changes nothing.
    mutating func answerCallbackQuery(_ call: BotCall) throws(CallFailure) -> JSON {
        let id = call.arguments.string("callback_query_id")
        guard let press = presses[id], press.bot == call.bot,
            call.now.timeIntervalSince(press.at) <= ButtonPress.patience
        else {
            throw .badRequest("query is too old and response timeout expired or query ID is invalid")
        }
        let text = call.arguments.string("text")
        guard text.unicodeScalars.count <= 200 else { throw .badRequest("MESSAGE_TOO_LONG") }
        let url = call.arguments.string("url")
        if !url.isEmpty, !isOwnLink(url, bot: call.bot) { throw .badRequest("URL_INVALID") }
        guard press.reply == nil else { return true }
        presses[id]?.reply = ButtonPress.Reply(text: text, isAlert: call.arguments.flag("show_alert"), url: url)
        _ = nextSequence()
        return true
    }

    /// A button may open only a game, which there are none of here, or the bot's own deep link.
    private func isOwnLink(_ url: String, bot: Int64) -> Bool {
        guard let username = bots[bot]?.username.lowercased() else { return false }
        let address = url.lowercased()
        return ["https://t.me/", "http://t.me/", "t.me/"].contains { address.hasPrefix($0 + username + "?start=") }
    }

    mutating func sendChatAction(_ call: BotCall) throws(CallFailure) -> JSON {
        let name = call.arguments.string("action").lowercased()
        guard TelegramWorld.actionNames.contains(name) else {
            throw .badRequest("wrong parameter action in request")
        }
        let key = try writableChat(call, isMessage: false)
        let until = call.now.addingTimeInterval(TelegramWorld.actionDuration)
        actions[key] = name == "cancel" ? nil : ChatAction(bot: call.bot, name: name, until: until)
        _ = nextSequence()
        return true
    }

    mutating func pinChatMessage(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try readableChat(call)
        let message = try message(call, in: key, toDo: "pin")
        try requirePinning(key, call.bot)
        guard !message.isService else { throw .badRequest("message can't be pinned") }
        guard chats[key]?.pinned.last != message.id else { return true }
        chats[key]?.pinned.removeAll { $0 == message.id }
        chats[key]?.pinned.append(message.id)
        var notice = Message(
            id: nextMessageID(in: key),
            chat: key,
            date: call.date,
            sender: .bot(call.bot),
            body: .pinned(message: message.id)
        )
        notice.isSilent = call.arguments.flag("disable_notification")
        notice = store(notice)
        // The notice of a pin comes to the bot that pinned, too: it is Telegram's own message.
        if chats[key]?.kind == .channel {
            push(.channelPost, json(of: notice, for: call.bot), to: call.bot, date: call.now, now: call.now)
        } else {
            push(.message, json(of: notice, for: call.bot), to: call.bot, date: call.now, now: call.now)
        }
        tellOtherBots(of: notice, isEdit: false, call)
        return true
    }

    /// Unpins one message, or the newest pinned one where none is named.
    mutating func unpinChatMessage(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try readableChat(call)
        try requirePinning(key, call.bot)
        let named = call.arguments.integer("message_id")
        guard let id = named == 0 ? chats[key]?.pinned.last : named, chats[key]?.pinned.contains(id) == true else {
            throw .badRequest("message to unpin not found")
        }
        chats[key]?.pinned.removeAll { $0 == id }
        _ = nextSequence()
        return true
    }

    /// Takes every pin of a chat away.
    mutating func unpinAllChatMessages(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try readableChat(call)
        try requirePinning(key, call.bot)
        chats[key]?.pinned = []
        _ = nextSequence()
        return true
    }

    private func requirePinning(_ key: ChatKey, _ bot: Int64) throws(CallFailure) {
        let right: Membership.Right = chats[key]?.kind == .channel ? .editMessages : .pinMessages
        try require(right, key, bot, to: "manage pinned messages in the chat")
    }

    /// Sets the bot's own reaction; an empty list takes it away.
    mutating func setMessageReaction(_ call: BotCall) throws(CallFailure) -> JSON {
        let text = call.arguments.string("reaction")
        var reactions: [JSON] = []
        if !text.isEmpty {
            guard let list = JSON(parsing: text)?.elements else {
                throw .badRequest("can't parse reaction types JSON object")
            }
            reactions = list
        }
        let key = try readableChat(call)
        var message = try message(call, in: key, toDo: "react")
        guard reactions.count <= 1 else { throw .badRequest("REACTIONS_TOO_MANY") }
        for reaction in reactions {
            guard reaction["type"]?.string == "emoji", let emoji = reaction["emoji"]?.string, !emoji.isEmpty else {
                throw .badRequest("REACTION_INVALID")
            }
        }
        message.reactions[call.bot] = reactions.isEmpty ? nil : reactions
        update(message)
        return true
    }
}
