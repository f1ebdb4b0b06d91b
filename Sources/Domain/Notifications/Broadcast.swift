import Foundation

public struct BroadcastID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Its messages in the outbox.
    public var batch: OutboxBatch { OutboxBatch(rawValue: "broadcast:\(rawValue)") }
}

/// One announcement of an admin to many people: shown to the admin, sent after they confirm it, and followed to its end.
public struct Broadcast: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(BroadcastID)
    }

    /// To whom it goes; all of them active members.
    public enum Audience: String, Codable, CaseIterable, Sendable {
        case members
        /// Hosts, admins and the owner.
        case hosts

        public var leastRole: Role {
            switch self {
            case .members: .member
            case .hosts: .host
            }
        }
    }

    public enum State: String, Codable, CaseIterable, Sendable {
        /// The admin looks at it.
        case draft
        case sending
        /// Everybody's message is sent or given up.
        case done
        /// Ended by an admin: what was not sent by then is withdrawn.
        case stopped
    }

    public static let collection = "broadcasts"
    public static let schema = 1

    public let id: BroadcastID
    public let author: MemberID
    public let text: RichText
    public internal(set) var audience: Audience
    public internal(set) var state = State.draft
    public let createdAt: Date
    /// When it was confirmed; nil for a draft, and for one that was dropped.
    public internal(set) var startedAt: Date?
    /// When the last message was sent, given up or withdrawn.
    public internal(set) var endedAt: Date?
    /// How many people belonged to the audience when it was confirmed.
    public internal(set) var expected = 0
    /// How many messages were stored so far.
    public internal(set) var recipients = 0
    /// Who belongs to the audience and cannot be written to: they only find it in their list.
    public internal(set) var listedOnly = 0
    /// How far it has come in the list of members, as `PageCursor.text`; nil before the first page.
    var reached: String?
    /// Whether the whole list of members was gone through.
    public internal(set) var isSpread = false
    /// The message that shows its author how far it is, where there is one.
    public internal(set) var place: CardPlace?
    /// What its author was told last, and when; at the end, what has become of it.
    public internal(set) var tally: BroadcastTally?
    var toldAt: Date?

    public init(id: BroadcastID, author: MemberID, text: RichText, audience: Audience = .members, now: Date) {
        self.id = id
        self.author = author
        self.text = text
        self.audience = audience
        createdAt = now
    }

    /// By this admins' list is ordered, the newest first; nil where it does not stand there, for it was never sent.
    public var listedAt: Date? { startedAt }

    /// Since when something is left to do; nil where nothing is.
    public var isOpenSince: Date? { endedAt == nil ? startedAt : nil }

    /// When it was written, where it was never sent; such a one is forgotten after a day.
    public var draftedAt: Date? { startedAt == nil ? createdAt : nil }

    /// Whether its messages may go out.
    public var isSending: Bool { state == .sending }

    /// Its place in admins' list.
    public var cursor: PageCursor? { listedAt.map { PageCursor(time: $0, id: id.rawValue) } }
}

/// What has become of a broadcast's messages so far.
public struct BroadcastTally: Codable, Equatable, Sendable {
    public var sent = 0
    /// Recipients who have blocked the bot or do not exist any more.
    public var blocked = 0
    public var failed = 0
    /// Perhaps sent; a crash came between.
    public var unknown = 0
    /// Still to be sent.
    public var left = 0
    /// Not sent any more: it was stopped.
    public var withdrawn = 0

    public init() {}

    /// What the outbox counts of a broadcast.
    public init(_ counts: OutboxCounts, of broadcast: Broadcast) {
        sent = counts.sent
        blocked = counts.unreachable + broadcast.listedOnly
        failed = counts.failed
        unknown = counts.unknown
        left = counts.queued + counts.sending
        let rest = broadcast.recipients - counts.sent - counts.unreachable - counts.failed - counts.unknown - left
        if broadcast.state == .stopped {
            withdrawn = max(0, rest)
        } else if !broadcast.isSpread {
            left = max(left, broadcast.expected - total)
        }
    }

    /// How many are dealt with.
    public var settled: Int { sent + blocked + failed + unknown + withdrawn }
    public var total: Int { settled + left }
}

/// Keeps broadcasts.
public protocol BroadcastStore: EntityStore where Entity == Broadcast {
    /// Those that were sent, by `listedAt`, the newest first, of the same moment by their ids, the greatest first.
    func list(after cursor: PageCursor?, limit: Int) async throws(StoreError) -> Page<Broadcast>

    /// Those with which something is left to do, the oldest first; at most `limit`.
    func open(limit: Int) async throws(StoreError) -> [Broadcast]
}
