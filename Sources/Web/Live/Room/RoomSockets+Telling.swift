import Domain

/// What each signal of a room is for its sockets.
extension RoomSockets {
    /// - `known`: Frames of this broadcast for those who come back, each encoded once for all of them.
    func tell(_ signal: RoomSignal, _ broadcast: RoomBroadcast, _ known: inout ReturnFrames) throws {
        if case .welcome(let connection, let welcome) = signal {
            return try self.welcome(connection, welcome, broadcast.people, &known)
        }
        let session = broadcast.session
        guard let house = house(session) else { return }
        switch signal {
        case .numbered(let seq, let fact):
            note(fact.news, session)
            guard let text = try RoomFrame.text(fact, seq: seq, people: broadcast.people) else { return }
            if let member = fact.news.invited {
                send(text, to: house.sockets(of: member))
            } else {
                send(text, to: session, house)
            }
            if case .ended = fact.news { hub.close(session.socketRoom, .sessionEnded) }
        case .noted(let fact):
            note(fact.news, session)
            if case .supported(let speaker, let member) = fact.news {
                // The answer to who thanks. The speaker is told of all at once, the others by a number.
                let thanks = RoomFrame.Supported(speaker, by: member, count: 1)
                return send(try RoomFrame.text(thanks), to: house.own(of: member))
            }
            if let text = try RoomFrame.text(unnumbered: fact.news) { send(text, to: session, house) }
        case .presence(let presence):
            // Words of somebody who has left for good are not kept longer than this.
            change(session) { ($0.inCharge, $0.stateText) = (presence.host, nil) }
            try send(RoomFrame.text(RoomFrame.Presence(presence)), to: session, house)
        case .hands, .reactions:
            if let text = try text(signal, for: nil, broadcast.people) { send(text, to: session, house) }
        case .position(let member, _):
            let sockets = house.own(of: member)
            guard !sockets.isEmpty, let text = try text(signal, for: member, broadcast.people) else { return }
            send(text, to: sockets)
        case .thanked(let speaker, let thanks):
            let sockets = house.own(of: speaker)
            guard !sockets.isEmpty else { return }
            send(try RoomFrame.text(RoomFrame.Supported(speaker, by: thanks.by, count: thanks.count)), to: sockets)
        case .closed(let member, _):
            for socket in house.own(of: member) { hub.close(socket, .removed) }
        case .welcome:
            return
        }
    }

    /// Sends a text to one socket.
    func send(_ text: String, to socket: Socket) {
        send(text, to: [socket])
    }

    private func send(_ text: String, to sockets: [Socket]) {
        send(hub.frame(text), to: sockets)
    }

    private func send(_ frame: SharedFrame, to sockets: [Socket]) {
        for socket in sockets { hub.send(frame, to: socket) }
        tally.sent(sockets.count)
    }

    private func send(_ text: String, to session: LiveSessionID, _ house: RoomHouse) {
        hub.broadcast(hub.frame(text), in: session.socketRoom)
        tally.sent(house.count)
    }

    /// Takes notice of who runs the show.
    private func note(_ news: RoomNews, _ session: LiveSessionID) {
        switch news {
        case .started(let member, let crew, _):
            change(session) { house in
                house.take(crew)
                house.inCharge = crew.host ?? member
            }
        case .ruled(let crew, _): change(session) { $0.take(crew) }
        case .charged(let member): change(session) { $0.inCharge = member }
        case .deleted: change(session) { $0.stateText = nil }
        case .said, .raised, .lowered, .cleared, .invited, .uninvited, .promoted, .demoted, .pinned,
            .moderated, .ended, .opened, .asked, .answered, .muted, .removed, .supported, .reacted, .counted, .voiced,
            .visited, .lived:
            return
        }
    }

    // MARK: Those who come in

    private func welcome(
        _ connection: ConnectionID,
        _ welcome: RoomWelcome,
        _ people: [MemberID: RoomPerson],
        _ frames: inout ReturnFrames
    ) throws {
        guard let guest = guest(connection) else { return }
        switch welcome {
        case .snapshot(let snapshot):
            let known = house(guest.session)?.stateText
            let state = try RoomStateText(snapshot, title: guest.title, known: known)
            send(try state.text(for: guest.person), to: guest.socket)
            seat(guest) { house in
                house.take(snapshot.crew)
                (house.inCharge, house.stateText) = (snapshot.host, state)
            }
        case .missed(let signals):
            guard let place = guest.place else { return }
            send(try RoomFrame.text(RoomFrame.Resumed(epoch: place.epoch, seq: place.seq)), to: guest.socket)
            var house = house(guest.session)?.withoutSockets ?? RoomHouse()
            for case .noted(let fact) in signals {
                if case .ruled(let crew, _) = fact.news { house.take(crew) }
            }
            for case .presence(let presence) in signals { house.inCharge = presence.host }
            for signal in signals where Self.mayHear(signal, guest.person, house) {
                let frame = try frames.frame(of: signal) { () throws -> SharedFrame? in
                    try text(signal, for: guest.person.id, people).map(hub.frame)
                }
                if let frame { send(frame, to: [guest.socket]) }
            }
            seat(guest) { [crew = house.crew, inCharge = house.inCharge] house in
                house.take(crew)
                house.inCharge = inCharge
            }
        }
    }

    /// Invitations are for those who run the show and for whom they are.
    private static func mayHear(_ signal: RoomSignal, _ person: RoomPerson, _ house: RoomHouse) -> Bool {
        guard case .numbered(_, let fact) = signal, let member = fact.news.invited else { return true }
        return member == person.id || house.isModerator(person)
    }

    /// What a signal says. `reader`: to whom alone it is said.
    private func text(
        _ signal: RoomSignal,
        for reader: MemberID?,
        _ people: [MemberID: RoomPerson]
    ) throws -> String? {
        switch signal {
        case .numbered(let seq, let fact): return try RoomFrame.text(fact, seq: seq, people: people)
        case .hands(let seq, let hands, let total):
            return try RoomFrame.text(hands: hands, total: total, seq: seq, people: people)
        case .noted(let fact): return try RoomFrame.text(unnumbered: fact.news)
        case .presence(let presence): return try RoomFrame.text(RoomFrame.Presence(presence))
        case .reactions(let counts): return try RoomFrame.text(RoomFrame.Reactions(counts: counts))
        case .position(let member, let place):
            guard member == reader else { return nil }
            return try RoomFrame.text(RoomFrame.QueuePosition(position: RoomFrame.OrNull(place == 0 ? nil : place)))
        case .welcome, .thanked, .closed: return nil
        }
    }
}

extension RoomNews {
    /// Whom an invitation is about.
    fileprivate var invited: MemberID? {
        switch self {
        case .invited(let invitation): invitation.member
        case .uninvited(let member, _): member
        case .said, .deleted, .raised, .lowered, .cleared, .promoted, .demoted, .pinned, .moderated, .started, .ended,
            .opened, .ruled, .charged, .asked, .answered, .muted, .removed, .supported, .reacted, .counted, .voiced,
            .visited, .lived:
            nil
        }
    }
}
