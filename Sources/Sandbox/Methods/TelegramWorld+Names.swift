/// How chats and bots are called, and what they look like.
extension TelegramWorld {
    /// Unicode code points. Sources: Bot API, `setChatTitle`, `setChatDescription`, `setMyName`.
    private static let titleLength = 1...128
    private static let descriptionLength = 255
    private static let botNameLength = 64

    /// Gives a group or channel another title, of which everybody there sees a notice.
    mutating func setChatTitle(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try namedRoom(call)
        let title = call.arguments.string("title")
        guard TelegramWorld.titleLength.contains(title.unicodeScalars.count) else {
            throw .badRequest("CHAT_TITLE_EMPTY")
        }
        guard chats[key]?.title != title else { throw .badRequest("CHAT_NOT_MODIFIED") }
        chats[key]?.title = title
        leave(.notice(.fields(["new_chat_title": .string(title)])), by: .bot(call.bot), in: key, now: call.now)
        return true
    }

    mutating func setChatDescription(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try namedRoom(call)
        let text = call.arguments.string("description")
        guard text.unicodeScalars.count <= TelegramWorld.descriptionLength else {
            throw .badRequest("CHAT_ABOUT_TOO_LONG")
        }
        guard chats[key]?.about ?? "" != text else { throw .badRequest("chat description is not modified") }
        chats[key]?.about = text.isEmpty ? nil : text
        _ = nextSequence()
        return true
    }

    mutating func setMyName(_ call: BotCall) throws(CallFailure) -> JSON {
        let name = call.arguments.string("name")
        guard name.unicodeScalars.count <= TelegramWorld.botNameLength else { throw .badRequest("BOT_TITLE_INVALID") }
        let language = try language(call)
        bots[call.bot]?.names[language] = name.isEmpty ? nil : name
        _ = nextSequence()
        return true
    }

    func getMyName(_ call: BotCall) throws(CallFailure) -> JSON {
        let bot = try account(call)
        return .fields(["name": .string(bot.names[try language(call)] ?? bot.shownName)])
    }

    /// Nobody in the sandbox has a picture.
    func getUserProfilePhotos(_ call: BotCall) throws(CallFailure) -> JSON {
        _ = try member(call)
        return .fields(["total_count": 0, "photos": .array([])])
    }

    private func namedRoom(_ call: BotCall) throws(CallFailure) -> ChatKey {
        let key = try readableChat(call)
        guard case .room = key else { throw .badRequest("can't change private chat title") }
        try require(.changeInfo, key, call.bot, to: "change chat title")
        return key
    }
}
