import Domain
import Synchronization

/// Tells the sockets of this process what happens in the rooms.
///
/// The program makes it before the rooms, which have it among their audiences, and hands it to the web server as well.
/// It stands between the two in the rooms' own order: who comes in is sent the room, or what they missed, and from then
/// on hears everything, without a gap and without a repeat. Each signal is encoded once for all who hear it.
public final class RoomSockets: RoomAudience {
    /// How many sockets there may be. Beyond it a handshake is refused with 429.
    public struct Limits: Sendable {
        /// Sockets of one member.
        public var perMember: Int
        /// Sockets from one address, or from one household of IPv6 addresses.
        public var perAddress: Int
        /// What each may take of the server.
        package var sockets = SocketLimits()

        public init(perMember: Int = 5, perAddress: Int = 50) {
            self.perMember = perMember
            self.perAddress = perAddress
        }

        /// Who holds one more socket of a member at an address, and how many each may have.
        func holders(_ member: MemberID, _ client: IPAddress?) -> [SocketQuota.Holder: Int] {
            [.member(member.rawValue): perMember, .household(client?.household ?? []): perAddress]
        }
    }

    private struct State {
        var guests: [ConnectionID: RoomGuest] = [:]
        var houses: [LiveSessionID: RoomHouse] = [:]
    }

    let limits: Limits
    let hub: SocketHub
    let quota = SocketQuota()
    let tally = RoomTally()
    let departures = RoomDepartures()
    private let state = Mutex(State())

    public init(limits: Limits = Limits()) {
        self.limits = limits
        hub = SocketHub(limits: limits.sockets)
    }

    // MARK: Coming and going

    /// Somebody is about to come in: their welcome will be for this socket.
    func expect(_ guest: RoomGuest) {
        state.withLock { $0.guests[guest.connection] = guest }
    }

    /// A socket is gone.
    func forget(_ connection: ConnectionID) {
        state.withLock { state in
            guard let guest = state.guests.removeValue(forKey: connection) else { return }
            state.houses[guest.session]?.leave(guest)
            if state.houses[guest.session]?.count == 0 { state.houses[guest.session] = nil }
        }
    }

    /// Who is behind a socket, as they are known now.
    func person(of connection: ConnectionID) -> RoomPerson? {
        state.withLock { $0.guests[connection]?.person }
    }

    /// Takes notice of how somebody is called and what they may do now.
    func know(_ person: RoomPerson, of connection: ConnectionID) {
        state.withLock { state in
            guard let session = state.guests[connection]?.session else { return }
            state.guests[connection]?.person = person
            state.houses[session]?.know(person)
        }
    }

    /// Everybody who has a socket.
    var guests: [RoomGuest] { state.withLock { Array($0.guests.values) } }

    /// How many rooms have sockets here.
    var roomCount: Int { state.withLock(\.houses.count) }

    // MARK: Telling

    public func hear(_ broadcast: RoomBroadcast) {
        var frames = ReturnFrames()
        for signal in broadcast.signals {
            do {
                try tell(signal, broadcast, &frames)
            } catch {
                // Nobody may miss it without knowing: they come back, and are sent the room.
                hub.close(broadcast.session.socketRoom, .tooSlow)
            }
        }
    }

    /// Who hears a room; nil where nobody does.
    func house(_ session: LiveSessionID) -> RoomHouse? {
        state.withLock { $0.houses[session] }
    }

    /// Changes what is known about a room that somebody hears.
    func change(_ session: LiveSessionID, _ change: (inout RoomHouse) -> Void) {
        state.withLock { state in
            if state.houses[session] != nil { change(&state.houses[session, default: RoomHouse()]) }
        }
    }

    /// The one for whom a welcome is; nil where they are gone.
    func guest(_ connection: ConnectionID) -> RoomGuest? {
        state.withLock { $0.guests[connection] }
    }

    /// From now on a guest hears the room.
    func seat(_ guest: RoomGuest, _ change: (inout RoomHouse) -> Void) {
        let isThere = state.withLock { state in
            guard state.guests[guest.connection] != nil else { return false }
            change(&state.houses[guest.session, default: RoomHouse()])
            state.houses[guest.session]?.seat(guest)
            return true
        }
        if isThere { hub.join(guest.socket, guest.session.socketRoom) }
    }
}

extension LiveSessionID {
    /// The name of its sockets.
    var socketRoom: SocketRoom { SocketRoom(rawValue: rawValue) }
}
