import Domain
import Synchronization

/// Which connections of the sound are in the rooms of this process, by LiveKit's own name of each.
///
/// At most `capacity` are known; further people are heard, and not counted as present by their sound.
final class SoundConnections: Sendable {
    static let capacity = 20_000

    struct Seat: Hashable, Sendable {
        let connection: ConnectionID
        let member: MemberID
        let session: LiveSessionID
    }

    private let seats = Mutex<[ConnectionID: Seat]>([:])

    func has(_ connection: ConnectionID) -> Bool { seats.withLock { $0[connection] != nil } }

    /// - Returns: Whether there was room for it.
    func add(_ seat: Seat) -> Bool {
        seats.withLock { seats in
            guard seats[seat.connection] != nil || seats.count < Self.capacity else { return false }
            seats[seat.connection] = seat
            return true
        }
    }

    /// - Returns: What it was, where it was known.
    func remove(_ connection: ConnectionID) -> Seat? {
        seats.withLock { $0.removeValue(forKey: connection) }
    }

    func all(of session: LiveSessionID) -> [Seat] {
        seats.withLock { $0.values.filter { $0.session == session } }
    }

    /// The rooms in which somebody is by sound.
    var sessions: Set<LiveSessionID> {
        seats.withLock { Set($0.values.map(\.session)) }
    }
}
