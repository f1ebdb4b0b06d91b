import Foundation

/// What a member was told of their progress, so that each level and each badge is told once.
public struct ToldProgress: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(MemberID)
    }

    public static let collection = "told_progress"
    public static let schema = 1

    public let id: MemberID
    /// The highest level that they were told, 1 at first.
    public internal(set) var level = 1
    /// The badges that they were told, and when.
    public internal(set) var badges: [String: Date] = [:]
    /// The level that they bear as a tag in the club's group; nil where none was set.
    public internal(set) var tag: Int?

    public init(id: MemberID) {
        self.id = id
    }

    /// When they were told of a badge; nil where they were not.
    public func told(_ badge: Badge) -> Date? { badges[badge.rawValue] }
}

/// Keeps what members were told of their progress.
public protocol ToldProgressStore: EntityStore where Entity == ToldProgress {}
