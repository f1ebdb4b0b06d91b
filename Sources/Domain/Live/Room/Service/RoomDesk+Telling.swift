import Foundation

/// Telling what happened, and answering those who asked.
extension RoomDesk {
    /// Tells the audiences what was committed. `closing`: whose connections end because they are no members any more.
    mutating func tell(_ events: [RoomEvent], seqBefore: Int, closing expelled: [MemberID]) {
        var seq = seqBefore
        var signals: [RoomSignal] = []
        // Behind the last event that changed the queue, so that numbers never fall.
        var queueChange: (seq: Int, place: Int)?
        for event in events {
            book.note(event)
            switch event {
            case .passing(let motion): signals += Self.signals(of: motion)
            case .logged(let fact) where fact.news.isNumbered:
                seq += 1
                history.add(fact, seq: seq)
                signals += Self.signals(of: fact, seq: seq)
                if fact.news.changesQueue { queueChange = (seq, signals.count) }
                // The queue says that a hand is down, this says why.
                if fact.news.lowersHands { signals.append(.noted(fact)) }
                if case .ended(.silence) = fact.news { owesEnd = true }
            case .logged(let fact):
                signals.append(.noted(fact))
                if case .removed(let member, _) = fact.news { signals.append(.closed(member, .removed)) }
            }
        }
        if let queueChange { signals.insert(hands(seq: queueChange.seq), at: queueChange.place) }
        signals += expelled.map { .closed($0, .expelled) }
        say(signals)
    }

    func say(_ signals: [RoomSignal]) {
        guard !signals.isEmpty else { return }
        var people: [MemberID: RoomPerson] = [:]
        for member in signals.flatMap(\.members) { people[member] = room.person(member) }
        let broadcast = RoomBroadcast(session: session, signals: signals, people: people)
        for audience in audiences { audience.hear(broadcast) }
    }

    /// Welcomes those who came in, and makes all answers.
    mutating func finish(_ round: RoomRound) -> [Result<RoomAnswer, ChangeFailure>?] {
        var welcomes: [RoomSignal] = []
        let answers = round.works.enumerated().map { index, work -> Result<RoomAnswer, ChangeFailure>? in
            if round.isPutOff(index) { return nil }
            if let failure = round.failures[index] { return .failure(failure) }
            if case .enter(let connection, _, let actor, _) = work, let refusal = room.refusal(of: connection, actor) {
                return .failure(.refused(refusal))
            }
            let chatSeq = round.chatSeqs[index]
            var snapshot: RoomSnapshot?
            var participants: [RoomParticipant] = []
            switch work {
            case .enter(let connection, _, let actor, let place):
                welcomes.append(.welcome(connection, welcome(actor.person, since: place)))
            case .snapshot(let person): snapshot = room.snapshot(for: person)
            case .participants: participants = room.participants
            case .forget(let member):
                room.forget(member)
                history.forget(member)
                book.forget(member)
            case .command, .deletion, .order, .admission, .follow: break
            }
            let seq = chatSeq.map { abs($0) } ?? room.state.seq
            return .success(
                RoomAnswer(
                    seq: seq,
                    isRepeat: (chatSeq ?? 0) < 0,
                    snapshot: snapshot,
                    participants: participants
                )
            )
        }
        say(welcomes)
        return answers
    }

    /// What a connection needs to begin.
    private func welcome(_ person: RoomPerson, since place: RoomPlace?) -> RoomWelcome {
        guard let place, place.epoch == room.state.epoch,
            let missed = history.since(place.seq, last: room.state.seq)
        else { return .snapshot(room.snapshot(for: person)) }
        var signals = missed.flatMap { Self.signals(of: $0.fact, seq: $0.seq) }
        let state = room.state
        signals.append(hands(seq: state.seq))
        let now = clock.now
        signals.append(.noted(RoomFact(at: now, news: .ruled(crew: state.crew, hands: state.handPolicy))))
        for seat in state.stage {
            let isOn = state.voices.contains(seat.member)
            signals.append(.noted(RoomFact(at: now, news: .voiced(member: seat.member, isOn: isOn))))
        }
        signals.append(.presence(RoomPresence(stats: room.stats, host: state.inCharge)))
        signals.append(.position(person.id, state.queue.position(of: person.id) ?? 0))
        return .missed(signals)
    }

