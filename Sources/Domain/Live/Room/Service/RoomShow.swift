/// The show that a room belongs to, as the room has to know it.
public struct RoomShow: Equatable, Sendable {
    public enum Phase: Equatable, Sendable {
        case waiting
        case live
        case over
    }

    public let phase: Phase
    public let crew: RoomCrew
    public let hands: HandPolicy

    public init(phase: Phase, crew: RoomCrew, hands: HandPolicy) {
        self.phase = phase
        self.crew = crew
        self.hands = hands
    }
}

/// What rooms need of the shows.
public protocol RoomShows: Sendable {
    /// The show, nil where there is none.
    func show(_ id: LiveSessionID) async throws(ChangeFailure) -> RoomShow?

    /// Ends a show whose host is silent; nothing where it is over already.
    func endSilent(_ id: LiveSessionID) async throws(ChangeFailure)
}
