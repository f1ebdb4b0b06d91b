import Foundation

/// What people do with groups and channels themselves.
extension TelegramWorld {
    /// Notices that somebody can bring about by what they do in the app, as members of the Bot API's `Message`.
    static let noticeNames: Set<String> = [
        "new_chat_title", "delete_chat_photo", "group_chat_created", "supergroup_chat_created", "channel_chat_created",
        "message_auto_delete_timer_changed", "video_chat_scheduled", "video_chat_started", "video_chat_ended",
        "video_chat_participants_invited", "proximity_alert_triggered", "boost_added", "forum_topic_created",
        "forum_topic_closed", "forum_topic_reopened", "write_access_allowed", "chat_background_set",
    ]

    /// Puts a notice into a chat, of which the bots there hear.
    mutating func notify(_ members: JSON, by person: Int64, in key: ChatKey, now: Date) throws(ActRefused) -> Message {
        let names = members.members?.map(\.name) ?? []
        guard !names.isEmpty, names.allSatisfy(TelegramWorld.noticeNames.contains) else {
            throw .invalid("service is no object of service messages that the sandbox knows.")
        }
        try requirePresence(of: person, in: key)
        if let title = members["new_chat_title"]?.string { chats[key]?.title = title }
        return leave(.notice(members), by: .person(person), in: key, now: now)
    }

    /// Pins a message or takes the pin away. Bots hear of the first only.
    mutating func setPinned(
        _ isPinned: Bool,
        _ id: Int,
        by person: Int64,
        in key: ChatKey,
        now: Date
    ) throws(ActRefused) {
        guard let chat = chats[key], let message = chat.message(id), !message.isService else {
            throw .missing("There is no message \(id) in this chat.")
        }
        try requirePresence(of: person, in: key)
        let right: Membership.Right = chat.kind == .channel ? .editMessages : .pinMessages
        if case .room = key, chat.memberships[person]?.allows(right) != true {
            throw .forbidden("Only those who run the chat can pin there.")
        }
        guard chat.pinned.contains(id) != isPinned else { return }
        chats[key]?.pinned.removeAll { $0 == id }
        _ = nextSequence()
        guard isPinned else { return }
        chats[key]?.pinned.append(id)
        _ = leave(.pinned(message: id), by: .person(person), in: key, now: now)
    }

    /// Links a channel with the group that discusses it; the group of another link is free again.
    mutating func link(_ channel: ChatKey, with group: ChatKey?) throws(ActRefused) {
        guard case .room(let channelID) = channel, chats[channel]?.kind == .channel else {
            throw .invalid("Only channels have discussion groups.")
        }
        if let old = chats[channel]?.linkedChat { chats[.room(old)]?.linkedChat = nil }
        chats[channel]?.linkedChat = nil
        _ = nextSequence()
        guard let group else { return }
        guard case .room(let groupID) = group, chats[group]?.kind == .supergroup else {
            throw .invalid("Only a supergroup can discuss a channel.")
        }
        chats[channel]?.linkedChat = groupID
        chats[group]?.linkedChat = channelID
    }

    /// Makes a supergroup of a group: it gets another id, and the old one is answered with the new one.
    mutating func migrate(_ key: ChatKey, by person: Int64, now: Date) throws(ActRefused) -> ChatKey {
        guard case .room(let oldID) = key, let group = chats[key], group.kind == .group, group.migratedTo == nil else {
            throw .invalid("Only a group can become a supergroup.")
        }
        guard group.memberships[person]?.status == .creator else { throw .forbidden("Only its owner can do that.") }
        let newID = newRoomID(.supergroup)
        var supergroup = Chat(key: .room(newID), kind: .supergroup)
        supergroup.title = group.title
        supergroup.about = group.about
        supergroup.memberships = group.memberships
        add(supergroup)
        let farewell = JSON.fields(["migrate_to_chat_id": .int(newID)])
        let welcome = JSON.fields(["migrate_from_chat_id": .int(oldID)])
        _ = leave(.notice(farewell), by: .person(person), in: key, now: now)
        _ = leave(.notice(welcome), by: .person(person), in: supergroup.key, now: now)
        chats[key]?.migratedTo = newID
        return supergroup.key
    }

    /// Puts a service message into a chat and tells the bots that see it; all of them, for it is Telegram's own.
    @discardableResult
    mutating func leave(_ body: Message.Body, by sender: Message.Sender, in key: ChatKey, now: Date) -> Message {
        let date = Int(now.timeIntervalSince1970)
        let notice = store(Message(id: nextMessageID(in: key), chat: key, date: date, sender: sender, body: body))
        announce(notice, isEdit: false, now: now)
        return notice
    }

    private func requirePresence(of person: Int64, in key: ChatKey) throws(ActRefused) {
        _ = try acting(person)
        guard case .room = key else { return }
        guard let chat = chats[key] else { throw .missing("There is no such chat.") }
        guard chat.memberships[person]?.isPresent == true else { throw .forbidden("Only its members can do that.") }
    }
}
