import Foundation

// Who is in a group or channel, and who wants to be. Source: Bot API, `ChatMember`, `ChatMemberUpdated`,
// `ChatJoinRequest`.

/// How somebody stands to a chat.
public struct TelegramStanding: Decodable, Sendable, Equatable {
    public var status: String
    @Lenient var user: TelegramUser?
    /// Of somebody restricted: whether they are in the chat now.
    @Lenient var isMember: Bool?
    /// Of an administrator: whether they may let people in who ask for it.
    @Lenient public var canInviteUsers: Bool?
    /// Of an administrator of a channel: whether they may post there.
    @Lenient public var canPostMessages: Bool?
    /// Of an administrator of a channel: whether they may edit what others have posted, and everything at any time.
    @Lenient public var canEditMessages: Bool?

    /// Whether they run the chat. In a channel a bot sees posts only then, and everywhere who comes and goes.
    public var isAdministrator: Bool { status == "administrator" || status == "creator" }

    /// Whether they may answer people who ask to be let in.
    public var mayAnswerRequests: Bool { status == "creator" || (isAdministrator && canInviteUsers == true) }

    /// Whether they may post in the channel.
    public var mayPost: Bool { status == "creator" || (isAdministrator && canPostMessages == true) }

    /// Whether they may edit posts of any age in the channel.
    public var mayEdit: Bool { status == "creator" || (isAdministrator && canEditMessages == true) }

    /// Whether they were put out, and may not come back.
    var isPutOut: Bool { status == "kicked" }

    /// Whether they are in the chat; nil where the status is none that this program knows.
    var isPresent: Bool? {
        switch status {
        case "creator", "administrator", "member": true
        case "restricted": isMember
        case "left", "kicked": false
        default: nil
        }
    }
}

/// How a person's or the bot's standing in a chat has changed.
public struct TelegramChatMemberUpdate: Decodable, Sendable, Equatable {
    var chat: TelegramChat
    /// Who has changed it.
    var from: TelegramUser
    @Lenient var oldChatMember: TelegramStanding?
    @Lenient var newChatMember: TelegramStanding?
}

/// Somebody asks to be let into a chat.
public struct TelegramJoinRequest: Decodable, Sendable, Equatable {
    var chat: TelegramChat
    var from: TelegramUser
    /// Where the bot may write to them for 5 minutes, though they have never written to it.
    @Lenient var userChatId: Int64?
    @Lenient var date: Int64?
}

/// Lets somebody in who has asked for it.
struct ApproveChatJoinRequest: TelegramMethod {
    typealias Answer = Acknowledgement
    static let name = "approveChatJoinRequest"
    static let isRepeatable = true

    var chatId: Int64
    var userId: Int64
}

/// Turns somebody away who has asked to be let in.
struct DeclineChatJoinRequest: TelegramMethod {
    typealias Answer = Acknowledgement
    static let name = "declineChatJoinRequest"
    static let isRepeatable = true

    var chatId: Int64
    var userId: Int64
}
