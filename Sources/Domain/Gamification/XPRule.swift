/// For what the club keeps count of its members' deeds, and what each is worth in experience points (XP).
///
/// The names are stored. Source: DESIGN, section 8.
public enum XPRule: String, Codable, CaseIterable, Sendable {
    /// Came into a live show.
    case joined
    /// Time in a live show, in milliseconds: 5 XP for every 5 minutes.
    case liveTime = "live_time"
    /// Chat messages in a show: 2 XP for each of the first 20.
    case chat
    /// Reactions in a show: 1 XP for each of the first 10; no more are counted.
    case reaction
    /// Raised hands in a show: 5 XP for the first.
    case hand
    /// Raised hands that led to the stage. No XP: those are in `promoted`.
    case handTaken = "hand_taken"
    /// Came on stage: 50 XP once a show.
    case promoted
    /// At least a minute on stage with a microphone that could be heard: 100 XP once a show.
    case speech
    /// People who thanked a speaker in one show: 10 XP for each.
    case supportReceived = "support_received"
    /// Speakers whom a member thanked in one show. No XP.
    case supportGiven = "support_given"
    /// An episode was listened to the end: 10 XP, once for each episode.
    case episodeCompleted = "episode_completed"
    /// Time for which an episode was listened to on one day, in milliseconds: 1 XP for every minute, at most 180 a day.
    case episodeTime = "episode_time"
    /// Opened the page of a show. No XP.
    case opened
    /// What an admin gave or took. 1 for each.
    case correction
    /// What a member brought along from the predecessor that no other rule names.
    case imported

    /// Whether its count is milliseconds, not a number of times.
    public var countsTime: Bool { self == .liveTime || self == .episodeTime }

    /// What `count` in one show, or of one episode, is worth; nil where that is written down with each line.
    public func xp(for count: Int) -> Int? {
        switch self {
        case .joined: 10 * min(count, 1)
        case .liveTime: 5 * (count / 300_000)
        case .chat: 2 * min(count, 20)
        case .reaction: min(count, 10)
        case .hand: 5 * min(count, 1)
        case .promoted: 50 * min(count, 1)
        case .speech: 100 * min(count, 1)
        case .supportReceived: 10 * count
        case .episodeCompleted: 10 * min(count, 1)
        case .handTaken, .supportGiven, .opened: 0
        case .episodeTime, .correction, .imported: nil
        }
    }
}
