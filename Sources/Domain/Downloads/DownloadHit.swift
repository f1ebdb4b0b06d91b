import Foundation

/// Who has fetched sound, without saying who: a keyed hash of the network address (of IPv6 the first 64 bits) and of
/// what the program calls itself. 22 characters.
public struct DownloadAudience: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Made of the episode and of who fetches it.
public struct DownloadHitID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(_ podcast: PodcastID, _ audience: DownloadAudience) {
        rawValue = "\(podcast).\(audience)"
    }
}

/// What one program at one address has fetched of one episode in the last 24 hours: the raw data of the downloads. It
/// is forgotten after `lifetime`.
public struct DownloadHit: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(DownloadHitID)
    }

    public static let collection = "download_hits"
    public static let schema = 1
    /// Within so long after its first request a program is counted once. Source: IAB Podcast Technical Measurement
    /// Guidelines 2.x.
    public static let window: Duration = .seconds(24 * 3600)
    /// How long raw data are kept.
    public static let lifetime: Duration = .seconds(90 * 24 * 3600)

    public let id: DownloadHitID
    public let podcast: PodcastID
    /// When the first request of the window came.
    public internal(set) var since: Date
    /// When the last one came that was looked at.
    public internal(set) var lastAt: Date
    /// How many milliseconds of sound were sent in the window.
    var milliseconds: Int64 = 0
    /// Whether the window has made a download, and every count has it.
    public internal(set) var isCounted = false

    public init(_ podcast: PodcastID, _ audience: DownloadAudience, now: Date) {
        id = DownloadHitID(podcast, audience)
        self.podcast = podcast
        since = Timestamp.rounded(now)
        lastAt = since
    }

    /// Whether the window has made a download and is not over: then nothing more can become of it.
    public func isDone(at now: Date) -> Bool { isCounted && isRunning(at: now) }

    private func isRunning(at now: Date) -> Bool { now < since.addingTimeInterval(Self.window.seconds) }

    /// Sound was sent, so much in time.
    mutating func send(_ sound: Duration, now: Date) {
        if !isRunning(at: now) {
            since = now
            milliseconds = 0
            isCounted = false
        }
        lastAt = max(lastAt, now)
        milliseconds += sound.wholeMilliseconds
    }
}

/// Keeps raw downloads. `ClubStore.prune` forgets those that are older than `DownloadHit.lifetime`.
public protocol DownloadHitStore: EntityStore where Entity == DownloadHit {}
