import Foundation
import Testing

@testable import Domain

/// A room with a clock that a test moves, and its log.
struct RoomBench {
    static let host = MemberID(rawValue: "host")
    static let coHost = MemberID(rawValue: "cohost")
    static let second = MemberID(rawValue: "second")
    static let admin = MemberID(rawValue: "admin")
    static let crew = RoomCrew(host: host, coHosts: [coHost, second])

    var room = Room(session: LiveSessionID(rawValue: "show"), reactionSet: ["👏", "❤️"])
    var now = Date(timeIntervalSince1970: 1_800_000_000)
    private(set) var log: [RoomFact] = []
    /// Everything that was decided, in order.
    private(set) var events: [RoomEvent] = []
    private var texts = 0

    /// A show that is live, its host in the room.
    static func live(hands: HandPolicy = .everyone) throws -> RoomBench {
        var bench = try waiting()
        try bench.enter(host)
        try bench.order(.begin(by: bench.actor(host), crew, hands: hands))
        return bench
    }

    static func waiting() throws -> RoomBench {
        var bench = RoomBench()
        try bench.order(.open(epoch: "first"))
        try bench.order(.rule(crew, hands: .everyone))
        return bench
    }

    func person(_ member: MemberID, level: Int = 1, priority: Double = 50) -> RoomPerson {
        RoomPerson(
            id: member,
            name: "Name of \(member)",
            isAdmin: member == Self.admin,
            level: level,
            priority: priority
        )
    }

    func actor(_ member: MemberID, by way: RoomActor.Way = .room) -> RoomActor {
        RoomActor(person(member), by: way)
    }

    @discardableResult
    mutating func ask(_ command: RoomCommand, by actor: RoomActor) throws -> [RoomEvent] {
        take(try room.decide(command, by: actor, now: now))
    }

    @discardableResult
    mutating func ask(_ command: RoomCommand, by member: MemberID) throws -> [RoomEvent] {
        try ask(command, by: actor(member))
    }

    @discardableResult
    mutating func order(_ order: RoomOrder) throws -> [RoomEvent] {
        take(try room.decide(order, now: now))
    }

    mutating func enter(_ member: MemberID, device: String = "1") throws {
        try ask(.enter(Self.connection(member, device), .browser), by: member)
    }

    mutating func leave(_ member: MemberID, device: String = "1") throws {
        try ask(.leave(Self.connection(member, device)), by: member)
    }

    static func connection(_ member: MemberID, _ device: String) -> ConnectionID {
        ConnectionID(rawValue: "\(member) \(device)")
    }

    /// Writes something new.
    mutating func say(_ text: String, by member: MemberID) throws {
        texts += 1
        try ask(.chat(text, clientID: "c\(texts)", isQuestion: false), by: member)
    }

    /// Somebody new comes onto the stage.
    mutating func speaker(_ member: MemberID) throws {
        try enter(member)
        try ask(.promote(member), by: Self.host)
        try ask(.acceptInvite, by: member)
    }

    /// Lets time pass, and everything happen that is due.
    @discardableResult
    mutating func wait(_ duration: Duration) -> [RoomEvent] {
        let end = now.later(by: duration)
        var happened: [RoomEvent] = []
        while let deadline = room.nextDeadline, deadline <= end {
            now = max(now, deadline)
            let due = room.due(now)
            guard !due.isEmpty else {
                Issue.record("a deadline at which nothing happens")
                break
            }
            happened += take(due)
        }
        now = end
        return happened
    }

    /// The refusal of a command that has to be refused.
    func refusal(_ command: RoomCommand, by member: MemberID) -> RoomRefusal? {
        refusal(command, by: actor(member))
    }

    func refusal(_ command: RoomCommand, by actor: RoomActor) -> RoomRefusal? {
        do {
            _ = try room.decide(command, by: actor, now: now)
            return nil
        } catch .room(let refusal) {
            return refusal
        } catch {
            return nil
        }
    }

    func isNotAllowed(_ command: RoomCommand, by member: MemberID) -> Bool {
        do {
            _ = try room.decide(command, by: actor(member), now: now)
            return false
        } catch {
            return error == .notAllowed
        }
    }

    /// A room that was made of the log alone.
    func replayed() throws -> Room {
        var copy = Room(session: room.session, reactionSet: room.reactionSet)
        let lines = try log.map { try DocumentJSON.decode(RoomFact.self, from: DocumentJSON.encode($0)) }
        for line in lines { copy.apply(.logged(line)) }
        return copy
    }

    private mutating func take(_ new: [RoomEvent]) -> [RoomEvent] {
        for event in new {
            room.apply(event)
            if let fact = event.fact { log.append(fact) }
        }
        events += new
        return new
    }
}

extension [RoomEvent] {
    /// What the log gets, without the signs of life that it gets at all times.
    var news: [RoomNews] { compactMap { $0.fact?.news }.filter { $0 != .lived } }
}
