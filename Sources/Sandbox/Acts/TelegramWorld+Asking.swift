import Foundation

/// Inline mode and reactions, as people use them.
extension TelegramWorld {
    /// Inline queries that are remembered.
    private static let queryCapacity = 1_000

    /// Types something after a bot's name; the bot hears of it as `inline_query`, with the kind of chat where `place` is
    /// given. What it said to the same before, and may be shown again, is the answer at once.
    mutating func ask(
        _ text: String,
        offset: String = "",
        of bot: Int64,
        by person: Int64,
        in place: ChatKey?,
        now: Date
    ) throws(ActRefused) -> InlineQuery {
        guard let somebody = people[person], let account = bots[bot] else {
            throw .missing("There is no such person or bot.")
        }
        guard !account.isInlineOff else { throw .forbidden("The bot has no inline mode.") }
        guard text.unicodeScalars.count <= 256 else { throw .invalid("A query has at most 256 characters.") }
        let id = String(UInt64.random(in: 1_000_000_000...UInt64(Int64.max), using: &random))
        var query = InlineQuery(id: id, bot: bot, person: person, text: text, at: now)
        query.offset = offset
        query.answer = cachedAnswer(to: query, now: now)
        inlineQueries = inlineQueries.filter { now.timeIntervalSince($0.value.at) < 3_600 }
        if inlineQueries.count >= TelegramWorld.queryCapacity,
            let oldest = inlineQueries.values.min(by: { $0.at < $1.at })
        {
            inlineQueries[oldest.id] = nil
        }
        inlineQueries[id] = query
        guard query.answer == nil else { return query }
        var chatType: String?
        if let place, let chat = chats[place] {
            chatType = chat.kind == .direct ? (place.botID == bot ? "sender" : "private") : chat.kind.rawValue
        }
        let object = JSON.fields([
            "id": .string(id),
            "from": somebody.json,
            "chat_type": .text(chatType),
            "query": .string(text),
            "offset": .string(offset),
        ])
        push(.inlineQuery, object, to: bot, date: now, now: now)
        return query
    }

    /// Sends one of the results that a bot offered. The bot hears of it where its feedback is on.
    mutating func choose(
        _ result: String,
        of id: String,
        by person: Int64,
        in key: ChatKey,
        now: Date
    ) throws(ActRefused) -> Message {
        guard let query = inlineQueries[id], query.person == person, let somebody = people[person] else {
            throw .missing("There is no such query.")
        }
        guard let chosen = query.answer?.results.first(where: { $0.id == result }) else {
            throw .missing("There is no such result.")
        }
        guard let body = chosen.body else { throw .invalid("The sandbox does not fetch what lies at an address.") }
        var draft = Draft(content: .body(body))
        draft.viaBot = query.bot
        draft.keyboard = chosen.keyboard
        if chosen.keyboard != nil { draft.inlineID = FileID.name(of: Int64(bitPattern: random.next())) }
        let message = try write(draft, by: person, in: key, now: now)
        if bots[query.bot]?.hasInlineFeedback == true {
            let feedback = JSON.fields([
                "result_id": .string(result),
                "from": somebody.json,
                "inline_message_id": .text(message.inlineID),
                "query": .string(query.text),
            ])
            push(.chosenInlineResult, feedback, to: query.bot, date: now, now: now)
        }
        return message
    }

    /// Sets a person's reaction, or takes it away.
    ///
    /// In a channel bots learn only how many there are, and later; elsewhere who reacted, where they run the chat.
    mutating func react(
        with emoji: String?,
        to id: Int,
        by person: Int64,
        in key: ChatKey,
        now: Date
    ) throws(ActRefused) -> Message {
        guard let somebody = people[person], let chat = chats[key], var message = chat.message(id) else {
            throw .missing("There is no message \(id) in this chat.")
        }
        if case .room = key, chat.memberships[person]?.isPresent != true {
            throw .forbidden("Only its members can react there.")
        }
        let old = message.reactions[person] ?? []
        let new = emoji.map { [JSON.fields(["type": "emoji", "emoji": .string($0)])] } ?? []
        guard old != new else { return message }
        message.reactions[person] = new.isEmpty ? nil : new
        message = update(message)
        guard chat.kind != .channel else {
            noteReaction(to: message, now: now)
            return message
        }
        let change = JSON.fields([
            "chat": chatJSON(key), "message_id": .int(id), "date": .int(Int(now.timeIntervalSince1970)),
            "user": somebody.json, "old_reaction": .array(old), "new_reaction": .array(new),
        ])
        for bot in reactionWatchers(of: key) { push(.messageReaction, change, to: bot, date: now, now: now) }
        return message
    }
}
