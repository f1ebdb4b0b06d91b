import Synchronization

/// What the rooms of this process have still to take over: shows that have changed, people who are no members any
/// more. Others write it down as it happens; `RoomKeeper` takes it to the rooms.
///
/// It holds each show and each person once, so it never grows beyond the club.
public final class RoomUpdates: Sendable {
    private struct State {
        /// Who changed it last, where somebody did.
        var shows: [LiveSessionID: Member?] = [:]
        var departed: Set<MemberID> = []
        var forgotten: Set<MemberID> = []
    }

    /// Told at each update.
    public let arrived = Wakeup()

    private let state = Mutex(State())

    public init() {}

    /// A show began, ended, or has another crew or policy. `member`: who did it, where somebody did.
    func changed(_ show: LiveSessionID, by member: Member?) {
        state.withLock { $0.shows[show] = .some(member) }
        arrived.notify()
    }

    /// Somebody is no member any more.
    func departed(_ member: MemberID) {
        state.withLock { _ = $0.departed.insert(member) }
        arrived.notify()
    }

    /// Somebody has been forgotten.
    func forgotten(_ member: MemberID) {
        state.withLock { _ = $0.forgotten.insert(member) }
        arrived.notify()
    }

    /// Hands the next one over: departures first. It comes again where it could not be taken over and was put back.
    func next() -> RoomUpdate? {
        state.withLock { state in
            if let member = state.departed.popFirst() { return .departed(member) }
            if let member = state.forgotten.popFirst() { return .forgotten(member) }
            return state.shows.popFirst().map { .show($0.key, by: $0.value) }
        }
    }

    /// What could not be taken over now; what came in since is newer.
    func putBack(_ update: RoomUpdate) {
        state.withLock { state in
            switch update {
            case .show(let show, let member): if state.shows[show] == nil { state.shows[show] = .some(member) }
            case .departed(let member): state.departed.insert(member)
            case .forgotten(let member): state.forgotten.insert(member)
            }
        }
    }
}

enum RoomUpdate: Equatable, Sendable {
    case show(LiveSessionID, by: Member?)
    case departed(MemberID)
    case forgotten(MemberID)
}
