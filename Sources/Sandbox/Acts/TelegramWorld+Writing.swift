import Foundation

/// What people write, change and delete.
extension TelegramWorld {
    /// Writes a message or post and tells the bots that see it.
    mutating func write(
        _ draft: Draft,
        by person: Int64,
        in key: ChatKey,
        now: Date
    ) throws(ActRefused) -> Message {
        try requireWriting(person, in: key)
        let (body, origin) = try body(of: draft, in: key)
        if let target = draft.replyTo, chats[key]?.message(target) == nil {
            throw .missing("There is no message \(target) to answer.")
        }
        if case .direct = key, chats[key]?.isStarted != true { start(key) }
        var message = Message(
            id: nextMessageID(in: key),
            chat: key,
            date: Int(now.timeIntervalSince1970),
            sender: .person(person),
            body: body
        )
        if let chat = chats[key], chat.kind == .channel {
            message.signature = draft.signature ?? (chat.signsPosts ? people[person]?.fullName : nil)
        }
        message.replyTo = draft.replyTo
        message.origin = origin
        message.album = draft.album
        message = store(message)
        announce(message, isEdit: false, now: now)
        return message
    }

    /// Changes the text or caption of a person's own message, or puts another file in its place.
    mutating func rewrite(
        _ id: Int,
        in key: ChatKey,
        by person: Int64,
        text: String?,
        file: NewFile?,
        now: Date
    ) throws(ActRefused) -> Message {
        var message = try ownMessage(id, in: key, of: person)
        switch message.body {
        case .text:
            guard file == nil, let text else { throw .invalid("A text message can only get another text.") }
            let new = FormattedText(text: text).cleaned()
            guard !new.text.isEmpty else { throw .invalid("The text is empty.") }
            message.body = .text(new, preview: nil)
        case .media(let old, let caption):
            var key = old
            if let file {
                key = file.upload.key
                files[key] = file.file
            }
            message.body = .media(file: key, caption: try text.map(personCaption) ?? caption)
        case .pinned, .joined, .left: throw .forbidden("A service message cannot be changed.")
        }
        message.editDate = Int(now.timeIntervalSince1970)
        message = update(message)
        announce(message, isEdit: true, now: now)
        return message
    }

    /// Deletes a person's own message. Bots are not told.
    mutating func erase(_ id: Int, in key: ChatKey, by person: Int64) throws(ActRefused) {
        remove(try ownMessage(id, in: key, of: person))
    }

    private func ownMessage(_ id: Int, in key: ChatKey, of person: Int64) throws(ActRefused) -> Message {
        guard let chat = chats[key], let message = chat.message(id) else {
            throw .missing("There is no message \(id) in this chat.")
        }
        let runsChat = chat.memberships[person]?.allows(.editMessages) == true && chat.kind == .channel
        guard message.sender == .person(person) || runsChat else {
            throw .forbidden("Only its author can change or delete a message.")
        }
        return message
    }

    private func requireWriting(_ person: Int64, in key: ChatKey) throws(ActRefused) {
        guard people[person] != nil else { throw .missing("There is no such person.") }
        switch key {
        case .direct:
            if chats[key]?.isBlocked == true { throw .forbidden("Unblock the bot first.") }
        case .room:
            guard let chat = chats[key] else { throw .missing("There is no such chat.") }
            let membership = chat.memberships[person] ?? .left
            guard membership.isPresent else { throw .forbidden("Only its members can write there.") }
            if chat.kind == .channel, !membership.allows(.postMessages) {
                throw .forbidden("Only its admins can post in a channel.")
            }
        }
    }

    private mutating func body(
        of draft: Draft,
        in key: ChatKey
    ) throws(ActRefused) -> (Message.Body, Message.Origin?) {
        switch draft.content {
        case .text(let text):
            let cleaned = FormattedText(text: text).cleaned()
            guard !cleaned.text.isEmpty else { throw .invalid("The text is empty.") }
            guard cleaned.length <= FormattedText.messageLength else {
                throw .invalid("A message has at most \(FormattedText.messageLength) characters.")
            }
            return (.text(cleaned, preview: nil), nil)
        case .upload(let new, let caption):
            guard new.upload.size > 0 else { throw .invalid("The file is empty.") }
            if new.kind == .photo, new.upload.facts.width == nil { throw .invalid("This is no picture.") }
            let body = Message.Body.media(file: new.upload.key, caption: try personCaption(caption))
            files[new.upload.key] = new.file
            return (body, nil)
        case .again(let id):
            guard let message = chats[key]?.message(id), !message.isService else {
                throw .missing("There is no message \(id) to send again.")
            }
            return (message.body, nil)
        case .forward(let source, let id):
            guard let message = chats[source]?.message(id), !message.isService else {
                throw .missing("There is no message \(id) to forward.")
            }
            return (message.body, origin(of: message))
        }
    }

    private func personCaption(_ text: String) throws(ActRefused) -> FormattedText {
        let caption = FormattedText(text: text).cleaned()
        guard caption.length <= FormattedText.captionLength else {
            throw .invalid("A caption has at most \(FormattedText.captionLength) characters.")
        }
        return caption
    }
}
