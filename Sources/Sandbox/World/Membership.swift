/// How somebody stands to a group or channel.
struct Membership: Codable, Sendable, Hashable {
    enum Status: String, Codable, Sendable {
        case creator
        case administrator
        case member
        case restricted
        case left
        case kicked
    }

    /// What an administrator may do. Raw values are the Bot API's names.
    enum Right: String, Codable, Sendable, CaseIterable {
        case manageChat = "can_manage_chat"
        case deleteMessages = "can_delete_messages"
        case manageVideoChats = "can_manage_video_chats"
        case restrictMembers = "can_restrict_members"
        case promoteMembers = "can_promote_members"
        case changeInfo = "can_change_info"
        case inviteUsers = "can_invite_users"
        case postStories = "can_post_stories"
        case editStories = "can_edit_stories"
        case deleteStories = "can_delete_stories"
        case postMessages = "can_post_messages"
        case editMessages = "can_edit_messages"
        case pinMessages = "can_pin_messages"
        case manageDirectMessages = "can_manage_direct_messages"
        case manageTags = "can_manage_tags"
        case sendWelcomeMessages = "can_send_welcome_messages"

        /// Only in channels, or only outside of them; the others everywhere.
        func exists(in kind: Chat.Kind) -> Bool {
            switch self {
            case .postMessages, .editMessages, .manageDirectMessages: kind == .channel
            case .pinMessages, .manageTags: kind != .channel
            case .manageChat, .deleteMessages, .manageVideoChats, .restrictMembers, .promoteMembers, .changeInfo,
                .inviteUsers, .postStories, .editStories, .deleteStories, .sendWelcomeMessages:
                true
            }
        }
    }

    var status: Status
    /// Rights of an administrator; the creator has all.
    var rights: Set<Right> = []
    /// When a ban or restriction ends, in Unix seconds; nothing: never.
    var until: Int?
    /// What somebody restricted may still do.
    var permissions: Set<String>?
    /// Somebody restricted is not in the chat now.
    var isAway: Bool?
    /// The tag of a regular member; nothing: none.
    var tag: String?

    /// What the Bot API's `ChatPermissions` can allow, in the order of `ChatMemberRestricted`.
    static let permissionNames = [
        "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
        "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
        "can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users",
        "can_pin_messages", "can_manage_topics",
    ]

    static let creator = Membership(status: .creator)
    static let member = Membership(status: .member)
    static let left = Membership(status: .left)
    static let kicked = Membership(status: .kicked)

    /// An administrator with everything that the owner can give away.
    static let administrator = Membership(
        status: .administrator,
        rights: Set(Right.allCases).subtracting([.promoteMembers])
    )

    /// Is in the chat now.
    var isPresent: Bool {
        switch status {
        case .creator, .administrator, .member: true
        case .restricted: isAway != true
        case .left, .kicked: false
        }
    }

    /// May write in a group, as far as it depends on them.
    var speaks: Bool {
        isPresent && (status != .restricted || permissions?.contains("can_send_messages") == true)
    }

    /// Runs the chat.
    var isAdministrator: Bool {
        status == .creator || status == .administrator
    }

    /// May do that in the chat.
    func allows(_ right: Right) -> Bool {
        status == .creator || (status == .administrator && rights.contains(right))
    }

    /// The Bot API's `ChatMember` for the given user object.
    func json(user: JSON, in kind: Chat.Kind) -> JSON {
        let head = JSON.fields(["user": user, "status": .string(status.rawValue)])
        switch status {
        case .creator: return head.followed(by: .fields(["is_anonymous": false]))
        case .administrator:
            let flags = Right.allCases.filter { $0.exists(in: kind) }
                .map { JSON.Member(name: $0.rawValue, value: .bool(rights.contains($0))) }
            return head.followed(by: .fields(["can_be_edited": false])).followed(by: .object(flags))
                .followed(by: .fields(["is_anonymous": false]))
        case .member: return head.followed(by: .fields(["tag": .text(tag)]))
        case .left: return head
        case .kicked: return head.followed(by: .fields(["until_date": .int(until ?? 0)]))
        case .restricted:
            let flags = Membership.permissionNames.map { name in
                JSON.Member(name: name, value: .bool(permissions?.contains(name) == true))
            }
            return head.followed(by: .fields(["tag": .text(tag)]))
                .followed(by: .fields(["until_date": .int(until ?? 0), "is_member": .bool(isAway != true)]))
                .followed(by: .object(flags))
        }
    }
}
