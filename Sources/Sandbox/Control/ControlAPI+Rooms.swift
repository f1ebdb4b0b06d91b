import Foundation
import HTTPTypes

/// What people do with groups and channels, and albums.
extension ControlAPI {
    /// - `POST /sandbox/chats/{chat}/albums {as, parts, update_order?, file0…file9}` → `{messages}`. `parts` is a JSON
    ///   list: of each part `kind`, `caption`, `title`, `performer`, `file_name`, `mime_type`, `duration`, `width`,
    ///   `height`, and `file`, the name of the multipart part with its bytes (`file0` for the first, and so on);
    ///   `update_order` a list like `[2,0,1]`, in which the bots hear of them.
    /// - `POST /sandbox/chats/{chat}/notices {as, service}` → the service message; `service` as it stands in a
    ///   `Message`, for example `{"video_chat_started": {}}`.
    /// - `POST /sandbox/chats/{chat}/messages/{id}/pin {as}` · `…/unpin {as}` → `{}`
    /// - `POST /sandbox/chats/{channel}/discussion {group?}` → `{}`: links a supergroup, to which posts are copied;
    ///   without `group` the link ends.
    /// - `POST /sandbox/chats/{group}/migrate {as}` → the supergroup that the group became.
    /// - `DELETE /sandbox/chats/{group}?as=` → `{}`: its owner deletes the group.
    func addRooms(to router: Routes) {
        route(.post, "/chats/:chat/albums", on: router) { try await writeAlbum($0) }
        route(.post, "/chats/:chat/notices", on: router) { request in
            let person = try request.requiredInteger("as")
            guard let service = try request.json("service") else { throw ActRefused.invalid("service is missing.") }
            return try await telegram.act { world, now throws(ActRefused) in
                let key = try request.chat("chat", of: world, person: person)
                return world.view(try world.notify(service, by: person, in: key, now: now))
            }
        }
        for (name, isPinned) in [("pin", true), ("unpin", false)] {
            route(.post, "/chats/:chat/messages/:message/\(name)", on: router) { request in
                let person = try request.requiredInteger("as")
                let id = Int(clamping: try request.requiredInteger("message"))
                return try await telegram.act { world, now throws(ActRefused) in
                    let key = try request.chat("chat", of: world, person: person)
                    try world.setPinned(isPinned, id, by: person, in: key, now: now)
                    return .object([])
                }
            }
        }
        route(.post, "/chats/:chat/discussion", on: router) { request in
            try await telegram.act { world, _ throws(ActRefused) in
                let channel = try request.chat("chat", of: world, person: nil)
                let group =
                    request.text("group") == nil ? nil : try request.chat("group", of: world, person: nil)
                try world.link(channel, with: group)
                return .object([])
            }
        }
        route(.delete, "/chats/:chat", on: router) { request in
            let person = try request.requiredInteger("as")
            return try await telegram.act { world, _ throws(ActRefused) in
                try world.delete(try request.chat("chat", of: world, person: nil), by: person)
                return .object([])
            }
        }
        route(.post, "/chats/:chat/migrate", on: router) { request in
            let person = try request.requiredInteger("as")
            return try await telegram.act { world, now throws(ActRefused) in
                let key = try request.chat("chat", of: world, person: nil)
                return room(world, try world.migrate(key, by: person, now: now))
            }
        }
    }

    private func writeAlbum(_ request: ControlRequest) async throws -> JSON {
        let person = try request.requiredInteger("as")
        guard let parts = try request.json("parts")?.elements else {
            throw ActRefused.invalid("parts is no JSON list.")
        }
        var drafts: [Draft] = []
        for (index, part) in parts.enumerated() {
            let own = ControlRequest(
                arguments: Arguments(of: part, uploads: request.arguments.uploads),
                path: request.path
            )
            let name = own.text("file") ?? "file\(index)"
            guard let file = try own.newFile(name) else { throw ActRefused.invalid("There is no part \(name).") }
            guard [.audio, .document, .photo, .video].contains(file.kind) else {
                throw ActRefused.invalid("\(file.kind.rawValue) cannot be a part of an album.")
            }
            drafts.append(
                Draft(
                    content: .upload(file, caption: own.text("caption") ?? ""),
                    signature: own.text("author_signature")
                )
            )
        }
        let order = try request.json("update_order")?.elements?.map { Int($0.integer ?? -1) }
        return try await telegram.act { [drafts] world, now throws(ActRefused) in
            let key = try request.chat("chat", of: world, person: person)
            let messages = try world.write(
                album: drafts,
                order: order ?? Array(drafts.indices),
                by: person,
                in: key,
                now: now
            )
            return .fields(["messages": .array(messages.map(world.view))])
        }
    }
}
