import Foundation

/// Made of the member and the day, so that a member has one document for each day.
public struct ListeningDayID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(_ member: MemberID, _ day: ClubDay) {
        rawValue = "\(member).\(day)"
    }
}

/// What a member has listened to on one day of the club: the stored event from which the ledger's lines are made.
public struct ListeningDay: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(ListeningDayID)
    }

    /// Time for which one episode was listened to without another one between.
    public struct Segment: Codable, Equatable, Sendable {
        public let podcast: PodcastID
        /// Real time, in milliseconds.
        public internal(set) var milliseconds: Int
    }

    /// What was heard of one episode on this day.
    public struct Episode: Codable, Equatable, Sendable {
        public let podcast: PodcastID
        /// When it was first listened to on this day.
        public let since: Date
        public internal(set) var heard = HeardEpisode()
        /// When it had been heard to the end, this day and those before taken together; nil where it was not yet, or
        /// had been before this day.
        public internal(set) var completedAt: Date?
    }

    /// Which player listens.
    struct Gate: Codable, Equatable, Sendable {
        var play: PlayID
        /// Of its last beat.
        var number: Int
        /// When that came.
        var at: Date
        var isPlaying: Bool
        /// Real time since the play began that is not credited, in milliseconds: beats do not come evenly.
        var unspent = 0
        /// What the last beat was credited with, in milliseconds.
        var credited = 0
    }

    public static let collection = "listening_days"
    public static let schema = 1
    /// So much time a day brings XP.
    public static let cap: Duration = .seconds(180 * 60)
    /// A day has no more segments; time beyond them is not credited.
    public static let mostSegments = 500
    /// A day has no more episodes; others are not credited on it.
    public static let mostEpisodes = 100

    public let id: ListeningDayID
    public let member: MemberID
    public let day: ClubDay
    /// In the order in which they were listened to.
    public internal(set) var segments: [Segment] = []
    /// In the order in which they were begun.
    public internal(set) var episodes: [Episode] = []
    var gate: Gate?

    public init(member: MemberID, day: ClubDay) {
        id = ListeningDayID(member, day)
        self.member = member
        self.day = day
    }

    /// What was heard of an episode on this day.
    public func episode(_ podcast: PodcastID) -> Episode? {
        episodes.first { $0.podcast == podcast }
    }

    /// For how long an episode was listened to on this day.
    public func time(of podcast: PodcastID) -> Duration {
        .milliseconds(segments.reduce(0) { $1.podcast == podcast ? $0 + $1.milliseconds : $0 })
    }

    /// The lines of the ledger that the day comes to. Their counts only grow while the day does.
    ///
    /// For each episode its time, and 1 XP for each whole minute of it that lies within the day's first three hours;
    /// and the episodes that were heard to the end.
    public var lines: [XPTransaction] {
        var left = Int(Self.cap.wholeMilliseconds)
        var times: [PodcastID: (all: Int, worth: Int)] = [:]
        for segment in segments {
            let worth = min(left, segment.milliseconds)
            left -= worth
            let before = times[segment.podcast] ?? (0, 0)
            times[segment.podcast] = (before.all + segment.milliseconds, before.worth + worth)
        }
        return episodes.flatMap { episode -> [XPTransaction] in
            var lines: [XPTransaction] = []
            if let time = times[episode.podcast], time.all > 0 {
                lines.append(
                    line(
                        .episodeTime,
                        .listening(episode.podcast, on: day),
                        count: time.all,
                        xp: time.worth / 60_000,
                        at: episode.since
                    )
                )
            }
            if let at = episode.completedAt {
                let xp = XPRule.episodeCompleted.xp(for: 1) ?? 0
                lines.append(line(.episodeCompleted, .episode(episode.podcast), count: 1, xp: xp, at: at))
            }
            return lines
        }
    }

    private func line(_ rule: XPRule, _ source: XPSource, count: Int, xp: Int, at: Date) -> XPTransaction {
        XPTransaction(member: member, rule: rule, source: source, count: count, xp: xp, day: day, at: at)
    }
}

/// Keeps what members listen to, day by day.
public protocol ListeningDayStore: EntityStore where Entity == ListeningDay {
    /// All days behind an id (nil: from the first), in the order of the bytes of their ids; at most `limit`.
    func days(after id: ListeningDayID?, limit: Int) async throws(StoreError) -> [ListeningDay]

    /// Those of one member, the newest first; at most `limit`.
    func days(of member: MemberID, limit: Int) async throws(StoreError) -> [ListeningDay]

    /// Takes away all days of a member.
    func forget(_ member: MemberID) async throws(StoreError)
}
