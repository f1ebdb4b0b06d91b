import Foundation

/// One show's room: a pure value that decides and remembers.
///
/// `decide` says what happens because of a command and changes nothing; `apply` takes over what happened. Whoever owns
/// the value puts logged events into the log between the two. Applying the log's lines to a new room gives the same
/// `state`. It has no clock: every command carries its moment, and those after it none that is earlier.
public struct Room: Sendable {
    public let session: LiveSessionID
    public private(set) var state = RoomState()
    /// What may be reacted with.
    public let reactionSet: [String]
    var crowd = RoomCrowd()
    private var receipts = ChatReceipts()

    public init(session: LiveSessionID, reactionSet: [String] = Self.firstReactions) {
        self.session = session
        self.reactionSet = reactionSet
    }

    /// The reactions of a club that has chosen none.
    public static let firstReactions = ["👏", "❤️", "🔥", "😂", "👍", "🤔"]
    /// Those among which a club chooses.
    public static let offeredReactions = firstReactions + ["🎉", "😮", "🙏", "💯", "😢", "🤝"]

    /// What happens because somebody asks for it, in order; nothing where it is so already.
    /// - Throws: `.room` with what the rules say no to; `.notAllowed` where only those who run the show may do it.
    public func decide(_ command: RoomCommand, by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        let now = Timestamp.rounded(now)
        if case .leave(let connection) = command { return leave(connection, of: actor.id, now: now) }
        let known = try introduce(actor, with: command, now: now)
        return known + (try answer(command, by: actor, now: now))
    }

    /// What happens because somebody wants a message deleted that the room need not remember; nothing where it is gone
    /// already.
    /// - Throws: `.room` as above; `.notAllowed` to those who neither wrote it nor run the show.
    public func decide(
        deletionOf message: RoomMessage,
        by actor: RoomActor,
        now: Date
    ) throws(Refusal) -> [RoomEvent] {
        let now = Timestamp.rounded(now)
        let known = try introduce(actor, with: .deleteMessage(message.id), now: now)
        return known + (try delete(message, by: actor, now: now))
    }

    /// What happens because the show or a membership has changed, in order; nothing where it is so already.
    /// - Throws: `.room(.over)` where a show that ended is to begin.
    public func decide(_ order: RoomOrder, now: Date) throws(Refusal) -> [RoomEvent] {
        let now = Timestamp.rounded(now)
        switch order {
        case .open(let epoch): return state.epoch.isEmpty ? [.fact(now, .opened(epoch: epoch))] : []
        case .begin(let actor, let crew, let hands): return try begin(by: actor, crew, hands: hands, now: now)
        case .rule(let crew, let hands): return rule(crew, hands: hands, now: now)
        case .end: return end(.host, now: now)
        case .expel(let member):
            return takeAway(member, now: now) + expulsion(of: member, now: now)
                + successor(of: member, orElse: nil, now: now)
        case .microphone(let member, let isOn):
            guard state.isOnStage(member), state.voices.contains(member) != isOn else { return [] }
            return [.fact(now, .voiced(member: member, isOn: isOn))]
        }
    }

    /// Takes over what happened. Events are applied in the order in which they were decided, each once.
    public mutating func apply(_ event: RoomEvent) {
        switch event {
        case .logged(let fact):
            state.apply(fact)
            crowd.apply(fact)
            if let message = fact.news.message { note(message, seq: state.seq) }
        case .passing(let motion): crowd.apply(motion)
        }
    }

    /// Gives the words to messages that were read without them; what has none is not shown.
    public mutating func fill(_ words: [RoomMessageID: RoomMessage.Words]) {
        state.fill(words)
        for said in state.messages { note(said.message, seq: said.seq) }
    }

    private mutating func note(_ message: RoomMessage, seq: Int) {
        guard let clientID = message.words?.clientID else { return }
        receipts.note(clientID, of: message.member, seq: seq)
    }

    /// Leaves nothing of what a member wrote, nor of how they are called: they have asked to be forgotten.
    public mutating func forget(_ member: MemberID) {
        state.forgetWords(of: member)
        crowd.forgetName(of: member)
    }

    /// Messages whose words are missing here and kept beside the log.
    public var wordless: [RoomMessageID] { state.wordless }

    /// Knows again a chat message that was sent before this room was read.
    public mutating func remember(clientID: String, of member: MemberID, seq: Int) {
        receipts.note(clientID, of: member, seq: seq)
    }

    /// Begins to live in a process: whoever has a place, and the host, has the usual time to come back.
    public mutating func resume(now: Date) {
        let now = Timestamp.rounded(now)
        crowd.forgetThanks()
        for seat in state.stage { crowd.expect(seat.member, at: now) }
        for hand in state.queue.hands where !hand.isRemote { crowd.expect(hand.member, at: now) }
        for member in state.crew.all { crowd.await(member, at: now) }
    }

