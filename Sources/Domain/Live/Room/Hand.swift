import Foundation

/// A raised hand.
public struct Hand: Codable, Equatable, Sendable {
    public let member: MemberID
    /// How the member stood at the moment of raising. Each minute of waiting counts one more.
    public let priority: Double
    public let at: Date
    /// What they want to speak about.
    public internal(set) var topic: RoomMessage?
    /// Raised in the messenger by somebody who was not in the room: it stays up without them.
    public let isRemote: Bool

    /// What its place in the queue depends on. Waiting counts the same for all, so it needs no time of looking: a hand
    /// of one point more stands where one stands that was raised a minute before.
    private var weight: Double { priority * 60 - at.timeIntervalSince1970 }

    /// Whether it is taken before another one.
    func precedes(_ other: Hand) -> Bool {
        if weight != other.weight { return weight > other.weight }
        if at != other.at { return at < other.at }
        return RecordKey.precedes(member.rawValue, other.member.rawValue)
    }
}

/// The raised hands in the order in which they are taken; each member has one at most.
public struct HandQueue: Equatable, Sendable {
    public private(set) var hands: [Hand] = []
    private var members: Set<MemberID> = []

    public var count: Int { hands.count }
    public var first: Hand? { hands.first }

    public func contains(_ member: MemberID) -> Bool { members.contains(member) }

    /// Where a member stands, from 1 on.
    public func position(of member: MemberID) -> Int? {
        guard contains(member) else { return nil }
        return hands.firstIndex { $0.member == member }.map { $0 + 1 }
    }

    public func hand(of member: MemberID) -> Hand? {
        guard contains(member) else { return nil }
        return hands.first { $0.member == member }
    }

    /// Puts a hand behind those that are taken before it. A member's second one is left out.
    mutating func insert(_ hand: Hand) {
        guard members.insert(hand.member).inserted else { return }
        var low = 0
        var high = hands.count
        while low < high {
            let middle = (low + high) / 2
            if hands[middle].precedes(hand) { low = middle + 1 } else { high = middle }
        }
        hands.insert(hand, at: low)
    }

    mutating func remove(_ member: MemberID) {
        guard members.remove(member) != nil else { return }
        hands.removeAll { $0.member == member }
    }

    mutating func removeAll() {
        self = HandQueue()
    }

    mutating func forget(_ topic: RoomMessageID) {
        for index in hands.indices where hands[index].topic?.id == topic { hands[index].topic = nil }
    }

    var withoutWords: HandQueue {
        var copy = self
        for index in copy.hands.indices { copy.hands[index].topic = copy.hands[index].topic?.withoutWords }
        return copy
    }
}

/// A question to a member whether they come onto the stage.
public struct StageInvitation: Codable, Equatable, Sendable {
    public let member: MemberID
    public let by: MemberID
    /// The answer counts before this moment only.
    public let until: Date
}

/// A place on the stage.
public struct StageSeat: Equatable, Sendable {
    public let member: MemberID
    public let since: Date
}
