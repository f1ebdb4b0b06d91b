import Domain

/// A command of the bot's menu.
struct BotCommand: Codable, Equatable, Sendable {
    /// 1–32 characters: lower-case letters, digits and underscores.
    var command: String
    /// 1–256 characters.
    var description: String
}

/// Whom a menu is for. A narrower one goes before a wider one. Source: Bot API, `BotCommandScope`.
struct BotCommandScope: Codable, Equatable, Sendable {
    var type: String
    var chatId: Int64?

    static let everybody = BotCommandScope(type: "default")
    static let privateChats = BotCommandScope(type: "all_private_chats")

    static func chat(_ chat: ChatID) -> BotCommandScope {
        BotCommandScope(type: "chat", chatId: chat.rawValue)
    }
}

struct SetMyCommands: TelegramMethod {
    typealias Answer = Acknowledgement
    static let name = "setMyCommands"
    static let isRepeatable = true

    /// At most 100.
    var commands: [BotCommand]
    var scope: BotCommandScope?
    /// Nil: for everybody in the scope who has no menu in their own language.
    var languageCode: String?
}

struct DeleteMyCommands: TelegramMethod {
    typealias Answer = Acknowledgement
    static let name = "deleteMyCommands"
    static let isRepeatable = true

    var scope: BotCommandScope?
}

/// What a person sees in an empty chat with the bot.
struct SetMyDescription: TelegramMethod {
    typealias Answer = Acknowledgement
    static let name = "setMyDescription"
    static let isRepeatable = true

    /// At most 512 characters.
    var description: String
    var languageCode: String?
}

/// What stands on the bot's page, and goes with its link.
struct SetMyShortDescription: TelegramMethod {
    typealias Answer = Acknowledgement
    static let name = "setMyShortDescription"
    static let isRepeatable = true

    /// At most 120 characters.
    var shortDescription: String
    var languageCode: String?
}
