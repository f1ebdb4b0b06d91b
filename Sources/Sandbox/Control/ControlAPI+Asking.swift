import Foundation
import HTTPTypes

/// Links, inline mode and reactions.
extension ControlAPI {
    /// - `POST /sandbox/join {as, link}` → `{chat, joined}`: follows an invite link. `joined` is false where it only
    ///   asks.
    /// - `POST /sandbox/bots/{bot}/inline {as, query?, offset?, chat?, wait?}` → `{id, answer, from_cache}`:
    ///   types that after the bot's name; `answer` has what the bot offers, or is `null` when it says nothing within
    ///   `wait` (10 s); `from_cache`: it had said so before, and is not asked.
    /// - `POST /sandbox/inline/{id}/choose {as, result, chat}` → the message: sends the result with that id.
    /// - `PATCH /sandbox/bots/{bot} {inline?, inline_feedback?, reads_groups?, next_update_id?}` → the bot, as `getMe`
    ///   shows it: what one sets with BotFather, and the number of its next update.
    /// - `POST /sandbox/chats/{chat}/messages/{id}/reaction {as, emoji?}` → the message; without `emoji` the reaction
    ///   is taken away.
    func addAsking(to router: Routes) {
        route(.post, "/join", on: router) { request in
            let person = try request.requiredInteger("as")
            let link = try request.required("link")
            return try await telegram.act { world, now throws(ActRefused) in
                let (key, isIn) = try world.join(person, by: link, now: now)
                return .fields(["chat": world.chatJSON(key), "joined": .bool(isIn)])
            }
        }
        route(.post, "/bots/:bot/inline", on: router) { try await ask($0) }
        route(.post, "/inline/:query/choose", on: router) { request in
            let person = try request.requiredInteger("as")
            let query = try request.required("query")
            let result = try request.required("result")
            return try await telegram.act { world, now throws(ActRefused) in
                let key = try request.chat("chat", of: world, person: person)
                return world.view(try world.choose(result, of: query, by: person, in: key, now: now))
            }
        }
        route(.patch, "/bots/:bot", on: router) { request in
            try await telegram.act { world, _ throws(ActRefused) in
                let bot = try request.bot("bot", of: world)
                if let value = request.flag("inline") { world.bots[bot]?.isInlineOff = !value }
                if let value = request.flag("inline_feedback") { world.bots[bot]?.hasInlineFeedback = value }
                if let value = request.flag("reads_groups") { world.bots[bot]?.readsAllGroupMessages = value }
                if let next = try request.integer("next_update_id"),
                    world.bots[bot]?.queue.skip(to: Int(clamping: next)) != true
                {
                    throw .invalid("next_update_id is none that can come next.")
                }
                return world.bots[bot]?.json(asItself: true) ?? .null
            }
        }
        route(.post, "/chats/:chat/messages/:message/reaction", on: router) { request in
            let person = try request.requiredInteger("as")
            let id = Int(clamping: try request.requiredInteger("message"))
            return try await telegram.act { world, now throws(ActRefused) in
                let key = try request.chat("chat", of: world, person: person)
                return world.view(
                    try world.react(with: request.text("emoji"), to: id, by: person, in: key, now: now)
                )
            }
        }
    }

    private func ask(_ request: ControlRequest) async throws -> JSON {
        let person = try request.requiredInteger("as")
        let wait = try request.seconds("wait", absent: 10)
        let query = try await telegram.act { world, now throws(ActRefused) in
            let bot = try request.bot("bot", of: world)
            let place =
                request.text("chat") == nil ? nil : try request.chat("chat", of: world, person: person)
            return try world.ask(
                request.text("query") ?? "",
                offset: request.text("offset") ?? "",
                of: bot,
                by: person,
                in: place,
                now: now
            )
        }
        let answer = await telegram.waitFor(wait) { $0.world.inlineQueries[query.id]?.answer }
        return .fields([
            "id": .string(query.id), "answer": answer?.json ?? .null, "from_cache": .bool(query.answer != nil),
        ])
    }
}
