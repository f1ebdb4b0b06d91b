import Foundation

/// A channel post that people reacted to.
struct ReactedPost: Codable, Sendable, Hashable {
    let chat: ChatKey
    let message: Int
}

/// Of whose reactions bots hear, and when.
extension TelegramWorld {
    /// Notes that the reactions to a channel post changed; bots hear of all changes of some time at once.
    mutating func noteReaction(to post: Message, now: Date) {
        let reacted = ReactedPost(chat: post.chat, message: post.id)
        if dueReactions[reacted] == nil {
            dueReactions[reacted] = now.addingTimeInterval(settings.reactionDelay / .seconds(1))
        }
        tellReactions(now: now)
    }

    /// Tells bots how many reactions there are to the posts whose time has come.
    mutating func tellReactions(now: Date) {
        let due = dueReactions.filter { $0.value <= now }.sorted { $0.value < $1.value }
        for (post, _) in due {
            dueReactions[post] = nil
            guard let message = chats[post.chat]?.message(post.message) else { continue }
            let counts = JSON.fields([
                "chat": chatJSON(post.chat),
                "message_id": .int(post.message),
                "date": .int(Int(now.timeIntervalSince1970)),
                "reactions": .array(reactionCounts(message)),
            ])
            for bot in reactionWatchers(of: post.chat) {
                push(.messageReactionCount, counts, to: bot, date: now, now: now)
            }
        }
    }

    /// The bots that hear of reactions in a chat: the private chat's, elsewhere the admins.
    func reactionWatchers(of key: ChatKey) -> [Int64] {
        switch key {
        case .direct(let bot, _): [bot]
        case .room:
            chats[key]?.memberships.filter { bots[$0.key] != nil && $0.value.isAdministrator }.keys.sorted() ?? []
        }
    }

    private func reactionCounts(_ message: Message) -> [JSON] {
        let all = message.reactions.sorted { $0.key < $1.key }.flatMap(\.value)
        var seen: [JSON] = []
        for reaction in all where !seen.contains(reaction) { seen.append(reaction) }
        return seen.map { reaction in
            .fields(["type": reaction, "total_count": .int(all.filter { $0 == reaction }.count)])
        }
    }
}
