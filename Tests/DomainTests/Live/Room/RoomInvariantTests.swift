import Foundation
import Testing

@testable import Domain

/// Whatever is asked of a room in whatever order, some things hold.
struct RoomInvariantTests {
    /// Foreseeable randomness. Source of the numbers: Steele, Lea, Flood, "Fast splittable pseudorandom number
    /// generators", figure 16.
    struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let members =
        [RoomBench.host, RoomBench.coHost, RoomBench.second, RoomBench.admin]
        + (1...10).map { MemberID(rawValue: "m\($0)") }

    @Test(arguments: UInt64(1)...40)
    func `any sequence of commands keeps the invariants, and its log gives the same room`(seed: UInt64) throws {
        var random = Seeded(state: seed)
        var bench = try seed.isMultiple(of: 4) ? RoomBench.waiting() : RoomBench.live()
        var refusals = 0
        for _ in 1...500 {
            step(&bench, &random, refusals: &refusals)
            check(bench)
        }
        #expect(refusals > 0 && refusals < 500)
        var copy = try bench.replayed()
        #expect(copy.state == bench.room.state.withoutWords)

        var words: [RoomMessageID: RoomMessage.Words] = [:]
        for message in bench.events.compactMap(\.fact?.news.message) { words[message.id] = message.words }
        copy.fill(words)
        #expect(copy.state == bench.room.state)
        #expect(copy.wordless.isEmpty)
    }

    @Test(arguments: UInt64(1)...10)
    func `a repeated client_id changes nothing at any time`(seed: UInt64) throws {
        var random = Seeded(state: seed)
        var bench = try RoomBench.live()
        var refusals = 0
        let command = RoomCommand.chat("first", clientID: "again", isQuestion: false)
        try bench.ask(command, by: RoomBench.host)
        for _ in 1...100 {
            step(&bench, &random, refusals: &refusals)
            guard bench.room.state.isLive, !bench.room.state.removed.contains(RoomBench.host) else { break }
            let state = bench.room.state
            let events = try bench.ask(command, by: RoomBench.host)
            #expect(!events.news.contains { $0.message != nil } && bench.room.state.messages == state.messages)
        }
    }

    private func step(_ bench: inout RoomBench, _ random: inout Seeded, refusals: inout Int) {
        do {
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<12:
                let seconds = [1, 20, 95, 400].randomElement(using: &random) ?? 1
                bench.wait(.milliseconds(Int.random(in: 0...(seconds * 1_000), using: &random)))
            case 12: try bench.order(order(&random))
            default:
                let member = Self.members.randomElement(using: &random) ?? RoomBench.host
                let person = bench.person(
                    member,
                    level: Int.random(in: 1...5, using: &random),
                    priority: Double(Int.random(in: 50...53, using: &random))
                )
                let way: RoomActor.Way = Int.random(in: 0..<10, using: &random) == 0 ? .messenger : .room
                try bench.ask(command(bench, &random), by: RoomActor(person, by: way))
            }
        } catch {
            refusals += 1
        }
    }

    private func order(_ random: inout Seeded) -> RoomOrder {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: .end
        case 1...3: .expel(Self.members.suffix(10).randomElement(using: &random) ?? RoomBench.second)
        case 4...6: .rule(RoomBench.crew, hands: .off)
        default: .begin(by: nil, RoomBench.crew, hands: .everyone)
        }
    }

    private func command(_ bench: RoomBench, _ random: inout Seeded) -> RoomCommand {
        let target = Self.members.randomElement(using: &random) ?? RoomBench.host
        let connection = ConnectionID(rawValue: "\(Int.random(in: 1...20, using: &random))")
        let number = Int.random(in: 1...40, using: &random)
        switch Int.random(in: 0..<25, using: &random) {
        case 0...2: return .enter(connection, .browser)
        case 3: return .leave(connection)
        case 4...6: return .chat("text \(number)", clientID: "c\(number)", isQuestion: number > 30)
        case 7: return .react("👏")
        case 8: return .support(target)
        case 9...11: return .raiseHand(topic: number > 20 ? "topic \(number)" : nil)
        case 12: return .lowerHand
        case 13...14: return .acceptInvite
        case 15: return .declineInvite
        case 16: return .leaveStage
        case 17: return .promote(target)
        case 18: return .demote(target)
        case 19: return .mute(target)
        case 20: return number == 1 ? .kick(target) : .present
        case 21: return .nextHand
        case 22: return number > 35 ? .lowerAll : .nextHand
        case 23: return .pin(number > 30 ? "" : "pin \(number)")
        default:
            guard let said = bench.room.state.messages.randomElement(using: &random), number < 30 else {
                return .chatMode(number.isMultiple(of: 2) ? .hosts : .everyone, slow: .seconds(number - 35))
            }
            return .deleteMessage(said.message.id)
        }
    }

    private func check(_ bench: RoomBench) {
        let state = bench.room.state
        let stage = state.stage.map(\.member)
        let queue = state.queue.hands.map(\.member)
        let invited = Array(state.invitations.keys)
        let places = stage + queue + invited
        #expect(Set(places).count == places.count, "a member stands in one place")
        #expect(places.allSatisfy { !state.removed.contains($0) }, "who was removed stands nowhere")
        #expect(stage.count + invited.count <= RoomLimits.stageSeats)
        #expect(state.speakers.isSuperset(of: stage))
        for (left, right) in zip(state.queue.hands, state.queue.hands.dropFirst()) {
            #expect(left.precedes(right) && !right.precedes(left), "the queue is ordered")
        }
        #expect(state.invitations.allSatisfy { $0.key == $0.value.member && $0.value.until > bench.now })
        #expect(state.messages.map(\.seq) == state.messages.map(\.seq).sorted())
        #expect(Set(state.messages.map(\.message.id)).count == state.messages.count)
        #expect(state.messages.count <= RoomLimits.shownMessages)
        #expect(state.seq == bench.log.count { $0.news.isNumbered })
        #expect(state.isLive || places.isEmpty)
        #expect(consented(bench).isSuperset(of: stage), "nobody is on stage who has not consented")
        let stats = bench.room.stats
        let counters = [stats.present, stats.onStage, stats.hands, stats.messages, stats.questions, stats.reactions]
        #expect(counters.allSatisfy { $0 >= 0 })
        #expect(bench.room.snapshot(for: bench.person(RoomBench.host)).stats == stats)
    }

    /// Everybody who accepted an invitation, or runs the show and went onto the stage by themselves.
    private func consented(_ bench: RoomBench) -> Set<MemberID> {
        var invited: Set<MemberID> = []
        var consented = Set([RoomBench.host, RoomBench.coHost, RoomBench.second, RoomBench.admin])
        for news in bench.log.map(\.news) {
            switch news {
            case .invited(let invitation): invited.insert(invitation.member)
            case .uninvited(let member, _): invited.remove(member)
            case .promoted(let member) where invited.remove(member) != nil: consented.insert(member)
            default: break
            }
        }
        return consented
    }
}
