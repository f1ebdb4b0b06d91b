/// Creating people, bots and rooms.
extension TelegramWorld {
    /// Adds a person, or changes the one with that id.
    mutating func add(_ person: Person) {
        people[person.id] = person
        _ = nextSequence()
    }

    /// Adds a bot; one that is there keeps what it has and takes over the token and the names.
    @discardableResult
    mutating func add(bot id: Int64, token: String, username: String, name: String) -> BotAccount {
        var bot = bots[id] ?? BotAccount(id: id, token: token, username: username, name: name)
        bot.token = token
        bot.username = username
        bot.name = name
        bots[id] = bot
        _ = nextSequence()
        return bot
    }

    /// Adds a bot that comes while the world runs, or gives one that is there a new token and new names.
    /// - Throws: Where the token has no id or a person's, or another bot has the username.
    mutating func admit(_ bot: SandboxConfiguration.Bot) throws(ActRefused) -> BotAccount {
        guard let id = bot.id, people[id] == nil, bot.token.count <= 80 else {
            throw .invalid("token is not one that a bot can have.")
        }
        let name = bot.username.lowercased()
        guard !bots.values.contains(where: { $0.id != id && $0.username.lowercased() == name }) else {
            throw .invalid("Another bot has this username.")
        }
        return add(bot: id, token: bot.token, username: bot.username, name: bot.name)
    }

    /// Adds a group or channel with its members, without telling anybody: as if it had been there always.
    mutating func addRoom(
        _ id: Int64,
        _ kind: Chat.Kind,
        title: String,
        username: String? = nil,
        signsPosts: Bool = false,
        memberships: [Int64: Membership]
    ) throws(ActRefused) {
        guard id < 0, kind != .direct else { throw .invalid("Groups and channels have ids below zero.") }
        guard chats[.room(id)] == nil else { throw .invalid("There is a chat with this id already.") }
        guard memberships.keys.allSatisfy({ userJSON($0) != nil }) else {
            throw .missing("There is no such person or bot.")
        }
        var chat = Chat(key: .room(id), kind: kind)
        chat.title = title
        chat.username = username
        chat.signsPosts = signsPosts
        chat.memberships = memberships
        add(chat)
    }

    /// Adds a chat as it is.
    mutating func add(_ chat: Chat) {
        chats[chat.key] = chat
        _ = nextSequence()
    }

    /// An id that no room has, of the range that Telegram uses for that kind.
    mutating func newRoomID(_ kind: Chat.Kind) -> Int64 {
        while true {
            let number = Int64.random(in: 1_000_000_000...3_999_999_999, using: &random)
            let id = kind == .group ? -number : -1_000_000_000_000 - number
            if chats[.room(id)] == nil { return id }
        }
    }

    /// An id that neither a person nor a bot has.
    mutating func newPersonID() -> Int64 {
        while true {
            let id = Int64.random(in: 100_000_000...7_999_999_999, using: &random)
            if userJSON(id) == nil { return id }
        }
    }
}
