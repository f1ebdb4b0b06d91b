import Foundation

public struct DeliveryDayID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(_ day: ClubDay) {
        self.init(rawValue: day.rawValue)
    }
}

/// What became of the messages of one day. It outlives them, and holds neither people nor words.
public struct DeliveryDay: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(DeliveryDayID)
    }

    public static let collection = "delivery_days"
    public static let schema = 1
    /// So many reasons are told apart; what is beyond is counted as `otherReason`.
    static let reasonLimit = 20
    /// Longest reason that is kept, in characters.
    static let reasonLength = 100
    public static let otherReason = "…"

    /// On which the messages were sent or given up.
    public let day: ClubDay
    /// By `DeliveryKind.rawValue`.
    public private(set) var kinds: [String: DeliveryCount] = [:]
    /// Why messages were given up, and how often. Not those to people who have blocked the bot.
    public private(set) var reasons: [String: Int] = [:]
    /// The last message that is counted here.
    public private(set) var reached: OutboxPlace

    public var id: DeliveryDayID { DeliveryDayID(day) }

    /// Nothing yet; counting goes on behind `reached`.
    init(day: ClubDay, after reached: OutboxPlace) {
        self.day = day
        self.reached = reached
    }

    public func count(_ kind: DeliveryKind) -> DeliveryCount { kinds[kind.rawValue] ?? DeliveryCount() }

    /// All kinds together.
    public var total: DeliveryCount {
        kinds.values.reduce(into: DeliveryCount()) { $0.add($1) }
    }

    /// Counts a message that was sent or given up; others are passed over.
    mutating func take(_ record: OutboxRecord) {
        guard let place = OutboxPlace(record) else { return }
        kinds[record.draft.deliveryKind.rawValue, default: DeliveryCount()].take(record)
        reached = max(reached, place)
        guard record.state == .failed else { return }
        let reason = String((record.reason ?? Self.otherReason).prefix(Self.reasonLength))
        let isKnown = reasons[reason] != nil || reasons.count < Self.reasonLimit
        reasons[isKnown ? reason : Self.otherReason, default: 0] += 1
    }
}

/// How many messages came to what end.
public struct DeliveryCount: Codable, Equatable, Sendable {
    public private(set) var sent = 0
    public private(set) var failed = 0
    /// The recipient had blocked the bot or is not there any more.
    public private(set) var blocked = 0
    /// They may have arrived.
    public private(set) var unknown = 0
    /// Of those that were sent: from being stored to being sent.
    public private(set) var delays = DelayHistogram()

    public init() {}

    public var total: Int { sent + failed + blocked + unknown }

    mutating func take(_ record: OutboxRecord) {
        switch record.state {
        case .sent:
            sent += 1
            let end = record.settledAt ?? record.createdAt
            delays.add(.milliseconds(Timestamp.milliseconds(end) - Timestamp.milliseconds(record.createdAt)))
        case .failed: failed += 1
        case .unreachable: blocked += 1
        case .unknown: unknown += 1
        case .queued, .sending: break
        }
    }

    public mutating func add(_ other: DeliveryCount) {
        sent += other.sent
        failed += other.failed
        blocked += other.blocked
        unknown += other.unknown
        delays.add(other.delays)
    }
}

/// Keeps what became of messages, day by day.
public protocol DeliveryDayStore: EntityStore where Entity == DeliveryDay {}
