import Foundation

/// Made of the member and the episode.
public struct ListenID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(_ member: MemberID, _ podcast: PodcastID) {
        rawValue = "\(member).\(podcast)"
    }
}

/// A place in an episode.
public struct ListeningPosition: Codable, Equatable, Sendable {
    public let recording: RecordingID
    /// From the beginning of the recording, in milliseconds.
    private let milliseconds: Int64

    /// From the beginning of the recording.
    public var offset: Duration { .milliseconds(milliseconds) }

    public init(recording: RecordingID, offset: Duration) {
        self.recording = recording
        milliseconds = offset.wholeMilliseconds
    }
}

/// How far a member is with an episode, over all days.
///
/// The days are the truth: what is heard here is the union of theirs, so taking one over again changes nothing.
public struct Listen: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(ListenID)
    }

    public static let collection = "listens"
    public static let schema = 1

    public let id: ListenID
    public let member: MemberID
    public let podcast: PodcastID
    /// Where the member goes on; nil where the end was reached.
    public internal(set) var position: ListeningPosition?
    public internal(set) var heard = HeardEpisode()
    /// When 90 % of it had been heard first; nil: not yet.
    public internal(set) var completedAt: Date?
    public internal(set) var lastListenedAt: Date
    /// What of it the figures of the episode have, or are about to have.
    var counted = CountedListen()

    public init(member: MemberID, podcast: PodcastID, now: Date) {
        id = ListenID(member, podcast)
        self.member = member
        self.podcast = podcast
        lastListenedAt = Timestamp.rounded(now)
    }

    /// Whether the figures of the episode may still lack something that is to be counted now.
    public var isBeingCounted: Bool { counted.batch != nil }

    /// How much of the episode was heard, from 0 to 1; nil where its length is not known.
    public func share(of podcast: Podcast) -> Double? {
        guard let length = podcast.duration, length > .zero else { return nil }
        return min(1, Double(heard.count) * HeardCells.length.seconds / length.seconds)
    }

    /// Takes over what a day has of the episode.
    mutating func take(_ episode: ListeningDay.Episode?) {
        guard let episode else { return }
        heard.formUnion(episode.heard)
        completedAt = [completedAt, episode.completedAt].compactMap { $0 }.min()
    }

    /// Where the player is, unless a later beat has said so.
    mutating func move(to beat: Heartbeat, sound: EpisodeSound, now: Date) {
        guard now >= lastListenedAt else { return }
        lastListenedAt = now
        let isOver = beat.state == .ended && sound.isLast(beat.recording)
        position = isOver ? nil : ListeningPosition(recording: beat.recording, offset: beat.to)
    }
}

/// Keeps how far members are with episodes.
public protocol ListenStore: EntityStore where Entity == Listen {
    /// Those of a member, the one listened to last first, then by id, the greatest first; at most `limit`.
    func listens(of member: MemberID, limit: Int) async throws(StoreError) -> [Listen]

    /// Those of an episode, in the order of their ids, behind one of them (nil: from the first); at most `limit`.
    func listens(of podcast: PodcastID, after id: ListenID?, limit: Int) async throws(StoreError) -> [Listen]

    /// Those with a batch that the figures of their episode may not have yet, in no order; at most `limit`.
    func beingCounted(limit: Int) async throws(StoreError) -> [Listen]

    /// Takes away all of a member.
    func forget(_ member: MemberID) async throws(StoreError)
}