    private func hands(seq: Int) -> RoomSignal {
        let queue = room.state.queue
        return .hands(seq: seq, Array(queue.hands.prefix(RoomLimits.shownHands)), total: queue.count)
    }

    /// What is told of a numbered event by itself. What was deleted meanwhile is not told.
    private static func signals(of fact: RoomFact, seq: Int) -> [RoomSignal] {
        switch fact.news {
        case .raised, .lowered, .cleared: []
        case .said(let message): message.words == nil ? [] : [.numbered(seq: seq, fact)]
        case .pinned(let message?, _): message.words == nil ? [] : [.numbered(seq: seq, fact)]
        case .pinned, .deleted, .invited, .uninvited, .promoted, .demoted, .moderated, .started, .ended:
            [.numbered(seq: seq, fact)]
        case .opened, .ruled, .charged, .asked, .answered, .muted, .removed, .supported, .reacted, .counted, .voiced,
            .visited, .lived:
            []
        }
    }

    private static func signals(of motion: RoomMotion) -> [RoomSignal] {
        switch motion {
        case .presence(let presence, _): [.presence(presence)]
        case .reactions(let counts, _): [.reactions(counts)]
        case .positions(let positions, _):
            positions.sorted { $0.key.rawValue < $1.key.rawValue }.map { .position($0.key, $0.value) }
        case .thanked(let thanks, _):
            thanks.sorted { $0.key.rawValue < $1.key.rawValue }.map { .thanked($0.key, $0.value) }
        case .known, .entered, .left, .gone, .expelled, .acted, .reacted: []
        }
    }
}

extension RoomNews {
    /// Whether the queue may be another one after it.
    fileprivate var changesQueue: Bool {
        switch self {
        case .raised, .lowered, .cleared, .invited, .promoted, .ended: true
        case .said, .deleted, .uninvited, .demoted, .pinned, .moderated, .started, .opened, .ruled, .charged, .asked,
            .answered, .muted, .removed, .supported, .reacted, .counted, .voiced, .visited, .lived:
            false
        }
    }

    /// Whether it takes hands down.
    fileprivate var lowersHands: Bool {
        switch self {
        case .lowered, .cleared: true
        case .raised, .invited, .promoted, .ended, .said, .deleted, .uninvited, .demoted, .pinned, .moderated, .started,
            .opened, .ruled, .charged, .asked, .answered, .muted, .removed, .supported, .reacted, .counted, .voiced,
            .visited, .lived:
            false
        }
    }

    /// Whom it is about.
    fileprivate var member: MemberID? {
        switch self {
        case .said(let message): message.member
        case .raised(let hand): hand.member
        case .invited(let invitation): invitation.member
        case .lowered(let member, _), .uninvited(let member, _), .promoted(let member), .demoted(let member, _),
            .charged(let member), .muted(let member, _), .removed(let member, _), .supported(let member, _),
            .reacted(let member, _), .voiced(let member, _):
            member
        case .deleted, .cleared, .pinned, .moderated, .started, .ended, .opened, .ruled, .asked, .answered, .counted,
            .visited, .lived:
            nil
        }
    }
}

extension RoomSignal {
    /// Whose names are needed to tell it.
    fileprivate var members: [MemberID] {
        switch self {
        case .numbered(_, let fact), .noted(let fact): fact.news.member.map { [$0] } ?? []
        case .hands(_, let hands, _): hands.map(\.member)
        case .position(let member, _), .thanked(let member, _), .closed(let member, _): [member]
        case .welcome(_, .missed(let signals)): signals.flatMap(\.members)
        case .presence, .reactions, .welcome(_, .snapshot): []
        }
    }
}
