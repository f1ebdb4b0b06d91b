/// `sendMessage` and the methods that send again what is there already.
extension TelegramWorld {
    mutating func sendMessage(_ call: BotCall) throws(CallFailure) -> JSON {
        let text = try messageText(call)
        let preview = try linkPreview(call)
        return json(of: try send(.text(text, preview: preview), call), for: call.bot)
    }

    /// Sends the content of a message anew; only its number is answered.
    mutating func copyMessage(_ call: BotCall) throws(CallFailure) -> JSON {
        let source = try sourceMessage(call, toDo: "copy")
        guard !source.isService, !source.isProtected else { throw .badRequest("message can't be copied") }
        var body = source.body
        if case .media(let file, _) = body, call.arguments.values["caption"] != nil {
            body = .media(file: file, caption: try caption(call))
        }
        let message = try send(body, call)
        return .fields(["message_id": .int(message.id)])
    }

    /// Sends a message on with its origin.
    mutating func forwardMessage(_ call: BotCall) throws(CallFailure) -> JSON {
        let source = try sourceMessage(call, toDo: "forward")
        guard !source.isService, !source.isProtected else { throw .badRequest("message can't be forwarded") }
        let message = try send(source.body, origin: origin(of: source), call)
        return json(of: message, for: call.bot)
    }

    /// Where a message comes from once it is sent on: the first source stays.
    func origin(of message: Message) -> Message.Origin {
        if let origin = message.origin { return origin }
        if case .room(let id) = message.chat, chats[message.chat]?.kind == .channel {
            return .channel(chat: id, message: message.id, signature: message.signature, date: message.date)
        }
        switch message.sender {
        case .person(let id): return .person(id, date: message.date)
        case .bot(let id): return .bot(id, date: message.date)
        case .channel(let id):
            return .channel(chat: id, message: message.id, signature: message.signature, date: message.date)
        }
    }

    private func sourceMessage(_ call: BotCall, toDo purpose: String) throws(CallFailure) -> Message {
        let from = try readableChat(call, "from_chat_id")
        return try message(call, in: from, toDo: purpose)
    }
}
