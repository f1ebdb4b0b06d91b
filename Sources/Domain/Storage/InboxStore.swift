import Foundation

/// The bot whose token an update came with, or that has to send a message. A stable name, never the token.
public struct BotName: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The bot that talks with members and admins.
    public static let club = BotName(rawValue: "club")
    /// The bot that reads the recording channel, where it has a token of its own.
    public static let recorder = BotName(rawValue: "recorder")
}

/// One update as it came in, kept until it has been handled.
public struct InboxEntry: Codable, Equatable, Sendable {
    public var bot: BotName
    /// The sender's number of it; unique for a bot within 48 hours. Later another update may have it.
    public var updateID: Int64
    /// What has to be handled in order: the chat or the person. Entries of different lanes may be handled at once.
    public var lane: String
    /// The update's bytes as they were received.
    public var payload: Data
    public var receivedAt: Date
    /// How often handling it has failed.
    public var failures: Int

    public init(bot: BotName, updateID: Int64, lane: String, payload: Data, receivedAt: Date, failures: Int = 0) {
        self.bot = bot
        self.updateID = updateID
        self.lane = lane
        self.payload = payload
        self.receivedAt = receivedAt
        self.failures = failures
    }

    /// Names the update among all that ever come: after a quiet week its number may belong to another one.
    public var name: String { "\(bot):\(updateID):\(Timestamp.milliseconds(receivedAt))" }
}

/// An entry with its place in the order of arrival.
public struct InboxItem: Equatable, Sendable {
    /// Grows with each stored entry of the store. Says nothing about gaps.
    public var sequence: Int64
    public var entry: InboxEntry

    public init(sequence: Int64, entry: InboxEntry) {
        self.sequence = sequence
        self.entry = entry
    }
}

/// An update that was given up after it had failed too often.
public struct SetAsideUpdate: Equatable, Sendable {
    public var entry: InboxEntry
    /// What went wrong the last time, without the update's text.
    public var error: String

    public init(entry: InboxEntry, error: String) {
        self.entry = entry
        self.error = error
    }
}

/// Keeps what came in until it has been handled, so that a crash loses and doubles nothing.
///
/// Where a number has come a second time, as another update, it names that one.
public protocol InboxStore: Sendable {
    /// Stores the updates of one poll, then the offset for the next one.
    ///
    /// SQLite does both in one transaction; a store without transactions writes the updates first. Updates that are
    /// there already are passed over: those that are pending, and those that were finished or set aside at most 48
    /// hours before `receivedAt`. After that the number is another update's, which is stored.
    /// - Returns: How many were new.
    func receive(_ entries: [InboxEntry], nextOffset: Int64, bot: BotName) async throws(StoreError) -> Int

    /// The offset that `receive` stored last, or nil before the first.
    func offset(bot: BotName) async throws(StoreError) -> Int64?

    /// Entries that are not handled yet, in the order of their arrival.
    /// `after`: only those whose sequence is greater.
    func pending(bot: BotName, after sequence: Int64, limit: Int) async throws(StoreError) -> [InboxItem]

    /// As `pending(bot:after:limit:)`, of one lane only.
    func pending(
        bot: BotName,
        lane: String,
        after sequence: Int64,
        limit: Int
    ) async throws(StoreError) -> [InboxItem]

    /// How many entries are not handled yet.
    func pendingCount(bot: BotName) async throws(StoreError) -> Int

    /// Marks an update as handled and stores what it is answered with; both or nothing (a store without transactions
    /// stores the answers first). The update's payload is dropped, its id remembered for 48 hours.
    func finish(bot: BotName, updateID: Int64, outbox: [OutboxDraft], now: Date) async throws(StoreError)

    /// Counts a failure of handling an update.
    /// - Returns: How often it has failed by now.
    func recordFailure(bot: BotName, updateID: Int64) async throws(StoreError) -> Int

    /// Gives an update up: it is kept with its error for 90 days, is not pending any more, and the drafts are stored
    /// with it.
    func setAside(
        bot: BotName,
        updateID: Int64,
        error: String,
        outbox: [OutboxDraft],
        now: Date
    ) async throws(StoreError)

    /// Lets an update that was set aside be handled once more: pending behind all others, without failures. What is
    /// written down about it is stored with it (a store without transactions writes it down first).
    /// - Returns: Whether it was set aside; else nothing happens.
    func retry(bot: BotName, updateID: Int64, audit: [AuditEntry]) async throws(StoreError) -> Bool

    /// Drops an update that was set aside: it counts as handled. What is written down about it is stored as in `retry`.
    /// - Returns: Whether it was set aside; else nothing happens.
    func discard(
        bot: BotName,
        updateID: Int64,
        audit: [AuditEntry],
        now: Date
    ) async throws(StoreError) -> Bool

    /// Updates that were set aside, newest first.
    func setAside(bot: BotName, limit: Int) async throws(StoreError) -> [SetAsideUpdate]
}
