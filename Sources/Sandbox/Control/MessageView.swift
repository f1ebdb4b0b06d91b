import Foundation

/// What a person sees: the Bot API's objects and what only people know.
extension TelegramWorld {
    /// A message as the control API shows it.
    ///
    /// `message` is the Bot API's `Message` as the chat's bot sees it; beside it stand `chat`, `sequence` of its last
    /// change, `sender` (who wrote it, also where bots are not told; a channel's copied post has the channel), `file_url`, `reply_keyboard`, `reactions` and the
    /// flags `is_silent` and `is_pinned`.
    func view(_ message: Message) -> JSON {
        let sender =
            switch message.sender {
            case .person(let id), .bot(let id): userJSON(id)
            case .channel(let id): chatJSON(.room(id))
            }
        let reactions = message.reactions.sorted { $0.key < $1.key }.flatMap(\.value)
        return .fields([
            "chat": .int(personalID(of: message.chat)),
            "sequence": .int(message.sequence),
            "message": json(of: message, for: showingBot(message.chat)),
            "sender": sender,
            "file_url": message.file.flatMap { files[$0] }.map { .string("/sandbox/files/\(FileID.unique($0))") },
            "reply_keyboard": message.replyKeyboard,
            "reactions": .list(reactions),
            "is_silent": .flag(message.isSilent),
            "is_pinned": .flag(chats[message.chat]?.pinned.contains(message.id) == true),
        ])
    }

    /// How people name a chat: a private one by the bot.
    func personalID(of key: ChatKey) -> Int64 {
        switch key {
        case .direct(let bot, _): bot
        case .room(let id): id
        }
    }

    /// The bot through whose eyes a chat is shown: it decides the file ids.
    private func showingBot(_ key: ChatKey) -> Int64 {
        switch key {
        case .direct(let bot, _): bot
        case .room: chats[key]?.memberships.keys.filter { bots[$0] != nil }.min() ?? 0
        }
    }

    /// The chats that a person has: private ones with every bot, and the rooms that they are in.
    func chats(of person: Int64) -> [ChatKey] {
        let rooms = chats.values.filter { chat in
            chat.kind != .direct && chat.migratedTo == nil && chat.memberships[person]?.isPresent == true
        }
        return rooms.map(\.key).sorted { $0.wireID > $1.wireID }
            + bots.keys.sorted().map { .direct(bot: $0, person: person) }
    }

    /// A chat as a person sees it in their list.
    func view(_ key: ChatKey, person: Int64, at now: Double) -> JSON {
        let chat = chats[key]
        let action = actions[key].flatMap { $0.until.timeIntervalSince1970 > now ? $0 : nil }
        let membership = chat?.memberships[person]
        let head = JSON.fields([
            "id": .int(personalID(of: key)),
            "kind": .string(chat?.kind.rawValue ?? "private"),
            "can_write": .bool(mayWrite(person, chat, key)),
            "last_message": chat?.messages.last.map(view),
            "action": action.map { action in
                let left = action.until.timeIntervalSince1970 - now
                return .fields([
                    "bot": .int(action.bot), "name": .string(action.name), "seconds": .int(Int(left.rounded(.up))),
                ])
            },
        ])
        switch key {
        case .direct(let id, _):
            let bot = bots[id]
            let commands = people[person].map { self.commands(of: id, for: $0) } ?? []
            return head.followed(
                by: .fields([
                    "title": .string(bot?.shownName ?? ""),
                    "username": .text(bot?.username),
                    "is_started": .bool(chat?.isStarted == true),
                    "is_blocked": .bool(chat?.isBlocked == true),
                    "commands": .array(commands),
                    "menu_button": bot?.menuButtons[person] ?? bot?.menuButtons[0],
                    "description": .text(
                        bot?.descriptions[String((people[person]?.languageCode ?? "").prefix(2))]
                            ?? bot?.descriptions[""]
                    ),
                ])
            )
        case .room:
            return head.followed(
                by: .fields([
                    "title": .string(chat?.title ?? ""),
                    "username": .text(chat?.username),
                    "status": .string(membership?.status.rawValue ?? "left"),
                    "commands": .array(chat.map { roomCommands(in: $0, for: person) } ?? []),
                    "member_count": .int(chat?.memberships.values.filter(\.isPresent).count ?? 0),
                ])
            )
        }
    }

    /// The commands of all bots of a group, each addressed to its bot where there are several.
    private func roomCommands(in room: Chat, for person: Int64) -> [JSON] {
        guard let somebody = people[person] else { return [] }
        let present = room.memberships.filter { bots[$0.key] != nil && $0.value.isPresent }.keys.sorted()
        return present.flatMap { bot in
            commands(of: bot, for: somebody, in: room).map { command in
                guard present.count > 1, let name = command["command"]?.string else { return command }
                return .fields([
                    "command": .string("\(name)@\(bots[bot]?.username ?? "")"), "description": command["description"],
                ])
            }
        }
    }

    private func mayWrite(_ person: Int64, _ chat: Chat?, _ key: ChatKey) -> Bool {
        guard case .room = key else { return chat?.isBlocked != true }
        let membership = chat?.memberships[person] ?? .left
        return chat?.kind == .channel ? membership.allows(.postMessages) : membership.isPresent
    }
}
