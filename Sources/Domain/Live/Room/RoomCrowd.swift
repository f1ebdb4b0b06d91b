import Foundation

/// Who is in a room at this moment, and what has to be told of it. It lives as long as the process does.
struct RoomCrowd: Equatable, Sendable {
    struct Presence: Equatable, Sendable {
        var connections: [ConnectionID: DeviceKind] = [:]
        /// Since when there is no connection.
        var absentSince: Date?
    }

    /// What shows that somebody who runs the show is there.
    struct Sign: Equatable, Sendable {
        /// The last moment of a connection that ended.
        var connectedUntil: Date?
        /// The last action from afar.
        var actedAt: Date?
    }

    private(set) var presences: [MemberID: Presence] = [:]
    /// Everybody who asked this room for something.
    private(set) var known: [MemberID: RoomPerson] = [:]
    private(set) var signs: [MemberID: Sign] = [:]
    private(set) var reactionTimes: [MemberID: [Date]] = [:]
    private(set) var peak = 0
    /// Members who dropped, those who dropped first coming first; whoever came back meanwhile is passed over.
    private var dropped: [(member: MemberID, at: Date)] = []

    // To be told:
    private(set) var came: [MemberID] = []
    private(set) var went: [MemberID] = []
    private(set) var presenceIsNew = false
    private(set) var presenceToldAt: Date?
    private(set) var untoldReactions: [String: Int] = [:]
    private(set) var reactionsToldAt: Date?
    private(set) var untoldThanks: [MemberID: RoomThanks] = [:]
    private(set) var thanksToldAt: Date?
    private(set) var uncounted: [String: Int] = [:]
    private(set) var uncountedSince: Date?
    private(set) var toldPositions: [MemberID: Int] = [:]
    private(set) var queueIsNew = false
    private(set) var positionsToldAt: Date?

    static func == (left: Self, right: Self) -> Bool {
        left.presences == right.presences && left.known == right.known && left.signs == right.signs
    }

    func isConnected(_ member: MemberID) -> Bool {
        presences[member].map { !$0.connections.isEmpty } ?? false
    }

    /// Whether somebody is connected by more than sound: a phone in a pocket goes on playing when its page sleeps.
    func seesRoom(_ member: MemberID) -> Bool {
        presences[member]?.connections.values.contains { $0 != .audio } ?? false
    }

    /// Whether somebody is in the room, or dropped so little time ago that they keep their seat.
    func holdsSeat(_ member: MemberID) -> Bool { presences[member] != nil }

    mutating func apply(_ motion: RoomMotion) {
        switch motion {
        case .known(let person): known[person.id] = person
        case .entered(let member, let connection, let device, let time):
            enter(member, connection, device, at: time)
        case .left(let member, let connection, let time): leave(member, connection, at: time)
        case .gone(let member, _): giveUp(member)
        case .expelled(let member, _):
            giveUp(member)
            signs[member] = nil
        case .acted(let member, let time): signs[member, default: Sign()].actedAt = time
        case .reacted(let member, let emoji, let time): react(member, emoji, at: time)
        case .presence(_, let time):
            (came, went, presenceIsNew, presenceToldAt) = ([], [], false, time)
        case .reactions(_, let time): (untoldReactions, reactionsToldAt) = ([:], time)
        case .thanked(_, let time): (untoldThanks, thanksToldAt) = ([:], time)
        case .positions(let positions, let time):
            for (member, position) in positions { toldPositions[member] = position == 0 ? nil : position }
            (queueIsNew, positionsToldAt) = (false, time)
        }
    }

    /// Takes notice of what the log got.
    mutating func apply(_ fact: RoomFact) {
        switch fact.news {
        case .raised, .lowered, .cleared, .invited: queueIsNew = true
        case .promoted(let member):
            expect(member, at: fact.at)
            (queueIsNew, presenceIsNew) = (true, true)
        case .ended: (queueIsNew, presenceIsNew) = (true, true)
        case .demoted, .started, .charged, .ruled: presenceIsNew = true
        case .counted: (uncounted, uncountedSince) = ([:], nil)
        case .removed(let member, _): giveUp(member)
        case .supported(let speaker, let member): thank(speaker, by: member, at: fact.at)
        case .opened, .asked, .answered, .muted, .reacted, .said, .deleted, .uninvited, .pinned,
            .moderated, .voiced, .visited, .lived:
            break
        }
    }

