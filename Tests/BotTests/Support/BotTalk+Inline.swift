import Domain
import Foundation

@testable import Bot

/// Inline mode in a talk.
extension BotTalk {
    /// What somebody types behind the bot's name.
    func question(
        _ text: String,
        by visitor: Visitor,
        offset: String = "",
        chatType: String? = "group"
    ) throws -> InboxEntry {
        var query: [String: Any] = ["id": "question", "from": visitor.user, "query": text, "offset": offset]
        query["chat_type"] = chatType
        return try update("inline_query", query)
    }

    func asks(
        _ text: String,
        _ visitor: Visitor,
        offset: String = "",
        chatType: String? = "group"
    ) async throws -> AnswerInlineQuery {
        try await handle(question(text, by: visitor, offset: offset, chatType: chatType)).results
    }
}
