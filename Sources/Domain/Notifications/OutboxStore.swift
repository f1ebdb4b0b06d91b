import Foundation

/// A stored message on its way.
public struct OutboxRow: Equatable, Sendable {
    /// Grows with each row of the store.
    public var sequence: Int64
    public var draft: OutboxDraft
    /// How often sending it was begun, this time included.
    public var attempts: Int
    /// Whether an earlier attempt may have reached the recipient. It is then tried this once more, and never again.
    public var isUncertain: Bool
    public var createdAt: Date

    public init(sequence: Int64, draft: OutboxDraft, attempts: Int, isUncertain: Bool, createdAt: Date) {
        self.sequence = sequence
        self.draft = draft
        self.attempts = attempts
        self.isUncertain = isUncertain
        self.createdAt = createdAt
    }
}

/// What became of one attempt to send a row.
public enum OutboxOutcome: Equatable, Sendable {
    /// It was delivered. The number is the messenger's id of the message, where it has one.
    case sent(message: Int64?)
    /// It surely was not delivered. Try again, not before this moment.
    case retry(notBefore: Date)
    /// Nobody knows whether it was delivered. Try once more, not before this moment; after a second time it stays
    /// `unknown`.
    case unknown(notBefore: Date)
    /// It will never be delivered, and why, without the message's text.
    case failed(reason: String)
    /// The recipient has blocked the bot or does not exist any more.
    case unreachable(reason: String)
}

/// How many rows of the outbox are in each state.
public struct OutboxCounts: Equatable, Sendable {
    public var queued = 0
    public var sending = 0
    public var sent = 0
    public var failed = 0
    public var unreachable = 0
    /// Rows that may have been delivered and are not tried again.
    public var unknown = 0

    public init() {}

    /// Says how many rows are in a state, by its name in the stores; other names are passed over.
    public mutating func set(_ count: Int, of state: String) {
        switch OutboxRecord.State(rawValue: state) {
        case .queued: queued = count
        case .sending: sending = count
        case .sent: sent = count
        case .failed: failed = count
        case .unreachable: unreachable = count
        case .unknown: unknown = count
        case nil: break
        }
    }
}

/// Keeps messages from the moment they were decided until they were sent.
///
/// Rows of one conversation are sent one at a time: first by lane, then in the order of arrival.
public protocol OutboxStore: Sendable {
    /// Stores drafts, passing over those whose dedupe key is there already; together with each, what of it stands in
    /// somebody's list of notifications. One that is not sent (`OutboxDraft.isSent`) leaves its key and its entry.
    func append(_ drafts: [OutboxDraft], now: Date) async throws(StoreError)

    /// Hands rows over for sending and marks them as being sent, in one step.
    ///
    /// At most one row of each conversation, its first; none of a conversation that has one being sent already or
    /// that is held; none before its `notBefore`. A first row that has to wait keeps back the others of its lane and
    /// of later lanes.
    /// - `lanes`: Only rows of these lanes. A row of another lane that is first in its conversation and due does not
    ///     keep back rows of `lanes`.
    /// - `excluded`: Conversations that the caller wants to leave in peace for the moment.
    func claim(
        bot: BotName,
        lanes: Set<OutboxLane>,
        excluding excluded: Set<ChatID>,
        limit: Int,
        now: Date
    ) async throws(StoreError) -> [OutboxRow]

    /// Stores what became of rows that `claim` handed over. Rows that are not being sent are passed over.
    func settle(_ outcomes: [(sequence: Int64, outcome: OutboxOutcome)], now: Date) async throws(StoreError)

    /// Sends nothing to a conversation before a moment; survives a restart.
    func hold(bot: BotName, chat: ChatID, until: Date) async throws(StoreError)

    /// After a crash: every row that was being sent is queued once more as uncertain; one that was uncertain already
    /// becomes unknown.
    /// - Returns: How many rows had been on their way.
    func recover(bot: BotName, now: Date) async throws(StoreError) -> Int

    /// Rewrites the conversation of all rows that are not finished: the group has become another one.
    func move(bot: BotName, from: ChatID, to: ChatID) async throws(StoreError)

    /// How many rows are in each state.
    func counts(bot: BotName) async throws(StoreError) -> OutboxCounts

    /// How many rows of a batch are in each state, without those that are forgotten: sent or given up 30 days ago, or
    /// withdrawn.
    func counts(batch: OutboxBatch) async throws(StoreError) -> OutboxCounts

    /// What was sent or given up behind a place and before a moment, in the order of those places; at most `limit`.
    func settled(after place: OutboxPlace, before end: Date, limit: Int) async throws(StoreError) -> [OutboxRecord]

    /// Forgets all rows of a batch that are queued: they are never sent, and their dedupe keys stay used. Those that
    /// are being sent stay. It may be done again.
    func withdraw(batch: OutboxBatch) async throws(StoreError)
}
