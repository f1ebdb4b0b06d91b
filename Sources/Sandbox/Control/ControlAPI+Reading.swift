import Foundation
import HTTPTypes
import Hummingbird

/// Looking: the world, a chat's messages, changes, calls, files.
extension ControlAPI {
    /// Messages shown at once when somebody starts to look.
    static let firstMessages = 300

    /// - `GET /sandbox/state` → `{sequence, now, bots, people, chats, settings}`: everything but messages. `calls` is
    ///   the number of the newest call.
    /// - `GET /sandbox/changes?as=&since=&wait=` → `{sequence, generation, chats, messages, deleted}`: the chats of a
    ///   person and what changed in them after the change `since`. With `wait` (seconds, at most 60) the answer comes
    ///   with the next change.
    /// - `GET /sandbox/chats/{chat}/messages?as=&since=&wait=` → the same of one chat: `{sequence, generation,
    ///   messages, deleted}`.
    /// - `GET /sandbox/calls?since=&wait=&method=&bot=` → `{last, calls}`: what bots called after the call `since`,
    ///   each `{number, at, bot, method, parameters, answer, fault}`. `getUpdates` only when asked for by name.
    /// - `GET /sandbox/bots/{bot}/poll?wait=` → `{held}`: whether the bot waits in `getUpdates`; with `wait` the answer
    ///   comes as soon as it does.
    /// - `GET /sandbox/presses/{id}?wait=` → `{id, answer}`: what the bot said to a pressed button.
    /// - `GET /sandbox/files/{file_unique_id}` → the bytes, also in parts.
    func addReading(to router: Routes) {
        route(.get, "/state", on: router) { _ in await state() }
        route(.get, "/changes", on: router) { try await changes($0) }
        route(.get, "/chats/:chat/messages", on: router) { try await messages($0) }
        route(.get, "/calls", on: router) { try await calls($0) }
        route(.get, "/bots/:bot/poll", on: router) { request in
            let wait = try request.seconds("wait")
            let bot = try await telegram.read { world, _ in try request.bot("bot", of: world) }
            let held = await telegram.waitFor(wait) { $0.currentPoll[bot] == nil ? nil : true }
            return .fields(["held": .bool(held ?? false)])
        }
        route(.get, "/presses/:press", on: router) { request in
            try await answer(toPress: request.required("press"), wait: request.seconds("wait"))
        }
        router.get("/sandbox/files/:file") { request, context in
            await file(context.parameters.get("file") ?? "", request)
        }
        router.head("/sandbox/files/:file") { request, context in
            await file(context.parameters.get("file") ?? "", request)
        }
    }

    private func state() async -> JSON {
        let calls = await telegram.log.last
        return await telegram.read { world, now in
            .fields([
                "sequence": .int(world.sequence),
                "calls": .int(calls),
                "now": .int(Int(now.timeIntervalSince1970)),
                "bots": .array(
                    world.bots.values.sorted { $0.id < $1.id }.map { bot in
                        bot.json().followed(
                            by: .fields([
                                "pending_update_count": .int(bot.queue.count),
                                "is_revoked": .bool(bot.isRevoked),
                            ])
                        )
                    }
                ),
                "people": .array(world.people.values.sorted { $0.id < $1.id }.map(\.json)),
                "chats": .array(
                    world.chats.values.filter { $0.kind != .direct }.map(\.key).sorted { $0.wireID > $1.wireID }
                        .map { room(world, $0) }
                ),
                "settings": settings(world),
            ])
        }
    }

    func room(_ world: TelegramWorld, _ key: ChatKey) -> JSON {
        let members = world.chats[key]?.memberships.sorted { $0.key < $1.key } ?? []
        let requests = world.chats[key]?.joinRequests.keys.sorted() ?? []
        return world.chatJSON(key).followed(
            by: .fields([
                "members": .array(members.map { world.memberJSON($0.key, in: key, $0.value) }),
                "join_requests": .array(requests.map { .int($0) }),
            ])
        )
    }

    func settings(_ world: TelegramWorld) -> JSON {
        .fields([
            "flood_limits": .bool(world.settings.limitsFlood),
            "poll_surprises": .bool(world.settings.surprisesPollers),
            "self_protection": .bool(world.settings.protectsItself),
            "cloud_tokens": .bool(world.settings.refusesTokensAsCloud),
            "inline_cache": .bool(world.settings.cachesInline),
            "reaction_delay": .int(Int(world.settings.reactionDelay / .seconds(1))),
        ])
    }

    private func changes(_ request: ControlRequest) async throws -> JSON {
        let person = try request.requiredInteger("as")
        let since = Int(try request.integer("since") ?? 0)
        let wait = try request.seconds("wait")
        let isKnown = await telegram.world.people[person] != nil
        guard isKnown else { throw ActRefused.missing("There is no such person.") }
        _ = await telegram.waitFor(wait) { $0.world.sequence > since ? true : nil }
        return await seen(by: person, since: since, telegram)
    }

