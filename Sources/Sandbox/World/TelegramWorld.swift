import Foundation

/// The whole of a small Telegram: people, bots, chats, messages and files, as one value.
///
/// Every change is a synchronous method that gets the time as an argument, so that rules can be tested by tables. It
/// holds no bytes of files, no connections and no clock; `SandboxTelegram` owns the one world of a sandbox and adds
/// these.
struct TelegramWorld: Codable, Sendable {
    var people: [Int64: Person] = [:]
    var bots: [Int64: BotAccount] = [:]
    var chats: [ChatKey: Chat] = [:]
    var files: [Int64: MediaFile] = [:]
    /// Buttons that were pressed lately, by query id.
    var presses: [String: ButtonPress] = [:]
    /// What was asked of bots inline lately, by query id.
    @BlankIfMissing var inlineQueries: [String: InlineQuery] = [:]
    /// What bots offered inline and may be shown again.
    @BlankIfMissing var inlineCache: [InlineCacheKey: CachedInlineAnswer] = [:]
    /// Channel posts whose reactions bots have not heard of yet, and when they are to.
    @BlankIfMissing var dueReactions: [ReactedPost: Date] = [:]
    var settings = WorldSettings()
    /// Counts every change that people can see; each changed message carries the count at its change.
    private(set) var sequence = 0
    /// How often everything began anew. Whoever follows changes forgets what they saw when it grows.
    private(set) var generation = 0
    /// When somebody last wrote to a bot, by chat: such chats may be answered faster.
    var lastWrote: [ChatKey: Date] = [:]
    /// What bots are doing in chats right now (`sendChatAction`).
    var actions: [ChatKey: ChatAction] = [:]
    /// Where ids come from.
    var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// Answers one call, or holds a `getUpdates` that found nothing.
    mutating func handle(_ call: BotCall) -> Outcome {
        do throws(CallFailure) {
            if call.method == .getUpdates { return try getUpdates(call) }
            return .answer(try answer(call))
        } catch {
            return .answer(.failure(error))
        }
    }

    /// The bot that a token belongs to.
    func bot(token: String) throws(CallFailure) -> Int64 {
        guard token.count <= 80, token.contains(":"), !token.hasPrefix("0") else {
            throw settings.refusesTokensAsCloud ? .notFound : .malformedToken
        }
        guard let bot = bots.values.first(where: { $0.token == token }), !bot.isRevoked else { throw .unauthorized }
        return bot.id
    }

    /// Begins anew as `founding`. Settings stay, and every number that was given out stays used, so that bots, which
    /// keep what they saw, do not take new updates and messages for old ones.
    mutating func beginAnew(as founding: TelegramWorld) {
        var fresh = founding
        fresh.sequence = sequence + 1
        fresh.generation = generation + 1
        fresh.settings = settings
        fresh.random = random
        for (id, bot) in bots where fresh.bots[id] != nil {
            fresh.bots[id]?.queue = bot.queue
            fresh.bots[id]?.queue.clear()
            fresh.bots[id]?.lastDirectMessageID = bot.lastDirectMessageID
        }
        for (key, chat) in chats { fresh.chats[key]?.continueNumbers(of: chat) }
        self = fresh
    }

    /// Marks a change and returns its place in the order of all changes.
    mutating func nextSequence() -> Int {
        sequence += 1
        return sequence
    }
}

/// Rules that can be switched off.
struct WorldSettings: Codable, Sendable, Hashable {
    /// Sends are refused with 429 beyond the figures of the bot FAQ.
    var limitsFlood = true
    /// A `getUpdates` that repeats its offset at once is slowed down and cut to one update, as the real server does it.
    var surprisesPollers = true
    /// Too many unanswered calls are refused, and uploads of the same size are spaced, as the real server does it.
    @BlankIfMissing var protectsItself = true
    /// A text that cannot be a token is answered with 404, as Telegram's cloud does it, not 401 as its server.
    @BlankIfMissing var refusesTokensAsCloud = false
    /// What a bot offered inline is kept for as long as it said, and it is not asked again.
    @BlankIfMissing var cachesInline = true
    /// How long the reactions to a channel post are gathered before bots hear of them.
    @BlankIfMissing var reactionDelay: Duration = .zero
    /// Where files lie as with a server that runs with `--local`; nothing: they are downloaded over HTTP.
    var localFolder: String?
}

/// What a bot shows that it is doing.
struct ChatAction: Codable, Sendable, Hashable {
    let bot: Int64
    /// The Bot API's name, for example `typing`.
    let name: String
    /// Apps stop showing it then.
    let until: Date
}

/// A button with `callback_data` that somebody pressed.
struct ButtonPress: Codable, Sendable, Hashable {
    /// What the bot said to it.
    struct Reply: Codable, Sendable, Hashable {
        let text: String
        let isAlert: Bool
        let url: String
    }

    /// How long a bot may take to answer. Telegram does not publish the time; some 30 s were seen.
    static let patience: TimeInterval = 30

    let id: String
    let bot: Int64
    let person: Int64
    let chat: ChatKey
    let message: Int
    let at: Date
    var reply: Reply?
}
