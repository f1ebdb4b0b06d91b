/// Takes to the rooms of this process what happened outside of them: a show's beginning and end, memberships that
/// ended.
public struct RoomKeeper: Sendable {
    private let rooms: LiveRooms
    private let shows: LiveSessions
    private let updates: RoomUpdates

    public init(rooms: LiveRooms, shows: LiveSessions, updates: RoomUpdates) {
        self.rooms = rooms
        self.shows = shows
        self.updates = updates
    }

    /// Opens the rooms of the shows that are live: also where nobody comes in, somebody has to notice that the host is
    /// gone. For the start of the program. A room that cannot be opened keeps back no other: it waits for `work`.
    /// - Throws: where it cannot be said which shows are live.
    public func openLive() async throws(ChangeFailure) {
        var start = PageStart.first
        while true {
            let page = try await shows.list(.live, from: start, limit: 200)
            for show in page.items {
                let update = RoomUpdate.show(show.id, by: nil)
                do throws(ChangeFailure) {
                    try await take(update)
                } catch {
                    updates.putBack(update)
                }
            }
            guard let next = page.next else { return }
            start = .after(next)
        }
    }

    /// Takes over everything that waits.
    /// - Throws: what kept a room from taking over the first of those that could not be; they wait on, and keep back
    ///   nothing else.
    public func work() async throws(ChangeFailure) {
        var failed: [RoomUpdate] = []
        var fault: ChangeFailure?
        while let update = updates.next() {
            do throws(ChangeFailure) {
                try await take(update)
            } catch {
                failed.append(update)
                fault = fault ?? error
            }
        }
        for update in failed { updates.putBack(update) }
        if let fault { throw fault }
    }

    private func take(_ update: RoomUpdate) async throws(ChangeFailure) {
        do throws(ChangeFailure) {
            switch update {
            case .show(let id, let member):
                // A show that is only planned needs no room until somebody comes in.
                let isOpen = rooms.open.contains(id)
                guard try await isOpen ? true : shows.show(id)?.phase == .live else { return }
                // Whoever runs the show from the bot or its page of management is there, without being in the room.
                try await rooms.follow(id, by: member.map { RoomActor(RoomPerson($0), by: .messenger) })
            case .departed(let member): try await rooms.expel(member)
            case .forgotten(let member): try await rooms.forget(member)
            }
        } catch .refused {
            // The show is gone, or its room has ended: there is nobody to be told.
        }
    }
}
