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
    /// Whether the log may hold a batch of this process whose storing was not answered.
    var isUncertain = false
    /// Whether the show still has to be ended, because its room has ended by itself.
    var owesEnd = false

    /// Does what is asked, all in one commit, and tells it; then answers, in the order in which it was asked.
    ///
    /// Where the store is away, what had to be logged is not done, and is answered with the error.
    mutating func handle(_ works: [Work]) async -> [Result<RoomAnswer, ChangeFailure>] {
        var round = RoomRound(works: works)
        do throws(StoreError) {
            if isUncertain { try await catchUp() }
            for attempt in 1...Self.attempts {
                let now = clock.now
                round.decide(on: &room, now: now)
                guard let batch = round.batch(session, number: number + 1) else { break }
                if try await commit(batch) { break }
                guard attempt < Self.attempts else { throw .conflict(collection: RoomBatch.collection) }
                round.takeBack(&room)
                try await catchUp()
                try await recognise(batch)
            }
        } catch {
            round.takeBack(&room)
            round.fail(.store(error))
            if case .unavailable = error { isUncertain = true }
        }
        tell(round.events, seqBefore: round.seqBefore, closing: round.expelled)
        return finish(round)
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

    /// Takes over what other processes have logged, and tells it.
    mutating func catchUp() async throws(StoreError) {
        while true {
            let batches = try await store.roomLog.batches(of: session, after: number, limit: 100)
            for batch in batches {
                let ids = batch.facts.compactMap(\.news.message?.id)
                let words = try await words(of: ids)
                let seqBefore = room.state.seq
                let facts = batch.facts.map { $0.filled(with: words) }
                for fact in facts { room.apply(.logged(fact)) }
                number = batch.number
                tell(facts.map(RoomEvent.logged), seqBefore: seqBefore, closing: [])
            }
            if batches.count < 100 { break }
        }
        isUncertain = false
    }

    func words(of ids: [RoomMessageID]) async throws(StoreError) -> [RoomMessageID: RoomMessage.Words] {
        guard !ids.isEmpty else { return [:] }
        let found = try await store.chatMessages.find(ids)
        return Dictionary(found.compactMap { message in message.words.map { (message.id, $0) } }) { first, _ in first }
    }

    /// Stores who came and went. What cannot be stored now is tried again the next time.
    mutating func keepAttendance() async {
        let due = book.due
        guard !due.isEmpty else { return }
        do throws(StoreError) {
            try await store.attendance.keep(due)
            book.stored(due)
        } catch {}
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
