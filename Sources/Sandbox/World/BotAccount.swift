import Foundation

/// A bot: its token, what it set up about itself, and the updates that wait for it.
struct BotAccount: Codable, Sendable {
    /// Telegram's user id; the token begins with it.
    let id: Int64
    var token: String
    var username: String
    var name: String
    /// A revoked token is answered with 401 until it is restored.
    var isRevoked = false
    /// False: in groups it sees commands, replies to itself and service messages only, unless it is an admin.
    var readsAllGroupMessages = false
    /// Nobody can ask it inline.
    @BlankIfMissing var isInlineOff = false
    /// It hears which of its inline results are sent.
    @BlankIfMissing var hasInlineFeedback = false

    var queue = UpdateQueue()
    /// What `allowed_updates` was set to last; nothing means the default kinds.
    var allowedUpdates: Set<UpdateKind>?
    var webhook: Webhook?
    /// When the webhook was last set, for the limit of one call a second.
    var webhookSetAt: Date?
    /// Offset and time of the last `getUpdates`, which make the next one with the same offset slower.
    var lastPoll: Poll?

    /// Command lists by scope and language.
    var commands: [CommandScope: [JSON]] = [:]
    /// Texts by language; the empty language is the default.
    var descriptions: [String: String] = [:]
    var shortDescriptions: [String: String] = [:]
    /// Names by language that the bot gave itself; the empty language is the default.
    @BlankIfMissing var names: [String: String] = [:]
    /// Menu buttons by person; 0 is the default of all.
    var menuButtons: [Int64: JSON] = [:]

    /// The last number given to a message in a private chat: bots count these over all their private chats.
    var lastDirectMessageID = 0
    /// Download paths that were given out, by path.
    var downloads: [String: Download] = [:]
    /// Recent sends, for the flood limits.
    var flood = FloodMeter()

    struct Poll: Codable, Sendable {
        let offset: Int
        let at: Date
    }

    struct Webhook: Codable, Sendable {
        let url: String
        let maxConnections: Int
        let ipAddress: String?
    }

    struct Download: Codable, Sendable {
        let file: Int64
        /// The path answers until then.
        var validUntil: Date
    }

    /// The name that people see.
    var shownName: String { names[""] ?? name }

    /// The Bot API's `User`; `getMe` shows more of it than others see.
    func json(asItself: Bool = false) -> JSON {
        let user = JSON.fields([
            "id": .int(id),
            "is_bot": true,
            "first_name": .string(shownName),
            "username": .text(username),
        ])
        guard asItself else { return user }
        return user.followed(
            by: .fields([
                "can_join_groups": true,
                "can_read_all_group_messages": .bool(readsAllGroupMessages),
                "supports_inline_queries": .bool(!isInlineOff),
                "can_connect_to_business": false,
                "has_main_web_app": false,
            ])
        )
    }

    /// The kinds of updates that are queued for this bot from now on.
    func wants(_ kind: UpdateKind) -> Bool {
        allowedUpdates?.contains(kind) ?? UpdateKind.byDefault.contains(kind)
    }
}

/// Whom a command list is for.
struct CommandScope: Codable, Sendable, Hashable {
    /// The scope's `type`, with the chat and the user where it names them, for example `chat:42`.
    let audience: String
    /// Two-letter language, or empty.
    let language: String
}
