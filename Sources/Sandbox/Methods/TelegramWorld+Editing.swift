import Foundation

/// Changing and deleting messages.
extension TelegramWorld {
    /// How long a message can be deleted for everybody. Source: Bot API, `deleteMessage`.
    static let deletionWindow: TimeInterval = 48 * 3_600

    mutating func editMessageText(_ call: BotCall) throws(CallFailure) -> JSON {
        let text = try messageText(call)
        let preview = try linkPreview(call)
        return try edit(call) { message throws(CallFailure) in
            guard case .text = message.body else { throw .badRequest("there is no text in the message to edit") }
            return .text(text, preview: preview)
        }
    }

    mutating func editMessageCaption(_ call: BotCall) throws(CallFailure) -> JSON {
        let caption = try caption(call)
        return try edit(call) { message throws(CallFailure) in
            guard let file = message.file else { throw .badRequest("there is no caption in the message to edit") }
            return .media(file: file, caption: caption)
        }
    }

    mutating func editMessageReplyMarkup(_ call: BotCall) throws(CallFailure) -> JSON {
        try edit(call) { message in message.body }
    }

    /// Puts another file, or a file at all, in the place of a message's content.
    mutating func editMessageMedia(_ call: BotCall) throws(CallFailure) -> JSON {
        guard let item = call.arguments.json("media"), item.members != nil else {
            throw .badRequest("can't parse media JSON object")
        }
        let media = try inputMedia(item, call)
        let file = file(from: media.source, media.kind, media.call)
        let files = files
        do throws(CallFailure) {
            return try edit(call) { message throws(CallFailure) in
                if let old = message.file.flatMap({ files[$0] }), old.kind == .voice || old.kind == .videoNote {
                    throw .badRequest("message can't be edited")
                }
                return .media(file: file, caption: media.caption)
            }
        } catch {
            if case .uploaded = media.source { forgetFile(file) }
            throw error
        }
    }

    private mutating func edit(
        _ call: BotCall,
        _ change: (Message) throws(CallFailure) -> Message.Body
    ) throws(CallFailure) -> JSON {
        let keyboard = try Keyboard.parse(call.arguments.string("reply_markup"))
        var message = try messageToEdit(call)
        let body = try change(message)
        try checkLength(of: body)
        var buttons: JSON?
        if case .inline(let markup) = keyboard { buttons = markup }
        guard body != message.body || buttons != message.keyboard else {
            throw .badRequest(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                    + "current content and reply markup of the message"
            )
        }
        message.body = body
        message.keyboard = buttons
        message.editDate = call.date
        message = update(message)
        tellOtherBots(of: message, isEdit: true, call)
        editInDiscussion(message, now: call.now)
        return message.inlineID == nil ? json(of: message, for: call.bot) : true
    }

    /// The message that a call names, by chat and number or as the inline message that it is.
    private func messageToEdit(_ call: BotCall) throws(CallFailure) -> Message {
        let name = call.arguments.string("inline_message_id")
        guard name.isEmpty else {
            guard let message = inlineMessage(name, of: call.bot) else { throw .badRequest("MESSAGE_ID_INVALID") }
            return message
        }
        let key = try readableChat(call)
        if call.arguments.integer("message_id") == 0 { throw .badRequest("message identifier is not specified") }
        let message = try message(call, in: key, toDo: "edit")
        guard mayEdit(message, call.bot) else { throw .badRequest("message can't be edited") }
        return message
    }

    private func mayEdit(_ message: Message, _ bot: Int64) -> Bool {
        guard !message.isService, message.origin == nil else { return false }
        let membership = chats[message.chat]?.memberships[bot]
        return message.sender == .bot(bot)
            || (chats[message.chat]?.kind == .channel && membership?.allows(.editMessages) == true)
    }

    mutating func deleteMessage(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try readableChat(call)
        let message = try message(call, in: key, toDo: "delete")
        if let refusal = refusalToDelete(message, call) { throw refusal }
        remove(message)
        return true
    }

    /// Why a bot cannot delete a message; nothing when it can.
    func refusalToDelete(_ message: Message, _ call: BotCall) -> CallFailure? {
        if case .room = message.chat, message.sender != .bot(call.bot),
            chats[message.chat]?.memberships[call.bot]?.allows(.deleteMessages) != true
        {
            return .badRequest("message can't be deleted")
        }
        let isRecent = call.now.timeIntervalSince1970 - Double(message.date) < TelegramWorld.deletionWindow
        return isRecent ? nil : .badRequest("message can't be deleted for everyone")
    }
}
