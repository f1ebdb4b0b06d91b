import Foundation

/// One room in this process: decides, commits, tells. It is in one task's hands at a time.
struct RoomDesk: Sendable {
    /// What is asked of a room.
    enum Work: Sendable {
        case command(RoomCommand, RoomActor)
        /// As the command `deleteMessage`, of a message as the store has it.
        case deletion(RoomMessage, RoomActor)
        case order(RoomOrder)
        /// As the command `enter`; a client that was here before says the last number that it knows, and of which log.
        case enter(ConnectionID, DeviceKind, RoomActor, since: RoomPlace?)
        case snapshot(RoomPerson)
        /// Whether somebody may come in.
        case admission(RoomPerson)
        /// Who is there.
        case participants
        /// Takes over what the show has become.
        case follow(RoomActor?)
        /// A member is forgotten; nothing of it is told.
        case forget(MemberID)

        /// Whether it leaves the room as it is.
        var isLook: Bool {
            switch self {
            case .snapshot, .admission, .participants: true
            case .command, .deletion, .order, .enter, .follow, .forget: false
            }
        }
    }

    /// How often a batch is decided anew because other processes were faster.
    static let attempts = 5

    let session: LiveSessionID
    let store: any ClubStore
    let shows: any RoomShows
    let clock: any ClubClock
    let audiences: [any RoomAudience]

    var room: Room
    /// Of the last batch of the log that was taken over.
    var number = 0
    var history = RoomHistory()
    var book: AttendanceBook
    /// The moment of what was done last.
    var moment = Date.distantPast
    /// Whether the log may hold a batch of this process whose storing was not answered.
    var isUncertain = false
    /// Whether the show still has to be ended, because its room has ended by itself.
    var owesEnd = false

    /// Does what is asked, all in one commit, and tells it; then answers, in the order in which it was asked.
    ///
    /// Where the store is away, or it is uncertain what the log holds, only that is done which needs no log. The first
    /// commit that fails answers the others with its error.
    /// - Returns: An answer for each; nil for what needs the log and is to be asked again after a look into it.
    mutating func handle(_ works: [Work]) async -> [Result<RoomAnswer, ChangeFailure>?] {
        var round = RoomRound(works: works)
        if isUncertain {
            round.decideUnlogged(on: &room, now: tick())
        } else {
            do throws(StoreError) {
                try await log(&round)
            } catch {
                round.takeBack(&room)
                if case .unavailable = error {
                    isUncertain = true
                    round.decideUnlogged(on: &room, now: tick())
                    round.failPutOff(.store(error))
                } else {
                    round.fail(.store(error))
                }
            }
        }
        tell(round.events, seqBefore: round.seqBefore, closing: round.expelled)
        return finish(round)
    }

    /// This moment. Of a clock that is set back the room waits until it has come again: nothing happens before what
    /// happened already.
    private mutating func tick() -> Date {
        moment = max(moment, clock.now)
        return moment
    }

    /// Decides and logs, anew as long as other processes are faster.
    private mutating func log(_ round: inout RoomRound) async throws(StoreError) {
        for attempt in 1...Self.attempts {
            round.decide(on: &room, now: tick())
            guard let batch = round.batch(session, number: number + 1) else { return }
            if try await commit(batch) { return }
            guard attempt < Self.attempts else { throw .conflict(collection: RoomBatch.collection) }
            round.takeBack(&room)
            try await catchUp()
            try await recognise(batch)
        }
    }

    /// - Returns: Whether it is in the log; false where another process was faster, or a message had come before.
    private mutating func commit(_ batch: RoomBatch) async throws(StoreError) -> Bool {
        do throws(StoreError) {
            try await store.roomLog.append(batch)
            number = batch.number
            return true
        } catch .conflict {
            return false
        }
    }

    /// Learns of messages of a refused batch that were there before, whatever process took them.
    private mutating func recognise(_ batch: RoomBatch) async throws(StoreError) {
        for message in batch.messages {
            guard let clientID = message.clientID,
                let known = try await store.chatMessages.find(
                    clientID: clientID,
                    of: message.member,
                    in: session
                )
            else { continue }
            room.remember(clientID: clientID, of: known.member, seq: known.seq)
        }
    }

    /// What reads the room's log.
    var reader: RoomLogReader { RoomLogReader(session: session, store: store) }

    /// Takes over what other processes have logged, and tells it.
    private mutating func catchUp() async throws(StoreError) {
        while true {
            let batches = try await reader.batches(after: number)
            take(batches)
            if batches.count < RoomLogReader.page { return }
        }
    }

    /// Takes over batches that were read from the log, and tells them; those that it knows are passed over.
    mutating func take(_ batches: [RoomBatch]) {
        for batch in batches where batch.number == number + 1 {
            let seqBefore = room.state.seq
            for fact in batch.facts { room.apply(.logged(fact)) }
            number = batch.number
            tell(batch.facts.map(RoomEvent.logged), seqBefore: seqBefore, closing: [])
        }
    }

    /// Ends the show of a room that has ended by itself. Where that fails it is tried again the next time.
    mutating func payEnd() async {
        guard owesEnd else { return }
        do throws(ChangeFailure) {
            try await shows.endSilent(session)
            owesEnd = false
        } catch {}
    }
}

/// Up to which event of which log a client knows a room.
public struct RoomPlace: Equatable, Sendable {
    public let seq: Int
    public let epoch: String

    public init(seq: Int, epoch: String) {
        self.seq = seq
        self.epoch = epoch
    }
}

/// What became of a command, after its events are in the log.
public struct RoomAnswer: Equatable, Sendable {
    /// The number of the last numbered event; of a chat message that of its own event.
    public let seq: Int
    /// Whether a chat message had been taken before, under the same `clientID`.
    public let isRepeat: Bool
    /// Of those who asked for one.
    public let snapshot: RoomSnapshot?
    /// For those who asked who is there, by their ids.
    public var participants: [RoomParticipant] = []
}
