import Domain
import Foundation
import Logging
import ServiceLifecycle

/// Looks every few seconds whether those who have a socket may still have it: another process may have ended their
/// membership or their sign-in, or they were removed from the room while they came in.
///
/// It also takes notice of new names and rights, and tells rooms of departures that could not be told. While the store
/// is away everybody stays.
public struct RoomWatch: Service {
    static let pace: Duration = .seconds(3)

    let sockets: RoomSockets
    let rooms: LiveRooms
    let store: any ClubStore
    let clock: any ClubClock
    let logger: Logger

    public init(sockets: RoomSockets, rooms: LiveRooms, store: any ClubStore, clock: any ClubClock, logger: Logger) {
        self.sockets = sockets
        self.rooms = rooms
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await clock.sleep(for: Self.pace)
                } catch {
                    return
                }
                await look()
            }
        }
    }

    /// Looks once.
    func look() async {
        let guests = sockets.guests
        do {
            try await look(at: guests)
        } catch {
            logger.warning("Those who have sockets could not be looked up", metadata: ["error": "\(error)"])
        }
        for (session, own) in Dictionary(grouping: guests, by: \.session) { await shutOut(own, of: session) }
        await sockets.departures.tell(rooms)
    }

    private func look(at guests: [RoomGuest]) async throws {
        guard !guests.isEmpty else { return }
        let sessions = try await store.authSessions.find(ids: Array(Set(guests.compactMap(\.authSession))))
        let now = clock.now
        let open = Set(sessions.filter { $0.isOpen(at: now) }.map(\.id))
        let found = try await store.members.find(ids: Array(Set(guests.map(\.person.id))))
        let members = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        var left: Set<MemberID> = []
        for guest in guests {
            guard let member = members[guest.person.id], member.isActive else {
                left.insert(guest.person.id)
                sockets.hub.close(guest.socket, .removed)
                continue
            }
            let isSignedOut = guest.authSession.map { !open.contains($0) } ?? false
            if isSignedOut || guest.passSince.map({ !member.mayUse(passSince: $0) }) ?? false {
                sockets.hub.close(guest.socket, .removed)
            }
            let person = RoomPerson(member)
            if person != guest.person { sockets.know(person, of: guest.connection) }
        }
        for member in left { try await rooms.expel(member) }
    }

    /// Closes the sockets of those whom their room keeps out.
    private func shutOut(_ guests: [RoomGuest], of session: LiveSessionID) async {
        guard let first = guests.first else { return }
        do throws(ChangeFailure) {
            let room = try await rooms.snapshot(of: session, for: first.person)
            for guest in guests where room.removed.contains(guest.person.id) {
                sockets.hub.close(guest.socket, .removed)
            }
        } catch {
            logger.warning(
                "It could not be looked up who was removed from a room",
                metadata: ["session": "\(session)", "error": "\(error)"]
            )
        }
    }
}
