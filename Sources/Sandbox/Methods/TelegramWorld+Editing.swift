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

    private mutating func edit(
        _ call: BotCall,
        _ change: (Message) throws(CallFailure) -> Message.Body
    ) throws(CallFailure) -> JSON {
        guard call.arguments.string("inline_message_id").isEmpty else { throw .badRequest("MESSAGE_ID_INVALID") }
        let keyboard = try Keyboard.parse(call.arguments.string("reply_markup"))
        let key = try readableChat(call)
        if call.arguments.integer("message_id") == 0 { throw .badRequest("message identifier is not specified") }
        var message = try message(call, in: key, toDo: "edit")
        guard mayEdit(message, call.bot) else { throw .badRequest("message can't be edited") }
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
        return json(of: message, for: call.bot)
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
        if case .room = key, message.sender != .bot(call.bot),
            chats[key]?.memberships[call.bot]?.allows(.deleteMessages) != true
        {
            throw .badRequest("message can't be deleted")
        }
        guard call.now.timeIntervalSince1970 - Double(message.date) < TelegramWorld.deletionWindow else {
            throw .badRequest("message can't be deleted for everyone")
        }
        remove(message)
        return true
    }
}
