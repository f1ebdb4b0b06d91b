import Foundation

/// One update of the inbox, handled or not, as it travels.
public struct InboxRecord: TransferRecord {
    public enum State: String, Codable, CaseIterable, Sendable {
        case pending
        case finished
        case setAside = "set_aside"
    }

    /// Its place in the order of arrival.
    public var sequence: Int64
    /// Of a finished update the payload is empty.
    public var entry: InboxEntry
    public var state: State
    /// When it was finished or set aside, nil where it is pending.
    public var handledAt: Date?
    /// Why it was set aside.
    public var error: String?
    /// Whether another update has its number by now.
    public var isPast: Bool

    public static var collection: String { StoredCollection.inbox.rawValue }

    /// The sequence.
    public var key: String { RecordKey.text(sequence: sequence) }

    public init(
        sequence: Int64,
        entry: InboxEntry,
        state: State = .pending,
        handledAt: Date? = nil,
        error: String? = nil,
        isPast: Bool = false
    ) {
        self.sequence = sequence
        self.entry = entry
        self.state = state
        self.handledAt = handledAt
        self.error = error
        self.isPast = isPast
    }
}

/// Where a bot goes on asking for updates, as it travels.
public struct InboxOffsetRecord: TransferRecord {
    public var bot: BotName
    public var nextOffset: Int64

    public static var collection: String { StoredCollection.inboxOffsets.rawValue }

    /// The bot's name.
    public var key: String { bot.rawValue }

    public init(bot: BotName, nextOffset: Int64) {
        self.bot = bot
        self.nextOffset = nextOffset
    }
}
