import Foundation

/// What people change and delete.
extension TelegramWorld {
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
        case .card: throw .forbidden("What has neither text nor caption cannot be changed.")
        case .pinned, .joined, .left, .notice: throw .forbidden("A service message cannot be changed.")
        }
        message.editDate = Int(now.timeIntervalSince1970)
        message = update(message)
        announce(message, isEdit: true, now: now)
        editInDiscussion(message, now: now)
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
}
