import Foundation
import Testing

@testable import Domain

/// Who runs a show after somebody of its crew was sent away, and what shows that they are there.
struct RoomSuccessionTests {
    private let ann = MemberID(rawValue: "ann")

    @Test func `where an admin removes the host, the co-host who is there is in charge at once`() throws {
        var bench = try RoomBench.live()
        try bench.enter(RoomBench.second)
        try bench.ask(.kick(RoomBench.host), by: RoomBench.admin)
        #expect(bench.room.state.inCharge == RoomBench.second)
        #expect(try bench.replayed().state.inCharge == RoomBench.second)
    }

    @Test func `where nobody of the crew is there, who removes the host is in charge`() throws {
        var bench = try RoomBench.live()
        try bench.enter(RoomBench.admin)
        try bench.ask(.kick(RoomBench.host), by: RoomBench.admin)
        #expect(bench.room.state.inCharge == RoomBench.admin)
        bench.wait(.seconds(3_600))
        #expect(bench.room.state.isLive)
    }

    @Test func `a removed host who acts in the bot or is named host again is not in charge`() throws {
        var bench = try RoomBench.live()
        let messenger = bench.actor(RoomBench.host, by: .messenger)
        try bench.ask(.present, by: messenger)
        try bench.enter(RoomBench.coHost)
        try bench.ask(.kick(RoomBench.host), by: RoomBench.admin)
        #expect(bench.refusal(.present, by: messenger) == .removed)
        try bench.order(.begin(by: messenger, RoomCrew(host: RoomBench.host, coHosts: [ann]), hands: .everyone))
        #expect(bench.room.state.inCharge == ann)
        try bench.leave(RoomBench.coHost)
        #expect(!bench.wait(.seconds(120)).news.contains(.charged(member: RoomBench.host)))
    }

    @Test func `a removed co-host runs nothing`() throws {
        var bench = try RoomBench.live()
        try bench.enter(RoomBench.coHost)
        try bench.ask(.kick(RoomBench.coHost), by: RoomBench.host)
        let you = bench.room.snapshot(for: bench.person(RoomBench.coHost)).you
        #expect(you.rank == .member)
        try bench.leave(RoomBench.host)
        bench.wait(.seconds(90))
        #expect(bench.room.state.inCharge == RoomBench.host && bench.room.state.askedAt != nil)
    }

    @Test func `a host who is no member any more is missed at once, though they acted in the bot just now`() throws {
        var bench = try RoomBench.live()
        try bench.ask(.present, by: bench.actor(RoomBench.host, by: .messenger))
        try bench.order(.expel(RoomBench.host))
        #expect(bench.wait(.seconds(90)).news.contains(.asked))
    }

    @Test func `where the host is banned, the co-host who is there is in charge at once`() throws {
        var bench = try RoomBench.live()
        try bench.enter(RoomBench.coHost)
        #expect(try bench.order(.expel(RoomBench.host)).news.last == .charged(member: RoomBench.coHost))
    }

    @Test func `a host who was removed before the show is not in charge of it`() throws {
        var bench = try RoomBench.waiting()
        try bench.enter(RoomBench.host)
        try bench.ask(.kick(RoomBench.host), by: RoomBench.admin)
        try bench.order(.begin(by: bench.actor(RoomBench.coHost, by: .messenger), RoomBench.crew, hands: .everyone))
        #expect(bench.room.state.inCharge == RoomBench.coHost)
    }

    @Test func `a host who begins the show being in the room is missed 90 seconds after they left it`() throws {
        var bench = try RoomBench.waiting()
        try bench.enter(RoomBench.host)
        let host = bench.actor(RoomBench.host, by: .messenger)
        try bench.order(.begin(by: host, RoomBench.crew, hands: .everyone))
        try bench.leave(RoomBench.host)
        #expect(bench.wait(.seconds(90)).news.contains(.asked))
    }

    @Test func `a host who changes the show from the bot is there`() throws {
        var bench = try RoomBench.live()
        try bench.enter(RoomBench.coHost)
        try bench.leave(RoomBench.host)
        bench.wait(.seconds(60))
        let host = bench.actor(RoomBench.host, by: .messenger)
        try bench.order(.begin(by: host, RoomBench.crew, hands: .level(2)))
        bench.wait(.seconds(15 * 60 + 89))
        #expect(bench.room.state.inCharge == RoomBench.host)
        bench.wait(.seconds(1))
        #expect(bench.room.state.inCharge == RoomBench.coHost)
    }

    @Test func `a host who is asked and changes the show's title has answered`() throws {
        var bench = try RoomBench.live()
        try bench.leave(RoomBench.host)
        bench.wait(.seconds(90))
        #expect(bench.room.state.askedAt != nil)
        let host = bench.actor(RoomBench.host, by: .messenger)
        try bench.order(.begin(by: host, RoomBench.crew, hands: .everyone))
        #expect(bench.room.state.askedAt == nil)
    }
}
