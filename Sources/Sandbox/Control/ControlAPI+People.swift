import Foundation
import HTTPTypes

/// Creating people, bots and rooms.
extension ControlAPI {
    /// - `POST /sandbox/people {first_name, id?, last_name?, username?, language_code?, is_premium?}` → the `User`.
    ///   With the id of somebody who is there, they are changed.
    /// - `POST /sandbox/people/{person}/deactivate` · `…/reactivate` → `{}`: deletes their account, or takes that back.
    /// - `POST /sandbox/bots {token, username, name?}` → the bot, as `getMe` shows it. The number before the token's colon
    ///   is its id; a bot that is there gets the new token and names. It is in no chat yet.
    /// - `POST /sandbox/chats {type, title, owner, id?, username?, members?, bots?, signs_posts?}` → the chat. `type`:
    ///   group, supergroup or channel; `members` a JSON list of people's ids; `bots` of bots, who become admins.
    func addPeople(to router: Routes) {
        route(.post, "/people", on: router) { request in
            let name = try request.required("first_name")
            return try await telegram.act { world, _ throws(ActRefused) in
                let id = try request.integer("id") ?? world.newPersonID()
                guard id > 0, world.bots[id] == nil else { throw .invalid("id is not one that a person can have.") }
                let person = Person(
                    id: id,
                    firstName: name,
                    lastName: request.text("last_name"),
                    username: request.text("username"),
                    languageCode: request.text("language_code"),
                    isPremium: request.flag("is_premium") ?? false
                )
                world.add(person)
                return person.json
            }
        }
        route(.post, "/people/:person/deactivate", on: router) { try await setDeactivated(true, $0) }
        route(.post, "/people/:person/reactivate", on: router) { try await setDeactivated(false, $0) }
        route(.post, "/bots", on: router) { request in
            let username = try request.required("username")
            let bot = SandboxConfiguration.Bot(
                token: try request.required("token"),
                username: username,
                name: request.text("name") ?? username
            )
            return try await telegram.act { world, _ throws(ActRefused) in
                try world.admit(bot).json(asItself: true)
            }
        }
        route(.post, "/chats", on: router) { request in
            guard let kind = Chat.Kind(rawValue: try request.required("type")), kind != .direct else {
                throw ActRefused.invalid("type is none of group, supergroup, channel.")
            }
            let title = try request.required("title")
            let memberships = try memberships(request)
            return try await telegram.act { world, _ throws(ActRefused) in
                let id = try request.integer("id") ?? world.newRoomID(kind)
                try world.addRoom(
                    id,
                    kind,
                    title: title,
                    username: request.text("username"),
                    signsPosts: request.flag("signs_posts") ?? false,
                    memberships: memberships
                )
                return room(world, .room(id))
            }
        }
    }

    private func setDeactivated(_ isDeactivated: Bool, _ request: ControlRequest) async throws -> JSON {
        let person = try request.requiredInteger("person")
        return try await telegram.act { world, _ throws(ActRefused) in
            try world.setDeactivated(isDeactivated, person: person)
            return .object([])
        }
    }

    private func memberships(_ request: ControlRequest) throws(ActRefused) -> [Int64: Membership] {
        var result: [Int64: Membership] = [:]
        for (name, membership) in [("members", Membership.member), ("bots", .administrator)] {
            guard let list = try request.json(name) else { continue }
            guard let ids = list.elements?.map(\.integer), !ids.contains(nil) else {
                throw .invalid("\(name) is no list of ids.")
            }
            for id in ids.compactMap({ $0 }) { result[id] = membership }
        }
        result[try request.requiredInteger("owner")] = .creator
        return result
    }
}
