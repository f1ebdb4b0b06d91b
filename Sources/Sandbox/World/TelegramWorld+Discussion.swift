import Foundation

/// The discussion group of a channel, to which Telegram copies every post by itself.
extension TelegramWorld {
    /// Copies a post to the channel's discussion group, where one is linked; the bots there see it.
    mutating func copyToDiscussion(_ post: Message, now: Date) {
        guard let group = discussion(of: post), !post.isService, case .room(let channel) = post.chat else { return }
        var copy = Message(
            id: nextMessageID(in: group),
            chat: group,
            date: post.date,
            sender: .channel(channel),
            body: post.body
        )
        copy.signature = post.signature
        copy.origin = .channel(chat: channel, message: post.id, signature: post.signature, date: post.date)
        copy.album = post.album
        copy.keyboard = post.keyboard
        copy = store(copy)
        announce(copy, isEdit: false, now: now)
    }

    /// Changes the copy of a post that was changed.
    mutating func editInDiscussion(_ post: Message, now: Date) {
        guard var copy = copyInDiscussion(of: post) else { return }
        copy.body = post.body
        copy.keyboard = post.keyboard
        copy.editDate = post.editDate
        announce(update(copy), isEdit: true, now: now)
    }

    /// The copy of a post, while there is one.
    func copyInDiscussion(of post: Message) -> Message? {
        guard let group = discussion(of: post), case .room(let channel) = post.chat else { return nil }
        return chats[group]?.messages.last { copy in
            guard copy.isAutomaticForward, case .channel(channel, post.id, _, _) = copy.origin else { return false }
            return true
        }
    }

    private func discussion(of post: Message) -> ChatKey? {
        guard let channel = chats[post.chat], channel.kind == .channel, let group = channel.linkedChat,
            chats[.room(group)] != nil
        else { return nil }
        return .room(group)
    }
}
