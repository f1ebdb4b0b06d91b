/// Tags of members in groups.
extension TelegramWorld {
    /// Longest tag, in characters. Source: Bot API, `setChatMemberTag`.
    private static let tagLength = 16

    /// Gives a regular member a tag, or with an empty one takes theirs.
    ///
    /// The right's refusal has the server's form; how it words the others is not documented.
    mutating func setMemberTag(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try readableChat(call)
        let id = try member(call)
        guard case .room = key, chats[key]?.kind != .channel else {
            throw .badRequest("method is available only for groups and supergroups")
        }
        try require(.manageTags, key, call.bot, to: "manage member tags")
        let tag = call.arguments.string("tag")
        guard tag.count <= Self.tagLength else { throw .badRequest("member tag is too long") }
        guard !tag.unicodeScalars.contains(where: \.properties.isEmojiPresentation) else {
            throw .badRequest("member tag must not contain emoji")
        }
        var membership = standing(of: id, in: key, at: call.now)
        guard membership.isPresent else { throw .badRequest("USER_NOT_PARTICIPANT") }
        guard !membership.isAdministrator else { throw .badRequest("user is an administrator of the chat") }
        membership.tag = tag.isEmpty ? nil : tag
        chats[key]?.memberships[id] = membership
        _ = nextSequence()
        return true
    }

    /// The tag that the sender of a message bears now.
    func tag(of sender: Message.Sender, in chat: Chat?) -> String? {
        guard case .person(let id) = sender else { return nil }
        return chat?.memberships[id]?.tag
    }
}
