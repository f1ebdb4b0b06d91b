import Foundation
import TestSupport
import Testing

@testable import Domain

/// Whatever happens in a room: the lines are the same however its log is read, and what was granted while the show ran
/// is never more than what is stored in the end.
struct ScoreTallyRandomTests {
    private typealias Seeded = RoomInvariantTests.Seeded

    private static let members =
        [RoomBench.host, RoomBench.coHost, RoomBench.second] + (1...8).map { MemberID(rawValue: "m\($0)") }

    /// A room with its log and attendance as a store has them.
    private struct Stage {
        var bench: RoomBench
        var book: AttendanceBook
        var batches: [RoomBatch] = []
        var stored: [AttendanceID: AttendanceInterval] = [:]
        /// What the store has not got yet, and since when.
        var waiting: [(since: Date, intervals: [AttendanceInterval])] = []
        var logged = 0
        var told = 0
        let start: Date

        init() throws {
            bench = try RoomBench.live()
            book = AttendanceBook(session: bench.room.session)
            start = bench.now
        }

        /// Stores what happened; `lag`: in seconds, by which attendance is stored later.
        mutating func store(lag: TimeInterval) {
            let facts = Array(bench.log[logged...])
            if !facts.isEmpty {
                let number = batches.count + 1
                batches.append(RoomBatch(session: bench.room.session, number: number, seqBefore: 0, facts: facts))
                logged = bench.log.count
            }
            for event in bench.events[told...] { book.note(event) }
            told = bench.events.count
            let due = book.due
            book.stored(due)
            if !due.isEmpty { waiting.append((bench.now, due)) }
            while let first = waiting.first, first.since.addingTimeInterval(lag) <= bench.now {
                for interval in first.intervals { stored[interval.id] = interval }
                waiting.removeFirst()
            }
        }

        /// The process ends without a word, and another one opens the room.
        mutating func crash() throws {
            waiting = []
            let last = bench.log.last?.at ?? bench.now
            for interval in stored.values where interval.to == nil { stored[interval.id] = interval.ended(at: last) }
            bench.now = bench.now.addingTimeInterval(5)
            book = AttendanceBook(session: bench.room.session)
            var room = try bench.replayed()
            book.resume(room.state, at: bench.now)
            room.resume(now: bench.now)
            bench.room = room
        }

        func airtime(isSettled: Bool = false) throws -> ShowAirtime {
            var end: Date?
            if case .ended(let moment) = bench.room.state.phase { end = moment }
            let day = try #require(ClubDay(rawValue: "2027-01-15"))
            return ShowAirtime(
                session: bench.room.session,
                start: start,
                end: end,
                day: day,
                isSettled: isSettled
            )
        }
    }

    @Test(arguments: UInt64(1)...40)
    func `what is granted on the way is never more than what is stored in the end`(seed: UInt64) throws {
        var random = Seeded(state: seed)
        var stage = try Stage()
        var running = ScoreTally()
        var granted: [String: Int] = [:]
        for step in 1...400 {
            act(&stage.bench, &random)
            if step == 300 { try stage.bench.order(.end) }
            stage.store(lag: Double.random(in: 0...20, using: &random))
            if Int.random(in: 0..<60, using: &random) == 0 { try stage.crash() }
            guard step.isMultiple(of: 7) else { continue }
            for batch in stage.batches where batch.number > running.number { running.take(batch) }
            running.take(Array(stage.stored.values))
            for line in running.lines(try stage.airtime()) {
                granted[line.id] = max(granted[line.id] ?? 0, line.count)
            }
        }
        stage.bench.wait(.seconds(60))
        stage.store(lag: 0)
        var whole = ScoreTally()
        for batch in stage.batches { whole.take(batch) }
        whole.take(Array(stage.stored.values))
        let final = whole.lines(try stage.airtime(isSettled: true))
        let counts = Dictionary(uniqueKeysWithValues: final.map { ($0.id, $0.count) })
        #expect(!granted.isEmpty)
        for (id, count) in granted { #expect(count <= counts[id] ?? 0, "\(id)") }
    }

    @Test(arguments: UInt64(1)...20)
    func `a log in pieces, twice and from the start gives the same lines`(seed: UInt64) throws {
        var random = Seeded(state: seed)
        var stage = try Stage()
        var pieces = ScoreTally()
        for _ in 1...300 {
            act(&stage.bench, &random)
            stage.store(lag: 0)
            if Bool.random(using: &random) {
                for batch in stage.batches.suffix(Int.random(in: 0...40, using: &random)) { pieces.take(batch) }
                pieces.take(Array(stage.stored.values.shuffled(using: &random)))
            }
        }
        for batch in stage.batches { pieces.take(batch) }
        pieces.take(Array(stage.stored.values))
        var whole = ScoreTally()
        whole.take(Array(stage.stored.values))
        for batch in stage.batches + stage.batches { whole.take(batch) }
        let airtime = try stage.airtime()
        #expect(pieces.lines(airtime) == whole.lines(airtime))
        #expect(Set(pieces.lines(airtime).map(\.id)).count == pieces.lines(airtime).count)
    }

    private func act(_ bench: inout RoomBench, _ random: inout Seeded) {
        let member = Self.members.randomElement(using: &random) ?? RoomBench.host
        let other = Self.members.randomElement(using: &random) ?? RoomBench.host
        // What a room refuses leaves no trace, and that is what counts here.
        switch Int.random(in: 0..<24, using: &random) {
        case 0...3: bench.wait(.milliseconds(Int.random(in: 1...40_000, using: &random)))
        case 4...7:
            // No two connections have the same id.
            let connection = ConnectionID(rawValue: "\(bench.events.count)")
            _ = try? bench.ask(.enter(connection, .browser), by: member)
        case 8:
            let connections = bench.room.crowd.presences[member]?.connections.keys.map { $0 } ?? []
            guard let connection = connections.min(by: { $0.rawValue < $1.rawValue }) else { return }
            _ = try? bench.ask(.leave(connection), by: member)
        case 9...10: try? bench.say("text", by: member)
        case 11...12: _ = try? bench.ask(.react("👏"), by: member)
        case 13...14: _ = try? bench.ask(.raiseHand(topic: nil), by: member)
        case 15: _ = try? bench.ask(.nextHand, by: RoomBench.host)
        case 16: _ = try? bench.ask(.promote(other), by: RoomBench.host)
        case 17...18: _ = try? bench.ask(.acceptInvite, by: member)
        case 19: _ = try? bench.order(.microphone(member, isOn: Bool.random(using: &random)))
        case 20: _ = try? bench.ask(.support(other), by: member)
        case 21: _ = try? bench.ask(.visit, by: member)
        case 22: _ = try? bench.ask(.demote(other), by: RoomBench.host)
        default: _ = try? bench.ask(.lowerHand, by: member)
        }
    }
}
