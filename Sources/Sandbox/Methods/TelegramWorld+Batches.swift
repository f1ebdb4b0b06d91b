/// Methods that take several messages at once.
extension TelegramWorld {
    /// Messages of one call. Source: Bot API, `copyMessages`.
    static let batchCapacity = 100

    /// Sends the contents of several messages anew; those that are not there or cannot be copied are left out.
    mutating func copyMessages(_ call: BotCall) throws(CallFailure) -> JSON {
        try sendAgain(call, toDo: "copy") { message in
            guard call.arguments.flag("remove_caption"), let file = message.file else { return (message.body, nil) }
            return (.media(file: file, caption: .empty), nil)
        }
    }

    /// Sends several messages on with their origins; those that are not there or cannot be forwarded are left out.
    mutating func forwardMessages(_ call: BotCall) throws(CallFailure) -> JSON {
        let world = self
        return try sendAgain(call, toDo: "forward") { message in (message.body, world.origin(of: message)) }
    }

    /// Takes several messages away; those that are not there or cannot be deleted are left out.
    mutating func deleteMessages(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try readableChat(call)
        for id in try messageIDs(call) {
            guard let message = chats[key]?.message(id), refusalToDelete(message, call) == nil else { continue }
            remove(message)
        }
        return true
    }

    private mutating func sendAgain(
        _ call: BotCall,
        toDo purpose: String,
        _ content: (Message) -> (Message.Body, Message.Origin?)
    ) throws(CallFailure) -> JSON {
        let source = try readableChat(call, "from_chat_id")
        let ids = try messageIDs(call)
        guard zip(ids, ids.dropFirst()).allSatisfy(<) else {
            throw .badRequest("message identifiers must be in a strictly increasing order")
        }
        let messages = ids.compactMap { chats[source]?.message($0) }.filter { !$0.isService && !$0.isProtected }
        guard !messages.isEmpty else { throw .badRequest("there are no messages to \(purpose)") }
        let place = try place(of: call)
        var albums: [String: String] = [:]
        var sent: [JSON] = []
        for message in messages {
            if let album = message.album, albums[album] == nil { albums[album] = newAlbumID() }
            let (body, origin) = content(message)
            let album = message.album.flatMap { albums[$0] }
            let copy = post(body, origin: origin, album: album, to: place, call)
            sent.append(.fields(["message_id": .int(copy.id)]))
        }
        return .array(sent)
    }

    private func messageIDs(_ call: BotCall) throws(CallFailure) -> [Int] {
        guard let list = call.arguments.json("message_ids") else {
            throw .badRequest("can't parse message identifiers JSON object")
        }
        guard let values = list.elements else { throw .badRequest("expected an Array of message identifiers") }
        // Telegram takes numbers that stand in quotes, too.
        let ids = values.compactMap { $0.integer ?? $0.string.flatMap { Int64($0) } }.map { Int(clamping: $0) }
        guard ids.count == values.count else { throw .badRequest("invalid message identifier specified") }
        guard !ids.isEmpty else { throw .badRequest("message identifiers are not specified") }
        guard ids.count <= TelegramWorld.batchCapacity else {
            throw .badRequest("too many message identifiers specified")
        }
        return ids
    }
}