    private func seen(by person: Int64, since: Int, _ telegram: isolated SandboxTelegram) -> JSON {
        let world = telegram.world
        let keys = world.chats(of: person)
        let chats = keys.map { key in
            var view = world.view(key, person: person, at: telegram.now.timeIntervalSince1970)
            if case .direct(let bot, _) = key {
                view = view.followed(by: .fields(["is_listening": .bool(telegram.isListening(bot))]))
            }
            return view
        }
        return changed(world, in: keys, since: since).followed(by: .fields(["chats": .array(chats)]))
    }

    private func messages(_ request: ControlRequest) async throws -> JSON {
        let person = try request.integer("as")
        let since = Int(try request.integer("since") ?? 0)
        let wait = try request.seconds("wait")
        let key = try await telegram.read { world, _ in try request.chat("chat", of: world, person: person) }
        _ = await telegram.waitFor(wait) { telegram -> Bool? in
            guard let chat = telegram.world.chats[key] else { return nil }
            let hasChanged =
                chat.messages.contains { $0.sequence > since } || chat.deletions.contains { $0.sequence > since }
            return hasChanged ? true : nil
        }
        return await telegram.read { world, _ in changed(world, in: [key], since: since) }
    }

    private func changed(_ world: TelegramWorld, in keys: [ChatKey], since: Int) -> JSON {
        let chats = keys.compactMap { world.chats[$0] }
        let messages = chats.flatMap { chat in
            let changed = chat.messages.filter { $0.sequence > since }
            return since == 0 ? changed.suffix(ControlAPI.firstMessages) : changed[...]
        }
        let deleted = chats.flatMap { chat in
            chat.deletions.filter { $0.sequence > since }.map { deletion in
                JSON.fields(["chat": .int(world.personalID(of: chat.key)), "message_id": .int(deletion.message)])
            }
        }
        return .fields([
            "sequence": .int(world.sequence),
            "generation": .int(world.generation),
            "messages": .array(messages.map(world.view)),
            "deleted": .array(deleted),
        ])
    }

    private func calls(_ request: ControlRequest) async throws -> JSON {
        let since = Int(try request.integer("since") ?? 0)
        let wait = try request.seconds("wait")
        let method = request.text("method")
        var bot: Int64?
        if request.text("bot") != nil {
            bot = try await telegram.read { world, _ in try request.bot("bot", of: world) }
        }
        let caller = bot
        let found = await telegram.waitFor(wait) { telegram -> [CallLog.Entry]? in
            let entries = telegram.log.entries(after: since, method: method, bot: caller)
            return entries.isEmpty ? nil : entries
        }
        return .fields([
            "last": .int(await telegram.log.last),
            "calls": .array((found ?? []).map(\.json)),
        ])
    }

    /// What a bot said to a pressed button, or `null` when it has not by the end of the wait.
    func answer(toPress id: String, wait: Duration) async throws -> JSON {
        let isKnown = await telegram.world.presses[id] != nil
        guard isKnown else { throw ActRefused.missing("There is no such press.") }
        let reply = await telegram.waitFor(wait) { $0.world.presses[id]?.reply }
        let answer = reply.map { reply in
            JSON.fields(["text": .string(reply.text), "show_alert": .bool(reply.isAlert), "url": .string(reply.url)])
        }
        return .fields(["id": .string(id), "answer": answer ?? .null])
    }

    /// Files are shown only where a browser plays or paints them; everything else is to be saved, never run.
    private func file(_ unique: String, _ request: Request) async -> Response {
        let found = await telegram.read { world, _ in world.files.values.first { FileID.unique($0) == unique } }
        guard let found else { return .envelope(.failure(.notFound)) }
        let type = found.mediaType?.split(separator: ";").first.map { $0.lowercased() } ?? ""
        let pictures: Set = ["image/jpeg", "image/png", "image/gif", "image/webp"]
        let isPlain = !type.contains { $0.isWhitespace || !$0.isASCII }
        let isShown = pictures.contains(type) || ((type.hasPrefix("audio/") || type.hasPrefix("video/")) && isPlain)
        let fallback = found.kind == .voice ? "audio/ogg" : "application/octet-stream"
        var answer = FileResponse(
            url: telegram.shelf.url(of: found.key),
            size: found.size,
            type: isShown ? type : fallback
        )
        answer.headers[.xContentTypeOptions] = "nosniff"
        if !isShown, found.kind != .voice { answer.headers[.contentDisposition] = "attachment" }
        return answer.response(to: request)
    }
}
