import Domain
import Foundation
import Synchronization

/// Hears what happens in rooms and keeps what somebody has to be told of it in their chat, until `RoomTelling` takes
/// it. It returns at once, whatever becomes of the messages.
///
/// It keeps a bounded number of people for each show: where there are more, the whole show is looked through instead.
public final class RoomHerald: RoomAudience {
    private let notes = Mutex<[LiveSessionID: RoomNotes]>([:])

    /// Told when there is something to tell.
    let arrived = Wakeup()

    public init() {}

    public func hear(_ broadcast: RoomBroadcast) {
        var heard = RoomNotes()
        for signal in broadcast.signals { heard.take(signal) }
        guard !heard.isEmpty else { return }
        let news = heard
        notes.withLock { $0[broadcast.session, default: RoomNotes()].add(news) }
        arrived.notify()
    }

    /// Hands over what was heard since the last time.
    func take() -> [LiveSessionID: RoomNotes] {
        notes.withLock { notes in
            defer { notes = [:] }
            return notes
        }
    }

    /// What could not be told now. What was heard since is newer.
    func putBack(_ older: [LiveSessionID: RoomNotes]) {
        notes.withLock { notes in
            for (session, earlier) in older {
                var all = earlier
                if let newer = notes[session] { all.add(newer) }
                notes[session] = all
            }
        }
    }
}

/// What of a room has to be told in chats.
struct RoomNotes: Equatable, Sendable {
    /// Of so many people it is kept that their card may say something else.
    static let capacity = 2_048

    /// Whose card may say something else.
    private(set) var hands: Set<MemberID> = []
    /// What became of hands that are not up any more.
    private(set) var outcomes: [MemberID: HandOutcome] = [:]
    /// Whether all hands were lowered at once.
    private(set) var isCleared = false
    private(set) var invited: Set<MemberID> = []
    /// Whether the queue, the stage, the chat's mode or the questions are other ones.
    private(set) var queueIsNew = false
    private(set) var hasEnded = false
    private(set) var hostAskedAt: Date?
    private(set) var inCharge: (member: MemberID, at: Date)?
    /// Whether somebody may be missing here.
    private(set) var isOverfull = false

    static func == (left: Self, right: Self) -> Bool {
        left.hands == right.hands && left.outcomes == right.outcomes && left.isCleared == right.isCleared
            && left.invited == right.invited && left.queueIsNew == right.queueIsNew && left.hasEnded == right.hasEnded
            && left.hostAskedAt == right.hostAskedAt && left.inCharge?.member == right.inCharge?.member
            && left.inCharge?.at == right.inCharge?.at && left.isOverfull == right.isOverfull
    }

    var isEmpty: Bool { self == RoomNotes() }

    /// Whether somebody waits for it at this moment; the rest is told a little later, all together.
    var isUrgent: Bool { !invited.isEmpty || hostAskedAt != nil || inCharge != nil || hasEnded }

    /// Whether those who run the show have to be told something.
    var concernsHosts: Bool { queueIsNew || hasEnded || hostAskedAt != nil || inCharge != nil }

    mutating func take(_ signal: RoomSignal) {
        switch signal {
        case .numbered(_, let fact), .noted(let fact): take(fact)
        case .hands: queueIsNew = true
        case .position(let member, _): note(member)
        case .presence, .reactions, .thanked, .welcome, .closed: break
        }
    }

    mutating func add(_ newer: RoomNotes) {
        for member in newer.hands { note(member) }
        for (member, outcome) in newer.outcomes { note(member, outcome) }
        for member in newer.invited { invite(member) }
        isCleared = isCleared || newer.isCleared
        queueIsNew = queueIsNew || newer.queueIsNew
        hasEnded = hasEnded || newer.hasEnded
        hostAskedAt = newer.hostAskedAt ?? hostAskedAt
        inCharge = newer.inCharge ?? inCharge
        isOverfull = isOverfull || newer.isOverfull
    }

    /// Everybody is to be looked at.
    mutating func lookThrough() {
        isOverfull = true
        queueIsNew = true
    }

    private mutating func take(_ fact: RoomFact) {
        switch fact.news {
        case .invited(let invitation):
            invite(invitation.member)
            queueIsNew = true
        case .uninvited(let member, let why):
            note(member, HandOutcome(why))
            queueIsNew = true
        case .lowered(let member, let why): note(member, HandOutcome(why))
        case .cleared: isCleared = true
        case .promoted(let member):
            note(member, .onStage)
            queueIsNew = true
        case .charged(let member): inCharge = (member, fact.at)
        case .asked: hostAskedAt = fact.at
        case .ended: hasEnded = true
        case .said(let message): queueIsNew = queueIsNew || message.kind == .question
        case .demoted, .deleted, .moderated, .started, .ruled: queueIsNew = true
        case .raised, .pinned, .opened, .answered, .muted, .removed, .supported, .reacted, .counted, .voiced, .visited,
            .lived:
            break
        }
    }

    private mutating func invite(_ member: MemberID) {
        note(member)
        if !isOverfull || hands.contains(member) { invited.insert(member) }
    }

    private mutating func note(_ member: MemberID, _ outcome: HandOutcome? = nil) {
        guard hands.count < Self.capacity || hands.contains(member) else { return lookThrough() }
        hands.insert(member)
        if let outcome { outcomes[member] = outcome }
    }
}
