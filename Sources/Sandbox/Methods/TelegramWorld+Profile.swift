/// What a bot says about itself: commands, menu button, descriptions.
extension TelegramWorld {
    mutating func setMyCommands(_ call: BotCall) throws(CallFailure) -> JSON {
        guard let list = call.arguments.json("commands")?.elements else {
            throw .badRequest("can't parse commands JSON object")
        }
        guard list.count <= 100 else { throw .badRequest("BOT_COMMANDS_TOO_MUCH") }
        var commands: [JSON] = []
        for item in list { commands.append(try TelegramWorld.command(item)) }
        let scope = try commandScope(call)
        bots[call.bot]?.commands[scope] = commands.isEmpty ? nil : commands
        _ = nextSequence()
        return true
    }

    private static func command(_ item: JSON) throws(CallFailure) -> JSON {
        guard item.members != nil else { throw .badRequest("can't parse BotCommand: expected an Object") }
        guard let name = item["command"]?.string, let text = item["description"]?.string else {
            throw .badRequest("can't parse BotCommand: Can't find field \"command\"")
        }
        let bare = name.hasPrefix("/") ? String(name.dropFirst()) : name
        guard (1...32).contains(bare.count), bare.allSatisfy({ "abcdefghijklmnopqrstuvwxyz0123456789_".contains($0) })
        else { throw .badRequest("BOT_COMMAND_INVALID") }
        guard (1...256).contains(text.unicodeScalars.count) else {
            throw .badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
        }
        return .fields(["command": .string(bare), "description": .string(text)])
    }

    func getMyCommands(_ call: BotCall) throws(CallFailure) -> JSON {
        .array(try account(call).commands[try commandScope(call)] ?? [])
    }

    mutating func deleteMyCommands(_ call: BotCall) throws(CallFailure) -> JSON {
        let scope = try commandScope(call)
        bots[call.bot]?.commands[scope] = nil
        _ = nextSequence()
        return true
    }

    /// The commands that an app offers somebody in a private chat: of the chat, else of all private chats, else of all;
    /// in their language where there are such.
    func commands(of bot: Int64, for person: Person) -> [JSON] {
        let lists = bots[bot]?.commands ?? [:]
        for audience in ["chat:\(person.id)", "all_private_chats", "default"] {
            for language in [String((person.languageCode ?? "").prefix(2)), ""] {
                if let list = lists[CommandScope(audience: audience, language: language)] { return list }
            }
        }
        return []
    }

    /// The commands that an app offers somebody in a group: of them there, of its admins, of the chat, of all admins, of
    /// all groups, else of all. In channels there are none.
    func commands(of bot: Int64, for person: Person, in room: Chat) -> [JSON] {
        guard room.kind != .channel else { return [] }
        let id = room.key.wireID
        let runs = room.memberships[person.id]?.isAdministrator == true
        let audiences = [
            "chat_member:\(id):\(person.id)", runs ? "chat_administrators:\(id)" : nil, "chat:\(id)",
            runs ? "all_chat_administrators" : nil, "all_group_chats", "default",
        ]
        let lists = bots[bot]?.commands ?? [:]
        for audience in audiences.compactMap({ $0 }) {
            for language in [String((person.languageCode ?? "").prefix(2)), ""] {
                if let list = lists[CommandScope(audience: audience, language: language)] { return list }
            }
        }
        return []
    }

    private func commandScope(_ call: BotCall) throws(CallFailure) -> CommandScope {
        let language = try language(call)
        let text = call.arguments.string("scope")
        guard !text.isEmpty else { return CommandScope(audience: "default", language: language) }
        guard let scope = JSON(parsing: text), scope.members != nil else {
            throw .badRequest("can't parse BotCommandScope JSON object")
        }
        let kind = scope["type"]?.string ?? ""
        let names: Set = ["default", "all_private_chats", "all_group_chats", "all_chat_administrators"]
        if names.contains(kind) { return CommandScope(audience: kind, language: language) }
        guard ["chat", "chat_administrators", "chat_member"].contains(kind), let chat = scope["chat_id"] else {
            throw .badRequest("unsupported type specified")
        }
        let place = chat.string ?? chat.text
        let user = kind == "chat_member" ? ":" + (scope["user_id"]?.text ?? "") : ""
        return CommandScope(audience: "\(kind):\(place)\(user)", language: language)
    }

    /// `language_code`, checked; empty where it is missing.
    func language(_ call: BotCall) throws(CallFailure) -> String {
        let code = call.arguments.string("language_code")
        guard code.isEmpty || (code.count == 2 && code.allSatisfy { $0.isASCII && $0.isLowercase }) else {
            throw .badRequest("LANG_CODE_INVALID")
        }
        return code
    }

    mutating func setChatMenuButton(_ call: BotCall) throws(CallFailure) -> JSON {
        let person = try menuPerson(call)
        let text = call.arguments.string("menu_button")
        var button: JSON? = .fields(["type": "default"])
        if !text.isEmpty {
            guard let value = JSON(parsing: text), let kind = value["type"]?.string,
                ["default", "commands", "web_app"].contains(kind)
            else { throw .badRequest("can't parse MenuButton JSON object") }
            if kind == "web_app", value["text"]?.string == nil || value["web_app"]?["url"]?.string == nil {
                throw .badRequest("can't parse MenuButton JSON object")
            }
            button = value
        }
        if button?["type"]?.string == "default" { button = nil }
        bots[call.bot]?.menuButtons[person] = button
        _ = nextSequence()
        return true
    }

    func getChatMenuButton(_ call: BotCall) throws(CallFailure) -> JSON {
        let buttons = try account(call).menuButtons
        let person = try menuPerson(call)
        return buttons[person] ?? buttons[0] ?? .fields(["type": person == 0 ? "commands" : "default"])
    }

    private func menuPerson(_ call: BotCall) throws(CallFailure) -> Int64 {
        guard !call.arguments.string("chat_id").isEmpty else { return 0 }
        guard case .direct(_, let person) = try chat(call) else { throw .badRequest("chat not found") }
        return person
    }

    mutating func setDescription(_ call: BotCall, short: Bool) throws(CallFailure) -> JSON {
        let text = call.arguments.string(short ? "short_description" : "description")
        guard text.unicodeScalars.count <= (short ? 120 : 512) else {
            throw .badRequest(short ? "BOT_ABOUT_TOO_LONG" : "BOT_DESCRIPTION_TOO_LONG")
        }
        let language = try language(call)
        let value = text.isEmpty ? nil : text
        if short {
            bots[call.bot]?.shortDescriptions[language] = value
        } else {
            bots[call.bot]?.descriptions[language] = value
        }
        _ = nextSequence()
        return true
    }

    func description(_ call: BotCall, short: Bool) throws(CallFailure) -> JSON {
        let bot = try account(call)
        let texts = short ? bot.shortDescriptions : bot.descriptions
        let text = texts[try language(call)] ?? texts[""] ?? ""
        return .fields([short ? "short_description" : "description": .string(text)])
    }
}
