import Foundation

/// A show in numbers: sums over its people, never one of them. One for each show that began; replaced as a whole while
/// the show runs, and for good some time after it.
public struct ShowFigures: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(LiveSessionID)
    }

    /// How many people came how far. Each is a number of people, whatever they did how often.
    public struct Funnel: Codable, Equatable, Sendable {
        /// Were sent that it began; nil where that is not known any more.
        public internal(set) var told: Int?
        /// Opened its page or came in.
        public internal(set) var opened = 0
        public internal(set) var joined = 0
        public internal(set) var reacted = 0
        public internal(set) var raised = 0
        /// Came on stage.
        public internal(set) var spoke = 0
    }

    public struct Hands: Codable, Equatable, Sendable {
        /// How often one was raised.
        public internal(set) var raised = 0
        /// How many of them were asked on stage.
        public internal(set) var taken = 0
        /// How long those had waited, in milliseconds; nil where none was taken.
        public internal(set) var medianWait: Int?
        public internal(set) var longestWait: Int?
    }

    public static let collection = "show_figures"
    public static let schema = 1
    /// No series is longer: a part is a minute in shows of up to 12 hours.
    static let parts = 720
    /// So many kinds of reactions are told apart; what is beyond is counted as `otherReactions`.
    static let kinds = 24
    public static let otherReactions = "…"

    public let id: LiveSessionID
    public let startedAt: Date
    /// Up to when it was counted; its end where it is over.
    public let until: Date
    /// Whether they stay as they are.
    public let isFinal: Bool
    /// For how many minutes each number of the series stands.
    public let minutes: Int
    public internal(set) var funnel = Funnel()
    /// The most listeners at once in each part.
    public internal(set) var listeners = FigureSeries([])
    public internal(set) var peak = 0
    /// So many on average over the whole show.
    public internal(set) var average = 0.0
    /// Reactions in each part, by the emoji.
    public internal(set) var reactions: [String: FigureSeries] = [:]
    /// Chat messages in each part, questions included.
    public internal(set) var chat = FigureSeries([])
    public internal(set) var questions = 0
    public internal(set) var hands = Hands()
    /// How many people were there by each kind of device (`DeviceKind.rawValue`).
    public internal(set) var devices: [String: Int] = [:]

    init(id: LiveSessionID, startedAt: Date, until: Date, isFinal: Bool) {
        self.id = id
        self.startedAt = startedAt
        self.until = max(startedAt, until)
        self.isFinal = isFinal
        let length = (Timestamp.milliseconds(self.until) - Timestamp.milliseconds(startedAt) + 59_999) / 60_000
        minutes = max(1, (Int(length) + Self.parts - 1) / Self.parts)
    }

    public var reactionCount: Int { reactions.values.reduce(0) { $0 + $1.total } }

    /// How long it has been live.
    public var length: Duration {
        .milliseconds(Timestamp.milliseconds(until) - Timestamp.milliseconds(startedAt))
    }

    /// How many parts its series have.
    var partCount: Int {
        let whole = Int64(minutes) * 60_000
        return Int((length.wholeMilliseconds + whole - 1) / whole)
    }
}

/// Keeps the shows' figures.
public protocol ShowFiguresStore: EntityStore where Entity == ShowFigures {}
