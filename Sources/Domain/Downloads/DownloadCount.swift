import Foundation

/// Made of what is counted: `e.<episode>`, `e.<episode>.<day>`, `c.<day>`.
public struct DownloadCountID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Of an episode since it is there.
    public static func episode(_ podcast: PodcastID) -> Self { Self(rawValue: "e.\(podcast)") }

    /// Of an episode on one day.
    public static func episode(_ podcast: PodcastID, on day: ClubDay) -> Self { Self(rawValue: "e.\(podcast).\(day)") }

    /// Of the whole club on one day.
    public static func club(on day: ClubDay) -> Self { Self(rawValue: "c.\(day)") }
}

/// How many downloads there were. It names nobody.
public struct DownloadCount: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(DownloadCountID)
    }

    public static let collection = "download_counts"
    public static let schema = 1

    public let id: DownloadCountID
    public internal(set) var count = 0

    public init(id: DownloadCountID) {
        self.id = id
    }
}

/// Keeps how many downloads there were.
public protocol DownloadCountStore: EntityStore where Entity == DownloadCount {}

extension DownloadCountStore {
    /// The counts of these things, 0 where there were none.
    public func counts(_ ids: [DownloadCountID]) async throws(StoreError) -> [DownloadCountID: Int] {
        var counts = Dictionary(ids.map { ($0, 0) }) { first, _ in first }
        guard !ids.isEmpty else { return counts }
        for found in try await find(ids: ids) { counts[found.id] = found.count }
        return counts
    }
}
