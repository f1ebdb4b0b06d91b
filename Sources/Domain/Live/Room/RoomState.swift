import Foundation

/// What a room is after its log: the same for everybody who reads it.
public struct RoomState: Equatable, Sendable {
    public enum Phase: Equatable, Sendable {
        case waiting
        case live(since: Date)
        case ended(at: Date)
    }

    /// A chat message and its number.
    public struct Said: Equatable, Sendable {
        public let seq: Int
        public var message: RoomMessage
    }

    struct Tap: Hashable, Sendable {
        let by: MemberID
        let speaker: MemberID
    }

    /// Names the log. Empty before the room was opened.
    public private(set) var epoch = ""
    /// The number of the last numbered event.
    public private(set) var seq = 0
    public private(set) var phase = Phase.waiting
    public private(set) var crew = RoomCrew(host: nil)
    /// Who is in charge: the host, or who took over.
    public private(set) var inCharge: MemberID?
    public private(set) var handPolicy = HandPolicy.everyone
    public private(set) var queue = HandQueue()
    public private(set) var invitations: [MemberID: StageInvitation] = [:]
    /// In the order in which they came up.
    public private(set) var stage: [StageSeat] = []
    /// Everybody who was on stage in this show.
    public private(set) var speakers: Set<MemberID> = []
    /// Who is on stage and can be heard.
    public private(set) var voices: Set<MemberID> = []
    /// Who was removed, and is kept out.
    public private(set) var removed: Set<MemberID> = []
    /// The last ones, oldest first.
    public private(set) var messages: [Said] = []
    public private(set) var pinned: RoomMessage?
    /// The last ones that were deleted.
    private(set) var deleted: [RoomMessageID] = []
    public private(set) var chatMode = ChatMode.everyone
    /// The least time between two messages of one member; zero for none.
    public private(set) var slow = Duration.zero
    /// When the host was asked whether they are there, as long as nobody answered.
    public private(set) var askedAt: Date?
    public private(set) var messageCount = 0
    public private(set) var questionCount = 0
    public private(set) var reactionCount = 0
    /// When the log said the last time that the show is alive.
    private(set) var livedAt: Date?
    private(set) var supports: Set<Tap> = []
    /// Who has opened the show's page.
    private(set) var visitors: Set<MemberID> = []
    private(set) var handCounts: [MemberID: Int] = [:]
    private(set) var notedReactions: [MemberID: Int] = [:]
    /// When each member wrote the last times, oldest first.
    private(set) var chatTimes: [MemberID: [Date]] = [:]

    public init() {}

    public var isLive: Bool {
        if case .live = phase { return true }
        return false
    }

    /// What was written and is remembered here: the last chat messages, what is pinned, the topics of raised hands.
    func message(_ id: RoomMessageID) -> RoomMessage? {
        if pinned?.id == id { return pinned }
        return messages.last { $0.message.id == id }?.message ?? queue.hands.first { $0.topic?.id == id }?.topic
    }

    public func isOnStage(_ member: MemberID) -> Bool { stage.contains { $0.member == member } }

    /// Takes over one line of the log.
    mutating func apply(_ fact: RoomFact) {
        if fact.news.isNumbered { seq += 1 }
        switch fact.news {
        case .said(let message): take(message)
        case .deleted(let id, _): delete(id)
        case .raised(let hand):
            queue.insert(hand)
            handCounts[hand.member, default: 0] += 1
        case .lowered(let member, _): queue.remove(member)
        case .cleared: queue.removeAll()
        case .invited(let invitation):
            queue.remove(invitation.member)
            invitations[invitation.member] = invitation
        case .uninvited(let member, _): invitations[member] = nil
        case .promoted(let member): seat(member, at: fact.at)
        case .demoted(let member, _):
            stage.removeAll { $0.member == member }
            voices.remove(member)
        case .pinned(let message, _): pinned = message
        case .moderated(let mode, let seconds, _): (chatMode, slow) = (mode, .seconds(seconds))
        case .started(let member, let crew, let hands): begin(crew, hands: hands, by: member, at: fact.at)
        case .ended: end(at: fact.at)
        case .opened, .ruled, .charged, .asked, .answered, .muted, .removed, .supported, .reacted, .counted,
            .voiced, .visited, .lived:
            note(fact)
        }
    }

