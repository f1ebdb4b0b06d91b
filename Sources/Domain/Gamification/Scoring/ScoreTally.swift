import Foundation

/// What members did in one show, counted from its room's log and from who was there.
///
/// A pure fold: what was taken is passed over when it comes again, and in whatever pieces it comes, the lines are the
/// same. Lines only grow, and at no time are they more than what is stored will come to in the end: messages that were
/// deleted count, and those who are still there count up to a moment for which all is stored.
public struct ScoreTally: Equatable, Sendable {
    /// What one member did, as the log tells it.
    struct Deeds: Equatable, Sendable {
        var counts: [XPRule: Int] = [:]
        /// Who thanked the member.
        var givers: Set<MemberID> = []
        /// Whom the member thanked.
        var thanked: Set<MemberID> = []
    }

    /// Of the last batch of the log that was taken.
    public private(set) var number = 0
    /// When the log had its last line.
    private(set) var lastAt: Date?
    /// When the log says that the show ended.
    private(set) var loggedEnd: Date?
    private var isLive = false
    private(set) var deeds: [MemberID: Deeds] = [:]
    private(set) var presence = ScorePresence()
    /// Whose hand is up.
    private var raised: Set<MemberID> = []
    /// Who was invited because of a raised hand.
    private var called: Set<MemberID> = []
    /// Of whom something is new since `takeChanged`.
    private var changed: Set<MemberID> = []

    public init() {}

    /// Takes the next batch of the log; any other one is passed over.
    public mutating func take(_ batch: RoomBatch) {
        guard batch.number == number + 1 else { return }
        number = batch.number
        for fact in batch.facts {
            take(fact)
            lastAt = max(lastAt ?? fact.at, fact.at)
        }
    }

    /// Takes who was there, each interval in place of the one with its id.
    public mutating func take(_ intervals: [AttendanceInterval]) {
        for interval in intervals {
            presence.take(interval)
            changed.insert(interval.member)
        }
    }

    /// Everybody of whom there is something.
    var members: Set<MemberID> { Set(deeds.keys).union(presence.members) }

    /// Of whom something is new since this was asked the last time, and those who are still there.
    mutating func takeChanged() -> Set<MemberID> {
        defer { changed = [] }
        return changed.union(presence.stillThere)
    }

    // MARK: The log

    private mutating func take(_ fact: RoomFact) {
        switch fact.news {
        case .started: isLive = true
        case .ended: end(at: fact.at)
        case .said(let message):
            if message.kind == .chat || message.kind == .question { count(.chat, of: message.member) }
        case .reacted(let member, _): count(.reaction, of: member)
        case .raised(let hand):
            count(.hand, of: hand.member)
            raised.insert(hand.member)
        case .lowered(let member, _): raised.remove(member)
        case .cleared: raised = []
        case .invited(let invitation):
            if raised.remove(invitation.member) != nil { called.insert(invitation.member) }
        case .uninvited(let member, _): called.remove(member)
        case .promoted(let member): promote(member)
        case .supported(let speaker, let giver): thank(speaker, by: giver, at: fact.at)
        case .visited(let member):
            deeds[member, default: Deeds()].counts[.opened] = 1
            changed.insert(member)
        case .deleted, .demoted, .pinned, .moderated, .opened, .ruled, .charged, .asked, .answered, .muted, .removed,
            .counted, .voiced, .lived:
            break
        }
    }

    /// Deeds count while the show is live.
    private mutating func count(_ rule: XPRule, of member: MemberID) {
        guard isLive else { return }
        deeds[member, default: Deeds()].counts[rule, default: 0] += 1
        changed.insert(member)
    }

    /// Whoever comes on stage was promoted, with a raised hand or without: the host too.
    private mutating func promote(_ member: MemberID) {
        count(.promoted, of: member)
        let hadRaised = raised.remove(member) != nil
        let wasCalled = called.remove(member) != nil
        if hadRaised || wasCalled { count(.handTaken, of: member) }
    }

    private mutating func thank(_ speaker: MemberID, by giver: MemberID, at moment: Date) {
        guard speaker != giver, isLive || loggedEnd.map({ moment <= $0.later(by: RoomLimits.supportLasts) }) ?? false
        else { return }
        deeds[speaker, default: Deeds()].givers.insert(giver)
        deeds[giver, default: Deeds()].thanked.insert(speaker)
        changed.formUnion([speaker, giver])
    }

    private mutating func end(at moment: Date) {
        (isLive, loggedEnd) = (false, loggedEnd ?? moment)
        (raised, called) = ([], [])
        changed.formUnion(presence.members)
    }
}
