import Foundation

/// Reading a room from its log, and following its show.
extension RoomDesk {
    /// How many batches are read at a time.
    private static let page = 500
    /// Of so many people who have a place the names are looked up when a room is read.
    private static let namesLookedUp = 100

    /// Makes the room of a show out of its log.
    /// - Throws: `.refused(.notFound)` where there is no such show.
    static func open(
        _ session: LiveSessionID,
        store: any ClubStore,
        shows: any RoomShows,
        clock: any ClubClock,
        audiences: [any RoomAudience],
        news: AttendanceNews
    ) async throws(ChangeFailure) -> RoomDesk {
        guard try await shows.show(session) != nil else { throw .refused(.notFound) }
        let club = try await reading { () throws(StoreError) in try await store.settings.find(.club) ?? ClubSettings() }
        var desk = RoomDesk(
            session: session,
            store: store,
            shows: shows,
            clock: clock,
            audiences: audiences,
            room: Room(session: session, reactionSet: club.reactions),
            book: AttendanceBook(session: session)
        )
        do throws(StoreError) {
            try await desk.read(news)
        } catch {
            throw .store(error)
        }
        return desk
    }

    private mutating func read(_ news: AttendanceNews) async throws(StoreError) {
        var lastMoment: Date?
        while true {
            let batches = try await store.roomLog.batches(of: session, after: number, limit: Self.page)
            for batch in batches {
                for fact in batch.facts { room.apply(.logged(fact)) }
                for (seq, fact) in batch.numbered { history.add(fact, seq: seq) }
                number = batch.number
                lastMoment = batch.facts.last?.at ?? lastMoment
            }
            if batches.count < Self.page { break }
        }
        let words = try await reader.words(of: Array(Set(room.wordless + history.wordless)))
        room.fill(words)
        history.fill(words)
        for event in history.events {
            guard let message = event.fact.news.message, let clientID = message.words?.clientID else { continue }
            room.remember(clientID: clientID, of: message.member, seq: event.seq)
        }
        try await learnNames()
        try await endAttendance(at: lastMoment ?? clock.now, news)
        let now = clock.now
        book.resume(room.state, at: now)
        room.resume(now: now)
    }

    private mutating func learnNames() async throws(StoreError) {
        let state = room.state
        let placed = state.stage.map(\.member) + state.invitations.keys + state.queue.hands.map(\.member)
        for member in placed.prefix(Self.namesLookedUp) {
            guard let known = try await store.members.find(.id(member)) else { continue }
            room.apply(.passing(.known(RoomPerson(known))))
        }
    }

    /// Ends the intervals that a process has left open which is not there any more.
    private func endAttendance(at moment: Date, _ news: AttendanceNews) async throws(StoreError) {
        while true {
            let open = try await store.attendance.open(in: session, limit: Self.page)
            let ended = open.map { $0.ended(at: moment) }
            try await store.attendance.keep(ended)
            news.note(ended)
            if open.count < Self.page { return }
        }
    }

    /// What the room has to be told so that it is as its show is.
    mutating func orders(by actor: RoomActor?, epoch: String) async throws(ChangeFailure) -> [RoomOrder] {
        guard let show = try await shows.show(session) else { return [] }
        let open = RoomOrder.open(epoch: epoch)
        switch (show.phase, room.state.phase) {
        case (.waiting, _): return [open, .rule(show.crew, hands: show.hands)]
        case (.live, .ended):
            owesEnd = true
            return []
        case (.live, _): return [open, .begin(by: actor, show.crew, hands: show.hands)]
        case (.over, .waiting):
            // Called off. Who waits is told; where nobody does, there is nothing to end.
            return room.people.isEmpty ? [open] : [open, .end]
        case (.over, _): return [.end]
        }
    }
}
