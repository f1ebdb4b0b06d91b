import Foundation

/// One message of the outbox, sent or not, as it travels.
public struct OutboxRecord: TransferRecord {
    public enum State: String, Codable, CaseIterable, Sendable {
        case queued
        /// It was on its way; a start of the club recovers it.
        case sending
        case sent
        case failed
        case unreachable
        case unknown
    }

    /// Its place in the order of arrival.
    public var sequence: Int64
    public var draft: OutboxDraft
    public var createdAt: Date
    public var state: State
    /// How often sending it was begun.
    public var attempts: Int
    /// Whether an attempt may have reached the recipient.
    public var isUncertain: Bool
    /// It is not sent before this moment.
    public var notBefore: Date?
    /// When it was sent or given up.
    public var settledAt: Date?
    /// The messenger's id of the message that was sent.
    public var message: Int64?
    /// Why it was given up.
    public var reason: String?

    public static var collection: String { StoredCollection.outbox.rawValue }

    /// The sequence.
    public var key: String { RecordKey.text(sequence: sequence) }

    public init(
        sequence: Int64,
        draft: OutboxDraft,
        createdAt: Date,
        state: State = .queued,
        attempts: Int = 0,
        isUncertain: Bool = false,
        notBefore: Date? = nil,
        settledAt: Date? = nil,
        message: Int64? = nil,
        reason: String? = nil
    ) {
        self.sequence = sequence
        self.draft = draft
        self.createdAt = createdAt
        self.state = state
        self.attempts = attempts
        self.isUncertain = isUncertain
        self.notBefore = notBefore
        self.settledAt = settledAt
        self.message = message
        self.reason = reason
    }
}

/// A conversation to which nothing is sent before a moment, as it travels. It may be over.
public struct OutboxHoldRecord: TransferRecord {
    public var bot: BotName
    public var chat: ChatID
    public var until: Date

    public static var collection: String { StoredCollection.outboxHolds.rawValue }

    /// Bot and chat; see `RecordKey.text(bot:chat:)`.
    public var key: String { RecordKey.text(bot: bot, chat: chat) }

    public init(bot: BotName, chat: ChatID, until: Date) {
        self.bot = bot
        self.chat = chat
        self.until = until
    }
}

/// A dedupe key whose message is forgotten, as it travels.
public struct OutboxKeyRecord: TransferRecord {
    public var dedupeKey: String

    public static var collection: String { StoredCollection.outboxKeys.rawValue }

    /// The dedupe key.
    public var key: String { dedupeKey }

    public init(dedupeKey: String) {
        self.dedupeKey = dedupeKey
    }
}
