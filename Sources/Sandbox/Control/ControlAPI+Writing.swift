import Foundation
import HTTPTypes

/// What people write.
extension ControlAPI {
    /// - `POST /sandbox/chats/{chat}/messages {as, …}` → the message as it is shown. One of: `text`; `file` (multipart
    ///   upload) with `kind` (audio, voice, document, video, video_note, photo) and optional `caption`, `title`, `performer`,
    ///   `file_name`, `mime_type`, `duration`, `width`, `height`, of a video note `length`; `again` (a message id: the same file as a new message); `forward_chat` with
    ///   `forward_message`. Optional: `reply_to`, `media_group_id`, `author_signature`.
    /// - `PATCH /sandbox/chats/{chat}/messages/{id} {as, text | caption | file…}` → the changed message. An empty
    ///   `caption` takes it away. A new file takes the place of the old one.
    /// - `DELETE /sandbox/chats/{chat}/messages/{id}?as=` → `{}`. Bots are not told.
    /// - `POST /sandbox/chats/{chat}/messages/{id}/press {as, data, wait?}` → `{id, answer}` with the bot's
    ///   `{text, show_alert, url}`, or `null` when it says nothing within `wait` (10 s).
    func addWriting(to router: Routes) {
        route(.post, "/chats/:chat/messages", on: router) { try await write($0) }
        route(.patch, "/chats/:chat/messages/:message", on: router) { try await rewrite($0) }
        route(.delete, "/chats/:chat/messages/:message", on: router) { try await erase($0) }
        route(.post, "/chats/:chat/messages/:message/press", on: router) { try await press($0) }
    }

    private func write(_ request: ControlRequest) async throws -> JSON {
        let person = try request.requiredInteger("as")
        let file = try request.newFile()
        return try await telegram.act { world, now throws(ActRefused) in
            let key = try request.chat("chat", of: world, person: person)
            var draft = Draft(content: try content(request, file, world, person))
            draft.replyTo = try request.integer("reply_to").map { Int(clamping: $0) }
            draft.album = request.text("media_group_id")
            draft.signature = request.text("author_signature")
            let message = try world.write(draft, by: person, in: key, now: now)
            return world.view(message)
        }
    }

    private func content(
        _ request: ControlRequest,
        _ file: NewFile?,
        _ world: TelegramWorld,
        _ person: Int64
    ) throws(ActRefused) -> Draft.Content {
        if let file { return .upload(file, caption: request.text("caption") ?? "") }
        if let again = try request.integer("again") { return .again(message: Int(clamping: again)) }
        if request.text("forward_chat") != nil {
            let source = try request.chat("forward_chat", of: world, person: person)
            return .forward(chat: source, message: Int(clamping: try request.requiredInteger("forward_message")))
        }
        return .text(try request.required("text"))
    }

    private func rewrite(_ request: ControlRequest) async throws -> JSON {
        let person = try request.requiredInteger("as")
        let id = Int(clamping: try request.requiredInteger("message"))
        let file = try request.newFile()
        return try await telegram.act { world, now throws(ActRefused) in
            let key = try request.chat("chat", of: world, person: person)
            let message = try world.rewrite(
                id,
                in: key,
                by: person,
                text: request.arguments.values["text"] ?? request.arguments.values["caption"],
                file: file,
                now: now
            )
            return world.view(message)
        }
    }

    private func erase(_ request: ControlRequest) async throws -> JSON {
        let person = try request.requiredInteger("as")
        let id = Int(clamping: try request.requiredInteger("message"))
        return try await telegram.act { world, _ throws(ActRefused) in
            let key = try request.chat("chat", of: world, person: person)
            try world.erase(id, in: key, by: person)
            return .object([])
        }
    }

    private func press(_ request: ControlRequest) async throws -> JSON {
        let person = try request.requiredInteger("as")
        let id = Int(clamping: try request.requiredInteger("message"))
        let data = try request.required("data")
        let wait = try request.seconds("wait", absent: 10)
        let press = try await telegram.act { world, now throws(ActRefused) in
            let key = try request.chat("chat", of: world, person: person)
            return try world.press(data: data, message: id, in: key, by: person, now: now)
        }
        return try await answer(toPress: press.id, wait: wait)
    }
}