    /// The number of the chat message that a member's program sent with this id; nil where there is none.
    public func seq(ofClient id: String, by member: MemberID) -> Int? {
        receipts.seq(ofClient: id, by: member)
    }

    /// What somebody may do here.
    public func rank(of person: RoomPerson) -> RoomRank {
        if state.removed.contains(person.id) { return .member }
        return person.isAdmin ? .admin : crewRank(of: person.id)
    }

    func rank(of member: MemberID) -> RoomRank {
        crowd.known[member].map { rank(of: $0) } ?? crewRank(of: member)
    }

    private func crewRank(of member: MemberID) -> RoomRank {
        if state.removed.contains(member) { return .member }
        if state.crew.host == member || state.inCharge == member { return .host }
        return state.crew.coHosts.contains(member) ? .coHost : .member
    }

    /// The name of the message that the next numbered event brings.
    var nextMessageID: RoomMessageID { RoomMessageID(session: session, seq: state.seq + 1) }

    /// - Throws: `.room(.removed)`, `.room(.over)`.
    private func introduce(
        _ actor: RoomActor,
        with command: RoomCommand,
        now: Date
    ) throws(Refusal) -> [RoomEvent] {
        try checkMayAsk(for: command, actor.person)
        var events: [RoomEvent] = []
        if crowd.known[actor.id] != actor.person { events.append(.passing(.known(actor.person))) }
        guard runs(actor.id) else { return events }
        if !command.isComing, actor.way == .messenger || !crowd.isConnected(actor.id) {
            events.append(.passing(.acted(actor.id, at: now)))
        }
        return events + hostSign(of: actor, now: now)
    }

    /// Those who were removed are kept out, and after the end there is nothing left but to thank, and to delete.
    private func checkMayAsk(for command: RoomCommand, _ person: RoomPerson) throws(Refusal) {
        if command.outlastsShow, case .ended = state.phase, !state.removed.contains(person.id) { return }
        _ = try admit(person)
    }

    private func answer(_ command: RoomCommand, by actor: RoomActor, now: Date) throws(Refusal) -> [RoomEvent] {
        switch command {
        case .enter(let connection, let device): enter(connection, device, by: actor, now: now)
        case .leave(let connection): leave(connection, of: actor.id, now: now)
        case .visit: state.visitors.contains(actor.id) ? [] : [.fact(now, .visited(member: actor.id))]
        case .present: []
        case .chat(let text, let clientID, let isQuestion):
            try chat(text, clientID: clientID, isQuestion: isQuestion, by: actor, now: now)
        case .react(let emoji): try react(emoji, by: actor, now: now)
        case .support(let speaker): try support(speaker, by: actor, now: now)
        case .raiseHand(let topic): try raise(topic: topic, by: actor, now: now)
        case .lowerHand: try lower(by: actor, now: now)
        case .acceptInvite: try accept(by: actor, now: now)
        case .declineInvite: try decline(by: actor, now: now)
        case .leaveStage: try stepDown(by: actor, now: now)
        case .promote(let member): try promote(member, by: actor, now: now)
        case .demote(let member): try demote(member, by: actor, now: now)
        case .mute(let member): try mute(member, by: actor, now: now)
        case .kick(let member): try kick(member, by: actor, now: now)
        case .nextHand: try nextHand(by: actor, now: now)
        case .lowerAll: try lowerAll(by: actor, now: now)
        case .deleteMessage(let id): try delete(id, by: actor, now: now)
        case .pin(let text): try pin(text, by: actor, now: now)
        case .chatMode(let mode, let slow): try setChat(mode, slow: slow, by: actor, now: now)
        }
    }

    /// - Throws: `.notAllowed` for everybody who does not run the show.
    func checkModerator(_ actor: RoomActor) throws(Refusal) {
        guard rank(of: actor.person).isModerator else { throw .notAllowed }
    }

    /// - Throws: `.room(.notBegun)`.
    func checkLive() throws(Refusal) {
        guard state.isLive else { throw .room(.notBegun) }
    }
}

extension RoomCommand {
    /// Whether it is taken when the show is over, too.
    fileprivate var outlastsShow: Bool {
        switch self {
        case .support, .deleteMessage: true
        case .enter, .leave, .visit, .present, .chat, .react, .raiseHand, .lowerHand, .acceptInvite, .declineInvite,
            .leaveStage, .promote, .demote, .mute, .kick, .nextHand, .lowerAll, .pin, .chatMode:
            false
        }
    }

    /// Whether whoever runs the show is not there by it alone: as long as they are, their connection says so.
    fileprivate var isComing: Bool {
        switch self {
        case .enter, .visit: true
        case .leave, .present, .chat, .react, .support, .raiseHand, .lowerHand, .acceptInvite, .declineInvite,
            .leaveStage, .promote, .demote, .mute, .kick, .nextHand, .lowerAll, .deleteMessage, .pin, .chatMode:
            false
        }
    }
}
