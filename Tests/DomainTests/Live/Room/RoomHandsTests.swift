import Foundation
import Testing

@testable import Domain

/// The queue of raised hands.
struct RoomHandsTests {
    let ann = MemberID(rawValue: "ann")
    let bob = MemberID(rawValue: "bob")
    let eve = MemberID(rawValue: "eve")

    private func order(_ bench: RoomBench) -> [MemberID] { bench.room.state.queue.hands.map(\.member) }

    @Test func `equal priorities stand in the order of their time`() throws {
        var bench = try RoomBench.live()
        for member in [bob, ann, eve] {
            try bench.ask(.raiseHand(topic: nil), by: member)
            bench.wait(.milliseconds(1))
        }
        #expect(order(bench) == [bob, ann, eve])
        #expect(bench.room.place(of: ann) == .queue(position: 2))
    }

    @Test func `a higher priority overtakes those who wait a minute less for each point`() throws {
        var bench = try RoomBench.live()
        try bench.ask(.raiseHand(topic: nil), by: ann)
        bench.wait(.seconds(59))
        try bench.ask(.raiseHand(topic: nil), by: RoomActor(bench.person(bob, priority: 51)))
        bench.wait(.seconds(2))
        try bench.ask(.raiseHand(topic: nil), by: RoomActor(bench.person(eve, priority: 51)))
        #expect(order(bench) == [bob, ann, eve])
    }

    @Test func `a hand's topic is kept, one that is too long is refused`() throws {
        var bench = try RoomBench.live()
        let long = String(repeating: "t", count: 201)
        #expect(bench.refusal(.raiseHand(topic: long), by: ann) == .topicTooLong)
        try bench.ask(.raiseHand(topic: " about cats\u{0}"), by: ann)
        #expect(bench.room.state.queue.first?.topic?.words?.text == "about cats")
        try bench.ask(.raiseHand(topic: " "), by: bob)
        #expect(bench.room.state.queue.hand(of: bob)?.topic == nil)
    }

    @Test func `who may raise a hand is the show's decision`() throws {
        #expect(try RoomBench.live(hands: .off).refusal(.raiseHand(topic: nil), by: ann) == .handsOff)
        let bench = try RoomBench.live(hands: .level(2))
        #expect(bench.refusal(.raiseHand(topic: nil), by: ann) == .handsForLevel(2))
        #expect(bench.refusal(.raiseHand(topic: nil), by: RoomActor(bench.person(ann, level: 2))) == nil)
        #expect(bench.refusal(.raiseHand(topic: nil), by: RoomBench.coHost) == nil)
        #expect(try RoomBench.waiting().refusal(.raiseHand(topic: nil), by: ann) == .notBegun)
    }

    @Test func `a hand that is up is not raised again, and is lowered once`() throws {
        var bench = try RoomBench.live()
        #expect(bench.refusal(.lowerHand, by: ann) == .noHandUp)
        try bench.ask(.raiseHand(topic: nil), by: ann)
        #expect(bench.refusal(.raiseHand(topic: "x"), by: ann) == .handIsUp)
        try bench.ask(.lowerHand, by: ann)
        #expect(order(bench).isEmpty)
    }

    @Test func `five hands a show`() throws {
        var bench = try RoomBench.live()
        for left in (0..<5).reversed() {
            try bench.ask(.raiseHand(topic: nil), by: ann)
            try bench.ask(.lowerHand, by: ann)
            #expect(bench.room.snapshot(for: bench.person(ann)).you.handsLeft == left)
        }
        #expect(bench.refusal(.raiseHand(topic: nil), by: ann) == .handsSpent)
        #expect(bench.refusal(.raiseHand(topic: nil), by: bob) == nil)
    }

    @Test func `the next hand is asked onto the stage; an empty queue says so`() throws {
        var bench = try RoomBench.live()
        #expect(bench.refusal(.nextHand, by: RoomBench.host) == .queueEmpty)
        try bench.ask(.raiseHand(topic: nil), by: ann)
        try bench.ask(.raiseHand(topic: nil), by: bob)
        try bench.ask(.nextHand, by: RoomBench.coHost)
        #expect(bench.room.place(of: ann) == .invited(until: bench.now.later(by: .seconds(60))))
        #expect(order(bench) == [bob])
        #expect(bench.refusal(.raiseHand(topic: nil), by: ann) == .isInvited)
    }

    @Test func `lower_all empties the queue; so does a policy that allows no hands`() throws {
        var bench = try RoomBench.live()
        #expect(try bench.ask(.lowerAll, by: RoomBench.host).isEmpty)
        for member in [ann, bob] { try bench.ask(.raiseHand(topic: nil), by: member) }
        try bench.ask(.lowerAll, by: RoomBench.host)
        #expect(order(bench).isEmpty)
        try bench.ask(.raiseHand(topic: nil), by: eve)
        try bench.order(.rule(RoomBench.crew, hands: .off))
        #expect(order(bench).isEmpty)
    }

    @Test func `a snapshot has fifty hands and the number of all`() throws {
        var bench = try RoomBench.live()
        for number in 1...53 {
            try bench.ask(.raiseHand(topic: nil), by: MemberID(rawValue: "m\(number)"))
            bench.wait(.milliseconds(1))
        }
        let snapshot = bench.room.snapshot(for: bench.person(MemberID(rawValue: "m52")))
        #expect(snapshot.hands.map(\.member.rawValue) == (1...50).map { "m\($0)" })
        #expect(snapshot.handCount == 53)
        #expect(snapshot.you.place == .queue(position: 52))
        #expect(snapshot.people[MemberID(rawValue: "m50")]?.name == "Name of m50")
    }

    @Test func `whoever moves in the queue is told the new place, once a second at most`() throws {
        var bench = try RoomBench.live()
        for member in [ann, bob] {
            try bench.ask(.raiseHand(topic: nil), by: member)
            bench.wait(.milliseconds(1))
        }
        bench.wait(.seconds(2))
        try bench.ask(.raiseHand(topic: nil), by: eve)
        let told = bench.wait(.zero).compactMap { positions($0) }
        #expect(told == [[eve: 3]])
        try bench.ask(.lowerHand, by: ann)
        #expect(bench.wait(.milliseconds(999)).compactMap { positions($0) }.isEmpty)
        #expect(bench.wait(.milliseconds(1)).compactMap { positions($0) } == [[ann: 0, bob: 1, eve: 2]])
    }

    private func positions(_ event: RoomEvent) -> [MemberID: Int]? {
        if case .passing(.positions(let positions, _)) = event { return positions }
        return nil
    }
}
