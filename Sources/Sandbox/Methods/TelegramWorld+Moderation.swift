import Foundation

/// Banning, restricting and promoting.
extension TelegramWorld {
    /// Shorter and longer times mean for ever. Source: Bot API, `banChatMember`.
    private static let timedFor = 30...366 * 86_400

    mutating func banMember(_ call: BotCall) throws(CallFailure) -> JSON {
        let (key, id) = try moderated(call)
        var banned = Membership.kicked
        banned.until = TelegramWorld.end(of: call)
        change(id, in: key, to: banned, by: call.bot, now: call.now)
        chats[key]?.joinRequests[id] = nil
        return true
    }

    /// Lets somebody come back; who is in the chat is put out, unless `only_if_banned`.
    mutating func unbanMember(_ call: BotCall) throws(CallFailure) -> JSON {
        let (key, id) = try moderated(call)
        let status = standing(of: id, in: key, at: call.now).status
        guard status != .left, status == .kicked || !call.arguments.flag("only_if_banned") else { return true }
        change(id, in: key, to: .left, by: call.bot, now: call.now)
        return true
    }

    mutating func restrictMember(_ call: BotCall) throws(CallFailure) -> JSON {
        let (key, id) = try moderated(call)
        guard chats[key]?.kind == .supergroup else { throw .badRequest("method is available only for supergroups") }
        guard let permissions = call.arguments.json("permissions"), permissions.members != nil else {
            throw .badRequest("can't parse permissions JSON object")
        }
        let allowed = Set(Membership.permissionNames.filter { permissions[$0]?.boolean == true })
        let isPresent = standing(of: id, in: key, at: call.now).isPresent
        var restricted: Membership = isPresent ? .member : .left
        if allowed != Set(Membership.permissionNames) {
            restricted = Membership(status: .restricted)
            restricted.permissions = allowed
            restricted.isAway = !isPresent
            restricted.until = TelegramWorld.end(of: call)
        }
        change(id, in: key, to: restricted, by: call.bot, now: call.now)
        return true
    }

    /// Makes an administrator of somebody, or, with no right given, a member again.
    mutating func promoteMember(_ call: BotCall) throws(CallFailure) -> JSON {
        let key = try readableChat(call)
        let id = try member(call)
        guard case .room = key else { throw .badRequest("chat member status can't be changed in private chats") }
        guard id != call.bot else { throw .badRequest("can't promote self") }
        let old = standing(of: id, in: key, at: call.now)
        if old.status == .creator { throw .badRequest("can't remove chat owner") }
        try require(.promoteMembers, key, call.bot, to: "promote chat members")
        guard old.isPresent else { throw .badRequest("USER_NOT_PARTICIPANT") }
        let kind = chats[key]?.kind ?? .group
        var rights = Set(Membership.Right.allCases.filter { $0.exists(in: kind) && call.arguments.flag($0.rawValue) })
        // Who has any other right has this one, too.
        if !rights.isEmpty { rights.insert(.manageChat) }
        let new = rights.isEmpty ? Membership.member : Membership(status: .administrator, rights: rights)
        change(id, in: key, to: new, by: call.bot, now: call.now)
        return true
    }

    /// How somebody stands to a room, times that are over taken into account.
    func standing(of id: Int64, in key: ChatKey, at now: Date) -> Membership {
        let membership = chats[key]?.memberships[id] ?? .left
        guard let until = membership.until, Double(until) <= now.timeIntervalSince1970 else { return membership }
        return membership.isPresent ? .member : .left
    }

    private func moderated(_ call: BotCall) throws(CallFailure) -> (ChatKey, Int64) {
        let key = try readableChat(call)
        let id = try member(call)
        guard case .room = key else { throw .badRequest("chat member status can't be changed in private chats") }
        guard id != call.bot else { throw .badRequest("can't restrict self") }
        try require(.restrictMembers, key, call.bot, to: "restrict/unrestrict chat member")
        switch chats[key]?.memberships[id]?.status {
        case .creator: throw .badRequest("can't remove chat owner")
        case .administrator: throw .badRequest("user is an administrator of the chat")
        case .member, .restricted, .left, .kicked, nil: return (key, id)
        }
    }

    private static func end(of call: BotCall) -> Int? {
        let until = call.arguments.integer("until_date")
        return timedFor.contains(until - call.date) ? until : nil
    }
}
