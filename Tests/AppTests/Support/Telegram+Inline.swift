import Foundation
import Sandbox
import Testing

/// Inline mode, as people use it.
extension Telegram {
    /// What the club's bot offers to somebody who types something behind its name.
    struct Offer {
        var query: String
        var results: [[String: Any]]
        /// The button above the results.
        var button: [String: Any]?
        var isPersonal: Bool
        var cacheTime: Int?
    }

    /// Types something behind the bot's name and waits for its answer.
    func ask(_ text: String, as person: Int64) async throws -> Offer {
        let path = "/sandbox/bots/\(SandboxClub.botID)/inline"
        let answered = try await change(path, ["as": person, "query": text, "wait": 30])
        let answer = try #require(answered["answer"] as? [String: Any], "the bot has said nothing: \(answered)")
        return Offer(
            query: try #require(answered["id"] as? String),
            results: answer["results"] as? [[String: Any]] ?? [],
            button: answer["button"] as? [String: Any],
            isPersonal: answer["is_personal"] as? Bool ?? false,
            cacheTime: answer["cache_time"] as? Int
        )
    }

    /// Sends a result to a chat.
    /// - Returns: The message that everybody there sees.
    func choose(_ result: String, of offer: Offer, as person: Int64, in chat: Int64) async throws -> [String: Any] {
        let view = try await change(
            "/sandbox/inline/\(offer.query)/choose",
            ["as": person, "result": result, "chat": chat]
        )
        return view["message"] as? [String: Any] ?? view
    }
}
