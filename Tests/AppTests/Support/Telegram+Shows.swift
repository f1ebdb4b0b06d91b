import Foundation
import HTTPClient
import Sandbox
import Testing

/// What people see and do in the club's channel.
extension Telegram {
    /// A post of the channel.
    struct Post {
        var id: Int64
        var text: String
        /// Callback data or address by label.
        var buttons: [String: String]
        /// The post that it answers.
        var answered: Int64?
    }

    /// Waits until the channel has a post, new or edited, that `isWanted` accepts, at most 60 seconds.
    func channelPost(
        sourceLocation: SourceLocation = #_sourceLocation,
        where isWanted: (Post) -> Bool
    ) async throws -> Post {
        var since = 0
        var seen: [String] = []
        for _ in 1...30 {
            let path = "/sandbox/chats/\(SandboxClub.channelID)/messages?as=\(SandboxClub.posterID)"
            let answer = try await call(.get, "\(path)&since=\(since)&wait=2")
            since = answer["sequence"] as? Int ?? since
            let posts = Self.posts(answer)
            if let found = posts.first(where: isWanted) { return found }
            seen += posts.map { "\($0.text.prefix(80)) \($0.buttons.keys.sorted())" }
        }
        Issue.record("the channel has \(seen)", sourceLocation: sourceLocation)
        throw Missing(what: "a post in the channel")
    }

    /// All posts of the channel.
    func channelPosts() async throws -> [Post] {
        let path = "/sandbox/chats/\(SandboxClub.channelID)/messages?as=\(SandboxClub.posterID)"
        return Self.posts(try await call(.get, path))
    }

    /// Taps the button with this label under a post.
    func tap(_ label: String, under post: Post, as person: Int64) async throws {
        let data = try #require(post.buttons[label], "there is no button “\(label)”: \(post.buttons.keys)")
        let path = "/sandbox/chats/\(SandboxClub.channelID)/messages/\(post.id)/press"
        try await change(path, ["as": person, "data": data])
    }

    /// Moves Telegram's time on.
    func advance(by seconds: TimeInterval) async throws {
        try await change("/sandbox/clock", ["advance": Int(seconds)])
    }

    private static func posts(_ answer: [String: Any]) -> [Post] {
        (answer["messages"] as? [[String: Any]] ?? []).compactMap { view in
            guard let message = view["message"] as? [String: Any], let id = message["message_id"] as? Int else {
                return nil
            }
            let keyboard = (message["reply_markup"] as? [String: Any])?["inline_keyboard"] as? [[[String: Any]]]
            var buttons: [String: String] = [:]
            for button in (keyboard ?? []).joined() {
                guard let label = button["text"] as? String else { continue }
                buttons[label] = button["callback_data"] as? String ?? button["url"] as? String ?? ""
            }
            let answered = (message["reply_to_message"] as? [String: Any])?["message_id"] as? Int
            return Post(
                id: Int64(id),
                text: message["text"] as? String ?? message["caption"] as? String ?? "",
                buttons: buttons,
                answered: answered.map(Int64.init)
            )
        }
    }
}
