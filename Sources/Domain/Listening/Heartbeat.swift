import Foundation

/// One player of one person: a page that is open, or a program that plays.
public struct PlayID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// What a player says every 15 seconds: what it has played since it said something last.
public struct Heartbeat: Equatable, Sendable {
    /// What the player does at this moment.
    public enum State: String, Codable, CaseIterable, Sendable {
        /// The person has pressed play. Nothing was played yet; the player takes over from any other one.
        case started
        case playing
        case paused
        /// The recording is over.
        case ended
    }

    /// How often a player is to say something.
    public static let period: Duration = .seconds(15)
    /// So slow and so fast a player may play; what is faster counts as this fast.
    public static let speeds: ClosedRange<Double> = 0.25...2
    /// A player that has said nothing for so long does not listen any more: another may go on without being asked to.
    public static let silence: Duration = .seconds(45)
    /// More than this is never credited at once: a phone in a pocket may be silent for a while.
    public static let longest: Duration = .seconds(600)
    /// Beats of one play are numbered from 1 to this.
    public static let numbers = 1...1_000_000

    public let play: PlayID
    /// Grows with each beat of a play.
    public let number: Int
    public let recording: RecordingID
    /// Where in the recording what was played began.
    public let from: Duration
    /// Where the player is.
    public let to: Duration
    public let speed: Double
    public let state: State

    public init(
        play: PlayID,
        number: Int,
        recording: RecordingID,
        from: Duration,
        to: Duration,
        speed: Double,
        state: State
    ) {
        self.play = play
        self.number = number
        self.recording = recording
        self.from = from
        self.to = to
        self.speed = speed
        self.state = state
    }

    /// What asks for the changes that it brings.
    var cause: Cause { Cause(rawValue: "beat:\(play):\(number)") }
}

/// Why a beat counts for nothing.
public enum BeatRefusal: Error, Equatable, CaseIterable {
    /// No player can be where it says, or it plays something else.
    case outOfRange
    /// A later beat of this play was taken before.
    case outOfOrder
    /// Another player of this person listens.
    case elsewhere
    /// The play is not known, somebody else's, or its time is over: ask for a new one.
    case playEnded

    /// A stable name for programs.
    public var code: String {
        switch self {
        case .outOfRange: "beat_out_of_range"
        case .outOfOrder: "beat_out_of_order"
        case .elsewhere: "listening_elsewhere"
        case .playEnded: "play_ended"
        }
    }
}
