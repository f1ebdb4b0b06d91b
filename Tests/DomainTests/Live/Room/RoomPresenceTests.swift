import Foundation
import Testing

@testable import Domain

/// Who is in the room, and for how long a seat is kept.
struct RoomPresenceTests {
    let ann = MemberID(rawValue: "ann")
    let bob = MemberID(rawValue: "bob")

    @Test func `a person is counted once whatever the devices, and drops with the last one`() throws {
        var bench = try RoomBench.live()
        try bench.enter(ann)
        try bench.enter(ann, device: "2")
        #expect(bench.room.stats.present == 2)
        try bench.leave(ann)
        bench.wait(.seconds(200))
        #expect(bench.room.people.contains(ann))
        try bench.leave(ann, device: "2")
        bench.wait(.seconds(90))
        #expect(!bench.room.people.contains(ann))
        #expect(bench.room.stats.present == 1)
        #expect(bench.room.stats.peak == 2)
    }

    @Test func `the same connection again and one that is not there change nothing`() throws {
        var bench = try RoomBench.live()
        try bench.enter(ann)
        #expect(try bench.ask(.enter(RoomBench.connection(ann, "1"), .browser), by: ann).isEmpty)
        #expect(try bench.ask(.leave(RoomBench.connection(ann, "7")), by: ann).isEmpty)
        #expect(bench.room.isConnected(ann))
    }

    @Test func `who drops keeps stage and hand for 90 seconds`() throws {
        var bench = try RoomBench.live()
        try bench.speaker(ann)
        try bench.enter(bob)
        try bench.ask(.raiseHand(topic: nil), by: bob)
        for member in [ann, bob] { try bench.leave(member) }
        #expect(bench.wait(.milliseconds(89_999)).news.isEmpty)
        #expect(bench.room.place(of: ann) == .stage)
        #expect(
            bench.wait(.milliseconds(1)).news == [
                .demoted(member: ann, why: .dropped), .lowered(member: bob, why: .dropped),
            ]
        )
    }

    @Test func `who comes back in time keeps everything, and has 90 seconds again after the next drop`() throws {
        var bench = try RoomBench.live()
        try bench.speaker(ann)
        for round in 2...4 {
            try bench.leave(ann, device: "\(round - 1)")
            bench.wait(.seconds(80))
            try bench.enter(ann, device: "\(round)")
        }
        bench.wait(.seconds(300))
        #expect(bench.room.place(of: ann) == .stage)
    }

    @Test func `a hand from the messenger stays up without its member being in the room`() throws {
        var bench = try RoomBench.live()
        try bench.ask(.raiseHand(topic: "remote"), by: bench.actor(ann, by: .messenger))
        try bench.enter(ann)
        try bench.leave(ann)
        bench.wait(.seconds(600))
        #expect(bench.room.place(of: ann) == .queue(position: 1))
        #expect(bench.room.state.queue.first?.isRemote == true)
    }

    @Test func `who accepts without being in the room has 90 seconds to come`() throws {
        var bench = try RoomBench.live()
        try bench.ask(.raiseHand(topic: nil), by: bench.actor(ann, by: .messenger))
        try bench.ask(.nextHand, by: RoomBench.host)
        try bench.ask(.acceptInvite, by: bench.actor(ann, by: .messenger))
        #expect(bench.room.place(of: ann) == .stage)
        #expect(bench.wait(.seconds(90)).news == [.demoted(member: ann, why: .dropped)])
    }

    @Test func `comings and goings are told once a second, with names`() throws {
        var bench = try RoomBench.live()
        bench.wait(.seconds(5))
        try bench.enter(ann)
        let first = try #require(presence(bench.wait(.zero)).first)
        #expect(first.came.map(\.name) == ["Name of ann"])
        #expect(first.stats.present == 2 && first.host == RoomBench.host)
        try bench.enter(bob)
        #expect(presence(bench.wait(.milliseconds(999))).isEmpty)
        #expect(presence(bench.wait(.milliseconds(1))).first?.came.map(\.id) == [bob])
        try bench.leave(ann)
        #expect(presence(bench.wait(.seconds(90))).first?.went == [ann])
    }

    @Test func `twenty names at most, none in a room of more than two hundred`() throws {
        var bench = try RoomBench.live()
        bench.wait(.seconds(5))
        for number in 1...30 { try bench.enter(MemberID(rawValue: "m\(number)")) }
        #expect(presence(bench.wait(.seconds(1))).map(\.came.count) == [20])
        for number in 31...250 { try bench.enter(MemberID(rawValue: "m\(number)")) }
        let told = presence(bench.wait(.seconds(1)))
        #expect(told.map(\.came.count) == [0] && told.first?.stats.present == 251)
    }

    @Test func `a thousand who drop together and return are not forgotten, and those who do not are`() throws {
        var bench = try RoomBench.live()
        let members = (1...1_000).map { MemberID(rawValue: "m\($0)") }
        for member in members { try bench.enter(member) }
        for round in 1...3 {
            for member in members { try bench.leave(member, device: "\(round)") }
            bench.wait(.seconds(60))
            for member in members { try bench.enter(member, device: "\(round + 1)") }
        }
        bench.wait(.seconds(120))
        #expect(bench.room.stats.present == 1_001)
        for member in members.prefix(400) { try bench.leave(member, device: "4") }
        bench.wait(.seconds(90))
        #expect(bench.room.stats.present == 601)
    }

    @Test func `after a restart everybody who has a place has 90 seconds to come back`() throws {
        var bench = try RoomBench.live()
        for member in [ann, bob] { try bench.speaker(member) }
        bench.room = try bench.replayed()
        bench.room.resume(now: bench.now)
        bench.wait(.seconds(60))
        try bench.enter(ann)
        try bench.enter(RoomBench.host)
        #expect(bench.wait(.seconds(30)).news == [.demoted(member: bob, why: .dropped)])
        #expect(bench.room.place(of: ann) == .stage)
    }

    private func presence(_ events: [RoomEvent]) -> [RoomPresence] {
        events.compactMap { if case .passing(.presence(let presence, _)) = $0 { presence } else { nil } }
    }
}
