import Domain
import Synchronization

/// Somebody whose socket is gone, and whose room could not be told.
struct RoomDeparture: Sendable {
    let connection: ConnectionID
    let actor: RoomActor
    let session: LiveSessionID
}

/// Departures that still have to be told to their rooms: where the store was away at that moment.
///
/// At most `capacity` wait; of further ones nobody hears, and those people seem to be there until the program restarts.
final class RoomDepartures: Sendable {
    static let capacity = 20_000

    private let waiting = Mutex<[RoomDeparture]>([])

    func add(_ departure: RoomDeparture) {
        waiting.withLock { waiting in
            if waiting.count < Self.capacity { waiting.append(departure) }
        }
    }

    /// Tells the rooms; what fails again waits on.
    func tell(_ rooms: LiveRooms) async {
        let due = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for departure in due {
            do throws(ChangeFailure) {
                try await rooms.perform(.leave(departure.connection), by: departure.actor, in: departure.session)
            } catch {
                add(departure)
            }
        }
    }
}
