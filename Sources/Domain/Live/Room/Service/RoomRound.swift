import Foundation

/// What is decided together and goes into the log in one commit.
struct RoomRound: Sendable {
    /// So often it is looked what is due after one another; more can only be an error of the rules.
    private static let dueRounds = 64

    let works: [RoomDesk.Work]
    /// What happened, in order.
    private(set) var events: [RoomEvent] = []
    /// The room's number before `events`.
    private(set) var seqBefore = 0
    private(set) var failures: [Int: ChangeFailure] = [:]
    /// Numbers of chat messages, by the work that brought them; negative where they had come before.
    private(set) var chatSeqs: [Int: Int] = [:]
    /// Who is no member any more, by the work that said so.
    private var expulsions: [Int: MemberID] = [:]
    /// Works that need the log while it cannot be written.
    private var putOff: Set<Int> = []
    /// The room before the first work that brought something for the log, and how many events had happened before.
    private var checkpoint: (room: Room, events: Int)?
    /// From which work on is decided what has to be logged.
    private var start = 0

    init(works: [RoomDesk.Work]) {
        self.works = works
    }

    /// Decides what is not decided yet and needs no log, and applies it to the room; the rest is put off.
    ///
    /// Who comes in comes in, and a reaction is shown; what the log would be told with it is left out.
    mutating func decideUnlogged(on room: inout Room, now: Date) {
        seqBefore = room.state.seq
        for index in start..<works.count {
            do throws(Refusal) {
                let new = try Self.events(of: works[index], on: room, now: now)
                let passing = new.filter { $0.fact == nil }
                if works[index].needsLog(for: new) {
                    putOff.insert(index)
                } else {
                    take(passing, of: index, &room)
                    note(works[index], index, room)
                }
            } catch {
                failures[index] = .refused(error)
            }
        }
        for _ in 0..<Self.dueRounds {
            let due = room.passingDue(now)
            if due.isEmpty { break }
            take(due, of: works.count, &room)
        }
    }

    /// Whether a work is to be asked again after a look into the log.
    func isPutOff(_ index: Int) -> Bool { putOff.contains(index) }

    /// Fails what was put off.
    mutating func failPutOff(_ failure: ChangeFailure) {
        for index in putOff { failures[index] = failure }
        putOff = []
    }

    /// Decides what is not decided yet, and applies it to the room.
    mutating func decide(on room: inout Room, now: Date) {
        // What happened before has no numbers.
        seqBefore = room.state.seq
        for index in start..<works.count {
            do throws(Refusal) {
                take(try Self.events(of: works[index], on: room, now: now), of: index, &room)
                note(works[index], index, room)
            } catch {
                failures[index] = .refused(error)
            }
        }
        for _ in 0..<Self.dueRounds {
            let due = room.due(now)
            if due.isEmpty { break }
            take(due, of: works.count, &room)
        }
    }

    /// Whose connections are to be closed because they are no members any more.
    var expelled: [MemberID] { expulsions.sorted { $0.key < $1.key }.map(\.value) }

    /// What is to be logged; nil where there is nothing.
    func batch(_ session: LiveSessionID, number: Int) -> RoomBatch? {
        let facts = events.compactMap(\.fact)
        guard !facts.isEmpty else { return nil }
        return RoomBatch(session: session, number: number, seqBefore: seqBefore, facts: facts)
    }

    /// Makes undone what was decided since the first line for the log; it can be decided anew.
    mutating func takeBack(_ room: inout Room) {
        guard let checkpoint else { return }
        room = checkpoint.room
        events.removeSubrange(checkpoint.events...)
        for index in start..<works.count {
            failures[index] = nil
            chatSeqs[index] = nil
            expulsions[index] = nil
        }
        self.checkpoint = nil
    }

    /// Fails what was not done.
    mutating func fail(_ failure: ChangeFailure) {
        for index in start..<works.count { failures[index] = failure }
    }

    private mutating func take(_ new: [RoomEvent], of work: Int, _ room: inout Room) {
        if checkpoint == nil, new.contains(where: { $0.fact != nil }) {
            checkpoint = (room, events.count)
            start = min(work, works.count)
        }
        for event in new { room.apply(event) }
        events += new
    }

    private mutating func note(_ work: RoomDesk.Work, _ index: Int, _ room: Room) {
        switch work {
        case .command(.chat(_, let clientID, _), let actor):
            guard let seq = room.seq(ofClient: clientID, by: actor.id) else { return }
            let isNew = events.contains { event in
                guard case .said(let message) = event.fact?.news else { return false }
                return message.member == actor.id && message.words?.clientID == clientID
            }
            chatSeqs[index] = isNew ? seq : -seq
        case .order(.expel(let member)): expulsions[index] = member
        case .command, .deletion, .order, .enter, .snapshot, .admission, .participants, .follow, .forget: break
        }
    }

    private static func events(
        of work: RoomDesk.Work,
        on room: Room,
        now: Date
    ) throws(Refusal) -> [RoomEvent] {
        switch work {
        case .command(let command, let actor): try room.decide(command, by: actor, now: now)
        case .deletion(let message, let actor): try room.decide(deletionOf: message, by: actor, now: now)
        case .order(let order): try room.decide(order, now: now)
        case .enter(let connection, let device, let actor, _):
            try room.decide(.enter(connection, device), by: actor, now: now)
        case .admission(let person): try room.admit(person)
        case .snapshot, .participants, .follow, .forget: []
        }
    }
}

extension RoomDesk.Work {
    /// Whether it cannot be done while the log cannot be written.
    fileprivate func needsLog(for events: [RoomEvent]) -> Bool {
        switch self {
        case .enter, .command(.enter, _), .command(.react, _): false
        case .follow: true
        case .command, .deletion, .order, .snapshot, .admission, .participants, .forget:
            events.contains { $0.fact != nil }
        }
    }
}
