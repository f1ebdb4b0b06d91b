import Foundation

/// A conversation in the messenger. A person's private conversation has the person's own number.
public struct ChatID: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    public let rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    public var description: String { String(rawValue) }

    /// Whether it is one person's private conversation with the bot, not a group or a channel.
    public var isPrivate: Bool { rawValue > 0 }
}

/// How soon a message has to go. Lower ones go first; within a lane the order is that of arrival.
public enum OutboxLane: Int, Codable, Comparable, CaseIterable, Sendable {
    /// The answer to what the person did just now, or what is worth nothing a minute later.
    case answers = 0
    /// What somebody wants to know at once, without having asked at this moment.
    case alerts = 1
    /// What may wait.
    case digests = 2

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// One message to one conversation, before it is stored.
public struct OutboxDraft: Codable, Equatable, Sendable {
    /// What is said.
    public enum Body: Codable, Equatable, Sendable {
        /// Something that the club tells; the sender puts it into the words of the recipient's language.
        case notice(Notice)
        /// A message that the messenger's adapter has laid out already. Opaque to Domain and to stores.
        case prepared(Data)
    }

    /// Unique in the outbox for ever: a draft whose key is there already is passed over.
    public var dedupeKey: String
    /// The bot that sends it.
    public var bot: BotName
    public var chat: ChatID
    public var lane: OutboxLane
    public var body: Body
    /// After this it is not worth sending any more, and is dropped as failed. Nil: never.
    public var expiresAt: Date?
    /// With which others it is counted; nil: with none.
    public var batch: OutboxBatch?
    /// In whose list of notifications it stands; nil: in nobody's. Known until it is stored: the list has it then.
    public var listing: Listing?

    public init(
        dedupeKey: String,
        bot: BotName = .club,
        chat: ChatID,
        lane: OutboxLane,
        body: Body,
        expiresAt: Date? = nil,
        batch: OutboxBatch? = nil,
        listing: Listing? = nil
    ) {
        self.dedupeKey = dedupeKey
        self.bot = bot
        self.chat = chat
        self.lane = lane
        self.body = body
        self.expiresAt = expiresAt
        self.batch = batch
        self.listing = listing
    }

    /// An alert that the club tells one person, by the club's bot; it stands in their list where the notice belongs
    /// there.
    /// - Returns: nil where the person has no private conversation with a bot.
    public init?(key: String, to member: Member, notice: Notice) {
        guard let chat = member.privateChat else { return nil }
        self.init(
            dedupeKey: key,
            chat: chat,
            lane: .alerts,
            body: .notice(notice),
            listing: Listing(of: notice, for: member)
        )
    }
}
