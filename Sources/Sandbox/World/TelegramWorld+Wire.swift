/// How bots see messages, chats and files. The order of members is the server's.
extension TelegramWorld {
    /// The Bot API's `Message` as one bot sees it: file ids differ from bot to bot. The message that it answers is
    /// shown in it, without the one that that answers.
    func json(of message: Message, for bot: Int64, withReply: Bool = true) -> JSON {
        let chat = chats[message.chat]
        let isPost = chat?.kind == .channel
        var speaker: JSON? = isPost ? chatJSON(message.chat) : nil
        if case .channel(let id) = message.sender { speaker = chatJSON(.room(id)) }
        var answered: JSON?
        if withReply, let id = message.replyTo, let target = chat?.message(id) {
            answered = json(of: target, for: bot, withReply: false)
        }
        return JSON.fields([
            "message_id": .int(message.id),
            "from": isPost ? nil : user(message.sender),
            "author_signature": .text(message.signature),
            "sender_chat": speaker,
            "sender_tag": chat?.kind == .supergroup ? .text(tag(of: message.sender, in: chat)) : nil,
            "chat": chatJSON(message.chat),
            "date": .int(message.date),
            "edit_date": message.editDate.map { .int($0) },
        ])
        .followed(by: message.origin.map(originFields) ?? .object([]))
        .followed(
            by: .fields([
                "is_automatic_forward": .flag(message.isAutomaticForward),
                "reply_to_message": answered,
                "media_group_id": .text(message.album),
            ])
        )
        .followed(by: bodyFields(message, for: bot))
        .followed(
            by: .fields([
                "reply_markup": message.keyboard,
                "via_bot": message.viaBot.flatMap { bots[$0]?.json() },
                "has_protected_content": .flag(message.isProtected),
            ])
        )
    }

    /// The Bot API's `User`, of a person or a bot.
    func userJSON(_ id: Int64) -> JSON? {
        people[id]?.json ?? bots[id]?.json()
    }

    private func user(_ sender: Message.Sender) -> JSON? {
        switch sender {
        case .person(let id), .bot(let id): userJSON(id)
        // What stands there for bots that know no `sender_chat`. Source: Bot API, `Message.from`.
        case .channel: .fields(["id": 777_000, "is_bot": false, "first_name": "Telegram"])
        }
    }

    /// The Bot API's `Chat`.
    func chatJSON(_ key: ChatKey) -> JSON {
        switch key {
        case .direct(_, let id):
            let person = people[id]
            return .fields([
                "id": .int(id),
                "first_name": .text(person?.firstName),
                "last_name": .text(person?.lastName),
                "username": .text(person?.username),
                "type": "private",
            ])
        case .room(let id):
            let chat = chats[key]
            return .fields([
                "id": .int(id),
                "title": .text(chat?.title),
                "username": .text(chat?.username),
                "type": .string(chat?.kind.rawValue ?? "group"),
            ])
        }
    }

    /// `forward_origin` with the members that came before it and are still sent.
    private func originFields(_ origin: Message.Origin) -> JSON {
        switch origin {
        case .channel(let id, let message, let signature, let date):
            let chat = chatJSON(.room(id))
            return .fields([
                "forward_origin": .fields([
                    "type": "channel",
                    "chat": chat,
                    "message_id": .int(message),
                    "author_signature": .text(signature),
                    "date": .int(date),
                ]),
                "forward_from_chat": chat,
                "forward_from_message_id": .int(message),
                "forward_signature": .text(signature),
                "forward_date": .int(date),
            ])
        case .person(let id, let date), .bot(let id, let date):
            let user = userJSON(id)
            return .fields([
                "forward_origin": .fields(["type": "user", "sender_user": user, "date": .int(date)]),
                "forward_from": user,
                "forward_date": .int(date),
            ])
        }
    }

    private func bodyFields(_ message: Message, for bot: Int64) -> JSON {
        switch message.body {
        case .text(let text, let preview):
            return text.fields(textName: "text", entitiesName: "entities", people: people)
                .followed(by: .fields(["link_preview_options": preview]))
        case .media(let key, let caption):
            guard let file = files[key] else { return .object([]) }
            return mediaFields(file, for: bot)
                .followed(by: caption.fields(textName: "caption", entitiesName: "caption_entities", people: people))
        case .pinned(let id):
            guard let pinned = chats[message.chat]?.message(id) else {
                let gone = JSON.fields(["chat": chatJSON(message.chat), "message_id": .int(id), "date": 0])
                return .fields(["pinned_message": gone])
            }
            return .fields(["pinned_message": json(of: pinned, for: bot, withReply: false)])
        case .joined(let id):
            let user = userJSON(id) ?? .null
            return .fields([
                "new_chat_participant": user,
                "new_chat_member": user,
                "new_chat_members": .array([user]),
            ])
        case .left(let id):
            let user = userJSON(id)
            return .fields(["left_chat_participant": user, "left_chat_member": user])
        case .notice(let members), .card(let members): return members
        }
    }
}