    /// Somebody of the crew has as much time to come back as if they had been here until `time`.
    mutating func await(_ member: MemberID, at time: Date) {
        signs[member, default: Sign()].connectedUntil = time
    }

    /// Somebody whose place the log knows has to be there, or drops.
    mutating func expect(_ member: MemberID, at time: Date) {
        guard presences[member] == nil else { return }
        presences[member] = Presence(absentSince: time)
        dropped.append((member, time))
        presenceIsNew = true
    }

    /// What the log says of the time before this process needs no telling.
    mutating func forgetThanks() {
        untoldThanks = [:]
    }

    mutating func forgetName(of member: MemberID) {
        known[member] = nil
    }

    /// Those whose seat is to be given up at `now`.
    func overdue(_ now: Date) -> [MemberID] {
        let limit = now.later(by: .zero - RoomLimits.grace)
        var seen: Set<MemberID> = []
        return dropped.prefix { $0.at <= limit }.compactMap { entry in
            presences[entry.member]?.absentSince == entry.at && seen.insert(entry.member).inserted
                ? entry.member : nil
        }
    }

    /// When the next seat is to be given up.
    var nextDrop: Date? {
        dropped.first { presences[$0.member]?.absentSince == $0.at }?.at
            .later(by: RoomLimits.grace)
    }

    private mutating func enter(_ member: MemberID, _ connection: ConnectionID, _ device: DeviceKind, at time: Date) {
        if presences[member] == nil {
            if let index = went.firstIndex(of: member) { went.remove(at: index) } else { came.append(member) }
            came = came.suffix(RoomLimits.namesAtOnce)
            presenceIsNew = true
        }
        presences[member, default: Presence()].connections[connection] = device
        presences[member]?.absentSince = nil
        peak = max(peak, presences.count)
    }

    private mutating func leave(_ member: MemberID, _ connection: ConnectionID, at time: Date) {
        guard presences[member]?.connections.removeValue(forKey: connection) != nil else { return }
        guard !isConnected(member) else { return }
        presences[member]?.absentSince = time
        dropped.append((member, time))
        tidy()
        signs[member, default: Sign()].connectedUntil = time
    }

    private mutating func giveUp(_ member: MemberID) {
        guard presences.removeValue(forKey: member) != nil else { return }
        if let index = came.firstIndex(of: member) { came.remove(at: index) } else { went.append(member) }
        went = went.suffix(RoomLimits.namesAtOnce)
        reactionTimes[member] = nil
        presenceIsNew = true
        tidy()
    }

    /// Forgets drops that were followed by a return, when they are many.
    private mutating func tidy() {
        guard dropped.count > 2 * presences.count + 64 else { return }
        dropped.removeAll { presences[$0.member]?.absentSince != $0.at }
    }

    private mutating func thank(_ speaker: MemberID, by member: MemberID, at time: Date) {
        noteReaction(of: member, at: time)
        untoldThanks[speaker, default: RoomThanks(count: 0, by: member)].count += 1
        untoldThanks[speaker]?.by = member
        presenceIsNew = true
    }

    private mutating func noteReaction(of member: MemberID, at time: Date) {
        let times = reactionTimes[member, default: []] + [time]
        reactionTimes[member] = times.suffix(RoomLimits.reactionBurst)
    }

    private mutating func react(_ member: MemberID, _ emoji: String, at time: Date) {
        noteReaction(of: member, at: time)
        untoldReactions[emoji, default: 0] += 1
        uncounted[emoji, default: 0] += 1
        if uncountedSince == nil { uncountedSince = time }
    }
}
