/// A message or post as the world keeps it; what a bot sees of it is made when it is asked for.
struct Message: Codable, Sendable, Hashable {
    enum Sender: Codable, Sendable, Hashable {
        case person(Int64)
        case bot(Int64)
        /// A channel whose post was copied to its discussion group by Telegram itself.
        case channel(Int64)
    }

    enum Body: Codable, Sendable, Hashable {
        /// The second value is `link_preview_options` as the bot gave it.
        case text(FormattedText, preview: JSON?)
        /// A file with its caption.
        case media(file: Int64, caption: FormattedText)
        case pinned(message: Int)
        case joined(Int64)
        case left(Int64)
        /// A place, a contact or a die, as the members of the Bot API's `Message` that show it.
        case card(JSON)
        /// Any other notice, as the members of the Bot API's `Message` that show it.
        case notice(JSON)
    }

    /// Where a forwarded message came from.
    enum Origin: Codable, Sendable, Hashable {
        case channel(chat: Int64, message: Int, signature: String?, date: Int)
        case person(Int64, date: Int)
        case bot(Int64, date: Int)
    }

    let id: Int
    let chat: ChatKey
    /// Unix seconds.
    let date: Int
    var editDate: Int?
    /// Who wrote it. Bots are not told for channel posts.
    let sender: Sender
    var signature: String?
    var body: Body
    /// An `InlineKeyboardMarkup`.
    var keyboard: JSON?
    /// Buttons in place of the person's keyboard, their removal or a forced reply, as `reply_markup` had it.
    var replyKeyboard: JSON?
    /// Number of the message that it answers, in the same chat.
    var replyTo: Int?
    var origin: Origin?
    /// Shared by the parts of an album.
    var album: String?
    /// The bot whose inline result it is.
    var viaBot: Int64?
    /// The name by which that bot can change it.
    var inlineID: String?
    var isProtected = false
    /// Sent without a sound.
    var isSilent = false
    /// Reactions by who set them, as `ReactionType` objects.
    var reactions: [Int64: [JSON]] = [:]
    /// The place of its last change in the order of all changes of the world.
    var sequence = 0

    /// The file, where the message holds one.
    var file: Int64? {
        guard case .media(let file, _) = body else { return nil }
        return file
    }

    /// The caption, where the message holds a file.
    var caption: FormattedText? {
        guard case .media(_, let caption) = body else { return nil }
        return caption
    }

    /// Copied by Telegram from a channel to its discussion group.
    var isAutomaticForward: Bool {
        guard case .channel = sender else { return false }
        return true
    }

    /// Joins, leaves, pins and the like, which nobody wrote.
    var isService: Bool {
        switch body {
        case .text, .media, .card: false
        case .pinned, .joined, .left, .notice: true
        }
    }
}
