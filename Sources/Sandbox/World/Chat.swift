import Foundation

/// Names a conversation. A private chat belongs to one bot and one person: the same person has another with every bot.
enum ChatKey: Codable, Sendable, Hashable {
    case direct(bot: Int64, person: Int64)
    case room(Int64)

    /// The id by which bots name the chat: the person's for a private chat.
    var wireID: Int64 {
        switch self {
        case .direct(_, let person): person
        case .room(let id): id
        }
    }

    /// The bot of a private chat.
    var botID: Int64? {
        guard case .direct(let bot, _) = self else { return nil }
        return bot
    }
}

/// A private chat, a group or a channel with its people and its newest messages.
struct Chat: Codable, Sendable {
    enum Kind: String, Codable, Sendable {
        case direct = "private"
        case group
        case supergroup
        case channel
    }

    /// Messages kept in one chat; the oldest are forgotten first.
    static let messageCapacity = 10_000

    let key: ChatKey
    let kind: Kind
    var title = ""
    var username: String?
    var about: String?
    /// Posts carry their author's name.
    var signsPosts = false
    /// A channel's discussion group, or the channel that a group discusses.
    var linkedChat: Int64?
    /// The supergroup that the group became: nothing can be sent here since.
    var migratedTo: Int64?
    /// Whether its owner has deleted the group; nil: it is there.
    var isDeleted: Bool?
    /// Everybody who is or was in it, people and bots. Empty in a private chat.
    var memberships: [Int64: Membership] = [:]
    /// People who asked to join, with the time of asking.
    var joinRequests: [Int64: Date] = [:]
    /// Everybody who ever asked: the bots that run it have met them.
    @BlankIfMissing var askers: [Int64] = []
    /// By which link they asked, where it was one.
    @BlankIfMissing var requestLinks: [Int64: String] = [:]
    @BlankIfMissing var inviteLinks: [InviteLink] = []
    /// By number, ascending.
    private(set) var messages: [Message] = []
    /// The highest number ever given here.
    private(set) var lastMessageID = 0
    /// Numbers of pinned messages, the newest last.
    var pinned: [Int] = []
    /// What was deleted lately, so that those who follow the chat learn of it.
    private(set) var deletions: [Deletion] = []
    /// Private chat: the person has pressed Start, so that the bot may write.
    var isStarted = false
    /// Private chat: the person has blocked the bot.
    var isBlocked = false

    struct Deletion: Codable, Sendable {
        let sequence: Int
        let message: Int
    }

    init(key: ChatKey, kind: Kind) {
        self.key = key
        self.kind = kind
    }

    /// The message of that number, unless it is gone.
    func message(_ id: Int) -> Message? {
        position(of: id).map { messages[$0] }
    }

    /// Numbers messages after those of another chat.
    mutating func continueNumbers(of other: Chat) {
        lastMessageID = max(lastMessageID, other.lastMessageID)
    }

    /// Adds a message at the end; its number has to be higher than all before.
    mutating func append(_ message: Message) {
        lastMessageID = max(lastMessageID, message.id)
        messages.append(message)
        if messages.count > Chat.messageCapacity {
            messages.removeFirst(messages.count - Chat.messageCapacity)
        }
    }

    /// Puts a changed message in the place of the one with its number.
    mutating func replace(_ message: Message) {
        guard let position = position(of: message.id) else { return }
        messages[position] = message
    }

    /// Takes a message away.
    mutating func remove(_ id: Int, sequence: Int) {
        guard let position = position(of: id) else { return }
        messages.remove(at: position)
        pinned.removeAll { $0 == id }
        deletions.append(Deletion(sequence: sequence, message: id))
        if deletions.count > 1_000 { deletions.removeFirst() }
    }

    private func position(of id: Int) -> Int? {
        var low = 0
        var high = messages.count
        while low < high {
            let middle = (low + high) / 2
            if messages[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < messages.count && messages[low].id == id ? low : nil
    }
}
