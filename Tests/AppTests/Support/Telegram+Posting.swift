import Foundation
import HTTPClient
import Sandbox
import Testing

/// Recordings of every kind, and groups.
extension Telegram {
    /// Posts a file of a kind (`audio`, `video`, `video_note`, …) in the recording channel.
    func post(kind: String, _ caption: String, type: String, content: MultipartPart.Content) async throws {
        let fields = ["as": "\(SandboxClub.posterID)", "kind": kind, "caption": caption, "mime_type": type]
        let parts = fields.map { MultipartPart(name: $0, content: .text($1)) }
        _ = try await call(
            .post,
            "/sandbox/chats/\(SandboxClub.channelID)/messages",
            body: .multipart(parts + [MultipartPart(name: "file", content: content)])
        )
    }

    /// Posts audio files as one album in the recording channel.
    /// - Parameters:
    ///   - parts: Their captions and bytes.
    ///   - order: In which bots hear of them.
    /// - Throws: What the sandbox refuses.
    func postAlbum(_ parts: [(caption: String, file: Data)], order: [Int]) async throws {
        let kinds = parts.map { ["kind": "audio", "caption": $0.caption, "mime_type": "audio/ogg"] }
        let list = String(decoding: try JSONSerialization.data(withJSONObject: kinds), as: UTF8.self)
        let fields = ["as": "\(SandboxClub.posterID)", "parts": list, "update_order": "\(order)"]
        let files = parts.enumerated().map { index, part in
            let content = MultipartPart.Content.bytes(part.file, fileName: "\(index).ogg", contentType: "audio/ogg")
            return MultipartPart(name: "file\(index)", content: content)
        }
        _ = try await call(
            .post,
            "/sandbox/chats/\(SandboxClub.channelID)/albums",
            body: .multipart(fields.map { MultipartPart(name: $0, content: .text($1)) } + files)
        )
    }

    /// Makes a group of the poster in which the club's bot is.
    /// - Returns: Its id.
    func makeGroup(_ title: String) async throws -> Int64 {
        let group: [String: Any] = [
            "type": "group", "title": title, "owner": SandboxClub.posterID, "bots": [SandboxClub.botID],
        ]
        let answer = try await change("/sandbox/chats", group)
        return try id(of: answer["chat"] as? [String: Any] ?? answer)
    }

    /// The owner makes a supergroup of a group.
    /// - Returns: The supergroup's id.
    func migrate(_ group: Int64) async throws -> Int64 {
        let answer = try await change("/sandbox/chats/\(group)/migrate", ["as": SandboxClub.posterID])
        return try id(of: answer["chat"] as? [String: Any] ?? answer)
    }

    private func id(of chat: [String: Any]) throws -> Int64 {
        Int64(try #require(chat["id"] as? Int, "a chat without an id: \(chat)"))
    }

    /// Taps the button with this label under a message in a group.
    func tap(_ label: String, under message: BotMessage, in group: Int64, as person: Int64) async throws {
        let data = try #require(message.buttons[label], "there is no button “\(label)”: \(message.buttons.keys)")
        try await change("/sandbox/chats/\(group)/messages/\(message.id)/press", ["as": person, "data": data])
    }
}