    private mutating func note(_ fact: RoomFact) {
        switch fact.news {
        case .opened(let name): epoch = name
        case .ruled(let crew, let hands):
            if let inCharge, !crew.all.contains(inCharge) {
                self.inCharge = crew.all.first { !removed.contains($0) } ?? inCharge
            }
            (self.crew, handPolicy) = (crew, hands)
        case .charged(let member): (inCharge, askedAt) = (member, nil)
        case .asked: askedAt = fact.at
        case .answered: askedAt = nil
        case .removed(let member, _): removed.insert(member)
        case .supported(let speaker, let by): supports.insert(Tap(by: by, speaker: speaker))
        case .reacted(let member, _): notedReactions[member, default: 0] += 1
        case .counted(let reactions): reactionCount += reactions.values.reduce(0, +)
        case .voiced(let member, let isOn):
            if isOn { voices.insert(member) } else { voices.remove(member) }
        case .visited(let member): visitors.insert(member)
        case .lived: livedAt = fact.at
        case .muted, .said, .deleted, .raised, .lowered, .cleared, .invited, .uninvited, .promoted, .demoted, .pinned,
            .moderated, .started, .ended:
            break
        }
    }

    private mutating func take(_ message: RoomMessage) {
        messages.append(Said(seq: seq, message: message))
        if messages.count > RoomLimits.shownMessages { messages.removeFirst() }
        var times = chatTimes[message.member, default: []]
        times.append(message.at)
        chatTimes[message.member] = times.suffix(RoomLimits.chatBurst)
        messageCount += 1
        if message.kind == .question { questionCount += 1 }
    }

    private mutating func delete(_ id: RoomMessageID) {
        messages.removeAll { $0.message.id == id }
        deleted = (deleted + [id]).suffix(RoomLimits.shownMessages)
        queue.forget(id)
        if pinned?.id == id { pinned = nil }
    }

    private mutating func seat(_ member: MemberID, at time: Date) {
        queue.remove(member)
        invitations[member] = nil
        guard !isOnStage(member) else { return }
        stage.append(StageSeat(member: member, since: time))
        speakers.insert(member)
    }

    private mutating func begin(_ crew: RoomCrew, hands: HandPolicy, by member: MemberID?, at time: Date) {
        phase = .live(since: time)
        livedAt = time
        (self.crew, handPolicy) = (crew, hands)
        inCharge = [crew.host, member].compactMap { $0 }.first { !removed.contains($0) } ?? crew.host
    }

    private mutating func end(at time: Date) {
        phase = .ended(at: time)
        queue.removeAll()
        invitations = [:]
        stage = []
        voices = []
        askedAt = nil
    }
}

extension RoomState {
    /// Gives the words to messages that were read from the log without them.
    mutating func fill(_ words: [RoomMessageID: RoomMessage.Words]) {
        func filled(_ message: RoomMessage) -> RoomMessage {
            var message = message
            message.words = words[message.id] ?? message.words
            return message
        }
        for index in messages.indices { messages[index].message = filled(messages[index].message) }
        messages.removeAll { $0.message.words == nil }
        pinned = pinned.map(filled)
        if pinned?.words == nil { pinned = nil }
        var hands = HandQueue()
        for hand in queue.hands {
            var hand = hand
            hand.topic = hand.topic.map(filled)
            if hand.topic?.words == nil { hand.topic = nil }
            hands.insert(hand)
        }
        queue = hands
    }

    /// Leaves nothing of what a member wrote.
    mutating func forgetWords(of member: MemberID) {
        messages.removeAll { $0.message.member == member }
        if pinned?.member == member { pinned = nil }
        if let topic = queue.hand(of: member)?.topic { queue.forget(topic.id) }
    }

    /// What the log alone makes.
    var withoutWords: RoomState {
        var copy = self
        for index in copy.messages.indices {
            copy.messages[index].message = copy.messages[index].message.withoutWords
        }
        copy.pinned = pinned?.withoutWords
        copy.queue = queue.withoutWords
        return copy
    }

    /// Messages whose words a room needs that was read from the log.
    var wordless: [RoomMessageID] {
        let all = messages.map(\.message) + queue.hands.compactMap(\.topic) + (pinned.map { [$0] } ?? [])
        return all.filter { $0.words == nil }.map(\.id)
    }
}
