import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// The club's channel, and people who come and go there.
extension BotTalk {
    static var channel: [String: Any] { ["id": Fixtures.channel.rawValue, "type": "channel", "title": "Records"] }

    /// Opens the club to those who are in the channel; `others`: what is open besides.
    func openChannel(others: Set<JoiningMode> = [.request]) async throws {
        let place = ChatPlace(chat: Fixtures.channel, title: "Records", handle: "records")
        try await club.services.clubChats.learn(channel: place)
        let owner = try await member(.owner)
        for mode in [JoiningMode.channel, .request, .invite] {
            _ = try await club.services.office.setJoining(
                mode,
                isOpen: mode == .channel || others.contains(mode),
                by: owner,
                cause: club.cause("open \(mode)")
            )
        }
    }

    /// Somebody's standing in a chat has changed.
    func moves(
        _ visitor: Visitor,
        _ old: String,
        _ new: String,
        in chat: [String: Any] = BotTalk.channel
    ) async throws -> Seen {
        let change: [String: Any] = [
            "chat": chat, "from": visitor.user, "date": 1,
            "old_chat_member": ["user": visitor.user, "status": old],
            "new_chat_member": ["user": visitor.user, "status": new],
        ]
        return try await handle(update("chat_member", change))
    }

    /// The bot's own standing in a chat has changed.
    func botMoves(_ old: String, _ new: String, in chat: [String: Any]) async throws -> Seen {
        let bot: [String: Any] = ["id": 4_242, "is_bot": true, "first_name": "FOMO"]
        let change: [String: Any] = [
            "chat": chat, "from": Visitor.owner.user, "date": 1,
            "old_chat_member": ["user": bot, "status": old], "new_chat_member": ["user": bot, "status": new],
        ]
        return try await handle(update("my_chat_member", change))
    }
}
