import Foundation

/// What people write.
extension TelegramWorld {
    /// Writes a message or post and tells the bots that see it.
    mutating func write(
        _ draft: Draft,
        by person: Int64,
        in key: ChatKey,
        now: Date
    ) throws(ActRefused) -> Message {
        let message = try jot(draft, by: person, in: key, now: now)
        announce(message, isEdit: false, now: now)
        copyToDiscussion(message, now: now)
        return message
    }

    /// Writes an album and tells the bots of its parts in the given order of places in `drafts`, for Telegram keeps none
    /// of its own. All parts are written or none.
    mutating func write(
        album drafts: [Draft],
        order: [Int],
        by person: Int64,
        in key: ChatKey,
        now: Date
    ) throws(ActRefused) -> [Message] {
        guard (2...TelegramWorld.albumCapacity).contains(drafts.count) else {
            throw .invalid("An album has 2 to \(TelegramWorld.albumCapacity) parts.")
        }
        guard order.sorted() == Array(drafts.indices) else {
            throw .invalid("update_order does not name each part once.")
        }
        let before = self
        let album = newAlbumID()
        var messages: [Message] = []
        do throws(ActRefused) {
            for draft in drafts {
                var draft = draft
                draft.album = album
                messages.append(try jot(draft, by: person, in: key, now: now))
            }
        } catch {
            self = before
            throw error
        }
        for place in order { announce(messages[place], isEdit: false, now: now) }
        for message in messages { copyToDiscussion(message, now: now) }
        return messages
    }

    /// Writes a message of which the bots are to be told yet.
    private mutating func jot(
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
        message.viaBot = draft.viaBot
        message.keyboard = draft.keyboard
        message.inlineID = draft.inlineID
        return store(message)
    }

    private func requireWriting(_ person: Int64, in key: ChatKey) throws(ActRefused) {
        _ = try acting(person)
        switch key {
        case .direct:
            if chats[key]?.isBlocked == true { throw .forbidden("Unblock the bot first.") }
        case .room:
            guard let chat = chats[key] else { throw .missing("There is no such chat.") }
            guard chat.migratedTo == nil else { throw .forbidden("The group has become a supergroup.") }
            let membership = chat.memberships[person] ?? .left
            guard membership.isPresent else { throw .forbidden("Only its members can write there.") }
            guard membership.speaks else { throw .forbidden("They may not write there for now.") }
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
            guard new.kind.bearsCaption || caption.isEmpty else {
                throw .invalid("\(new.kind == .sticker ? "A sticker" : "A video note") has no caption.")
            }
            let body = Message.Body.media(file: new.upload.key, caption: try personCaption(caption))
            files[new.upload.key] = new.file
            return (body, nil)
        case .again(let id):
            guard let message = chats[key]?.message(id), !message.isService else {
                throw .missing("There is no message \(id) to send again.")
            }
            return (message.body, nil)
        case .body(let body): return (body, nil)
        case .forward(let source, let id):
            guard let message = chats[source]?.message(id), !message.isService else {
                throw .missing("There is no message \(id) to forward.")
            }
            return (message.body, origin(of: message))
        }
    }

    /// A caption as a person writes it.
    func personCaption(_ text: String) throws(ActRefused) -> FormattedText {
        let caption = FormattedText(text: text).cleaned()
        guard caption.length <= FormattedText.captionLength else {
            throw .invalid("A caption has at most \(FormattedText.captionLength) characters.")
        }
        return caption
    }
}
