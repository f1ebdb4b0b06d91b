import Foundation

/// Storing messages and telling bots what happened.
extension TelegramWorld {
    /// Gives the next number of a chat. In private chats a bot counts over all of them, in rooms each counts for
    /// itself.
    mutating func nextMessageID(in key: ChatKey) -> Int {
        switch key {
        case .direct(let bot, _):
            bots[bot]?.lastDirectMessageID += 1
            return bots[bot]?.lastDirectMessageID ?? 1
        case .room: return (chats[key]?.lastMessageID ?? 0) + 1
        }
    }

    /// Adds a message to its chat.
    mutating func store(_ message: Message) -> Message {
        var message = message
        message.sequence = nextSequence()
        chats[message.chat]?.append(message)
        return message
    }

    /// Puts a changed message in its place.
    @discardableResult
    mutating func update(_ message: Message) -> Message {
        var message = message
        message.sequence = nextSequence()
        chats[message.chat]?.replace(message)
        return message
    }

    /// Takes messages away.
    mutating func remove(_ message: Message) {
        let sequence = nextSequence()
        chats[message.chat]?.remove(message.id, sequence: sequence)
    }

    /// Tells every bot that may know of a message which was written or changed; not the bot that did it itself.
    mutating func announce(_ message: Message, isEdit: Bool, by actor: Int64? = nil, now: Date) {
        for bot in recipients(of: message) where bot != actor {
            let isPost = chats[message.chat]?.kind == .channel
            let kind: UpdateKind =
                switch (isPost, isEdit) {
                case (true, true): .editedChannelPost
                case (true, false): .channelPost
                case (false, true): .editedMessage
                case (false, false): .message
                }
            let date = Date(timeIntervalSince1970: Double(message.editDate ?? message.date))
            push(kind, json(of: message, for: bot), to: bot, date: date, now: now)
        }
        if !isEdit, actor == nil { lastWrote[message.chat] = now }
    }

    /// Queues an update for a bot that wants its kind.
    mutating func push(_ kind: UpdateKind, _ object: JSON, to bot: Int64, date: Date, now: Date) {
        guard bots[bot]?.wants(kind) == true else { return }
        let content = [JSON.Member(name: kind.rawValue, value: object)]
        bots[bot]?.queue.add(content, date: date, now: now, random: &random)
    }

    /// Queues an arbitrary object as an update, whatever kinds the bot asked for. Its own `update_id` is replaced.
    ///
    /// - Returns: False when the queue is full.
    mutating func pushRaw(_ object: [JSON.Member], to bot: Int64, now: Date) -> Bool {
        let content = object.filter { $0.name != "update_id" }
        return bots[bot]?.queue.add(content, date: now, now: now, random: &random) ?? false
    }

    /// Bots that see a person's message: all admins of a channel; in groups, those that it concerns.
    private func recipients(of message: Message) -> [Int64] {
        switch message.chat {
        case .direct(let bot, _): return [bot]
        case .room:
            guard let chat = chats[message.chat] else { return [] }
            return chat.memberships.filter { id, membership in
                guard let bot = bots[id], membership.isPresent else { return false }
                if chat.kind == .channel || membership.isAdministrator || bot.readsAllGroupMessages { return true }
                return message.isService || concerns(message, bot: bot, in: chat)
            }.keys.sorted()
        }
    }

    private func concerns(_ message: Message, bot: BotAccount, in chat: Chat) -> Bool {
        if let answered = message.replyTo, chat.message(answered)?.sender == .bot(bot.id) { return true }
        guard case .text(let text, _) = message.body else { return false }
        let units = Array(text.text.utf16)
        return text.entities.contains { entity in
            let word = String(decoding: units[entity.offset..<entity.offset + entity.length], as: UTF16.self)
            switch entity.kind {
            case "bot_command":
                let address = word.split(separator: "@")
                return address.count < 2 || address[1].lowercased() == bot.username.lowercased()
            case "mention": return word.dropFirst().lowercased() == bot.username.lowercased()
            default: return false
            }
        }
    }
}
