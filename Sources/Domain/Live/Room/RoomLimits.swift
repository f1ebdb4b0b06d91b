import Foundation

/// How much of everything a room takes.
public enum RoomLimits {
    /// Longest chat message, in Unicode scalars. The same in all texts below.
    public static let messageLength = 1_000
    public static let topicLength = 200
    public static let pinLength = 500
    public static let clientIDLength = 64
    /// Chat messages of one member within `chatWindow`.
    public static let chatBurst = 5
    public static let chatWindow: Duration = .seconds(5)
    public static let reactionBurst = 5
    public static let reactionWindow: Duration = .seconds(1)
    /// How often one member may raise a hand in a show.
    public static let handsPerShow = 5
    /// Seats on the stage; who is invited has one already.
    public static let stageSeats = 20
    public static let slowest: Duration = .seconds(3_600)

    /// How long somebody who dropped keeps everything.
    public static let grace: Duration = .seconds(90)
    public static let inviteLasts: Duration = .seconds(60)
    /// For how long an action in the messenger shows that a host is there.
    public static let hostActionCounts: Duration = .seconds(15 * 60)
    /// After how long without a host somebody takes over or the host is asked.
    public static let hostMissed: Duration = .seconds(90)
    /// How long the question to the host may stay without an answer.
    public static let hostSilence: Duration = .seconds(15 * 60)
    /// How long after the end speakers can be thanked.
    public static let supportLasts: Duration = .seconds(24 * 3_600)

    /// The least time between two tellings of the same kind.
    public static let presencePace: Duration = .seconds(1)
    public static let positionPace: Duration = .seconds(1)
    public static let reactionPace: Duration = .milliseconds(250)
    /// How often reactions are written down.
    public static let reactionCount: Duration = .seconds(10)
    /// How often the log is told that a show is alive.
    public static let sign: Duration = .seconds(60)
    /// How many reactions of each member are written down one by one.
    public static let reactionsNoted = 10

    /// What a snapshot shows.
    public static let shownMessages = 100
    public static let shownHands = 50
    /// Names are told in rooms up to this size, at most so many at a time.
    public static let namedRoom = 200
    public static let namesAtOnce = 20
    /// How many chat messages are known again by their `clientID` without asking the store.
    static let receipts = 4_096
}
