import Foundation
import HTTPTypes

/// How people come to bots and rooms and go.
extension ControlAPI {
    /// - `POST /sandbox/chats/{bot}/start {as, payload?}` → the message `/start payload`, as a deep link
    ///   `t.me/<bot>?start=payload` sends it.
    /// - `POST /sandbox/chats/{bot}/block {as}` · `…/unblock {as}` → `{}`
    /// - `POST /sandbox/chats/{room}/members {user, status, by?}` → `{}`: changes how a person or bot stands to a room.
    ///   `status`: administrator, member, left or kicked; `by` is who did it, else the person.
    /// - `POST /sandbox/chats/{room}/join-requests {as, bio?}` → `{}`: asks to be let in.
    /// - `POST /sandbox/bots/{bot}/updates {update}` → `{}`: queues any JSON object as an update, whatever it holds.
    func addVisiting(to router: Routes) {
        route(.post, "/chats/:chat/start", on: router) { try await start($0) }
        route(.post, "/chats/:chat/block", on: router) { try await setBlocked(true, $0) }
        route(.post, "/chats/:chat/unblock", on: router) { try await setBlocked(false, $0) }
        route(.post, "/chats/:chat/members", on: router) { try await admit($0) }
        route(.post, "/chats/:chat/join-requests", on: router) { request in
            let person = try request.requiredInteger("as")
            return try await telegram.act { world, now throws(ActRefused) in
                let key = try request.chat("chat", of: world, person: person)
                try world.requestToJoin(person, key, bio: request.text("bio"), now: now)
                return .object([])
            }
        }
        route(.post, "/bots/:bot/updates", on: router) { request in
            guard let object = try request.json("update")?.members else {
                throw ActRefused.invalid("update is no JSON object.")
            }
            return try await telegram.act { world, now throws(ActRefused) in
                let bot = try request.bot("bot", of: world)
                guard world.pushRaw(object, to: bot, now: now) else { throw .invalid("The bot's queue is full.") }
                return .object([])
            }
        }
    }

    private func start(_ request: ControlRequest) async throws -> JSON {
        let person = try request.requiredInteger("as")
        let payload = request.text("payload") ?? ""
        guard payload.utf8.count <= 64,
            payload.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
        else { throw ActRefused.invalid("A payload has at most 64 letters, digits, - and _.") }
        return try await telegram.act { world, now throws(ActRefused) in
            let key = try request.chat("chat", of: world, person: person)
            let text = payload.isEmpty ? "/start" : "/start \(payload)"
            return world.view(try world.write(Draft(content: .text(text)), by: person, in: key, now: now))
        }
    }

    private func setBlocked(_ isBlocked: Bool, _ request: ControlRequest) async throws -> JSON {
        let person = try request.requiredInteger("as")
        return try await telegram.act { world, now throws(ActRefused) in
            let bot = try request.bot("chat", of: world)
            try world.setBlocked(isBlocked, person: person, bot: bot, now: now)
            return .object([])
        }
    }

    private func admit(_ request: ControlRequest) async throws -> JSON {
        let user = try request.requiredInteger("user")
        let actor = try request.integer("by") ?? user
        let membership: Membership
        switch try request.required("status") {
        case "administrator": membership = .administrator
        case "member": membership = .member
        case "left": membership = .left
        case "kicked": membership = .kicked
        default: throw ActRefused.invalid("status is none of administrator, member, left, kicked.")
        }
        return try await telegram.act { world, now throws(ActRefused) in
            let key = try request.chat("chat", of: world, person: nil)
            try world.admit(user, to: key, as: membership, by: actor, now: now)
            return .object([])
        }
    }
}
