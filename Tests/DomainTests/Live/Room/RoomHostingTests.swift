import Foundation
import Testing

@testable import Domain

/// A show whose host goes away.
struct RoomHostingTests {
    @Test func `the senior co-host who is there takes over after 90 seconds`() throws {
        var bench = try RoomBench.live()
        try bench.enter(RoomBench.second)
        try bench.leave(RoomBench.host)
        #expect(!bench.wait(.milliseconds(89_999)).news.contains(.charged(member: RoomBench.second)))
        #expect(bench.wait(.milliseconds(1)).news.contains(.charged(member: RoomBench.second)))
        let snapshot = bench.room.snapshot(for: bench.person(RoomBench.second))
        #expect(snapshot.host == RoomBench.second && snapshot.you.rank == .host)
    }

    @Test func `seniority decides between two co-hosts`() throws {
        var bench = try RoomBench.live()
        try bench.enter(RoomBench.second)
        try bench.enter(RoomBench.coHost)
        try bench.leave(RoomBench.host)
        bench.wait(.seconds(90))
        #expect(bench.room.state.inCharge == RoomBench.coHost)
    }

    @Test func `the host who returns is in charge again`() throws {
        var bench = try RoomBench.live()
        try bench.enter(RoomBench.coHost)
        try bench.leave(RoomBench.host)
        bench.wait(.seconds(100))
        try bench.enter(RoomBench.host)
        #expect(bench.room.state.inCharge == RoomBench.host)
    }

    @Test func `a host is there by audio alone`() throws {
        var bench = try RoomBench.live()
        try bench.enter(RoomBench.coHost)
        try bench.ask(.enter(RoomBench.connection(RoomBench.host, "a"), .audio), by: RoomBench.host)
        try bench.leave(RoomBench.host)
        bench.wait(.seconds(3_600))
        #expect(bench.room.state.inCharge == RoomBench.host)
    }

    @Test func `an action in the messenger counts for 15 minutes`() throws {
        var bench = try RoomBench.live()
        try bench.enter(RoomBench.coHost)
        try bench.leave(RoomBench.host)
        bench.wait(.seconds(60))
        try bench.ask(.present, by: bench.actor(RoomBench.host, by: .messenger))
        bench.wait(.seconds(15 * 60 + 89))
        #expect(bench.room.state.inCharge == RoomBench.host)
        bench.wait(.seconds(1))
        #expect(bench.room.state.inCharge == RoomBench.coHost)
    }

    @Test func `a show begun in the messenger has its host for 15 minutes`() throws {
        var bench = try RoomBench.waiting()
        let host = bench.actor(RoomBench.host, by: .messenger)
        try bench.order(.begin(by: host, RoomBench.crew, hands: .everyone))
        #expect(!bench.wait(.seconds(15 * 60 + 89)).news.contains(.asked))
        #expect(bench.wait(.seconds(1)).news == [.asked])
    }

    @Test func `without a co-host the host is asked, and after 15 minutes of silence the show ends`() throws {
        var bench = try RoomBench.live()
        try bench.leave(RoomBench.host)
        let asked = bench.wait(.seconds(90)).news
        #expect(asked == [.demoted(member: RoomBench.host, why: .dropped), .asked])
        #expect(bench.wait(.milliseconds(899_999)).news.isEmpty)
        #expect(bench.wait(.milliseconds(1)).news == [.ended(why: .silence)])
    }

    @Test(arguments: [RoomActor.Way.messenger, .room])
    func `a host who answers goes on`(way: RoomActor.Way) throws {
        var bench = try RoomBench.live()
        try bench.leave(RoomBench.host)
        bench.wait(.seconds(90))
        #expect(bench.room.state.askedAt != nil)
        switch way {
        case .messenger: try bench.ask(.present, by: bench.actor(RoomBench.host, by: .messenger))
        case .room: try bench.enter(RoomBench.host)
        }
        #expect(bench.room.state.askedAt == nil)
        bench.wait(.seconds(15 * 60))
        #expect(bench.room.state.isLive)
    }

    @Test func `a co-host who comes while the host is asked takes over`() throws {
        var bench = try RoomBench.live()
        try bench.leave(RoomBench.host)
        bench.wait(.seconds(120))
        try bench.enter(RoomBench.second)
        #expect(bench.room.state.inCharge == RoomBench.second)
        bench.wait(.seconds(3_600))
        #expect(bench.room.state.isLive)
    }

    @Test func `who took over and goes away is missed like a host`() throws {
        var bench = try RoomBench.live()
        try bench.enter(RoomBench.coHost)
        try bench.enter(RoomBench.second)
        try bench.leave(RoomBench.host)
        bench.wait(.seconds(90))
        try bench.leave(RoomBench.coHost)
        bench.wait(.seconds(90))
        #expect(bench.room.state.inCharge == RoomBench.second)
    }

    @Test func `a listener and an admin do not take over`() throws {
        var bench = try RoomBench.live()
        for member in [RoomBench.admin, MemberID(rawValue: "ann")] { try bench.enter(member) }
        try bench.leave(RoomBench.host)
        bench.wait(.seconds(90))
        #expect(bench.room.state.inCharge == RoomBench.host && bench.room.state.askedAt != nil)
    }

    @Test func `before the show and after it nobody is missed`() throws {
        var bench = try RoomBench.waiting()
        try bench.enter(RoomBench.host)
        try bench.leave(RoomBench.host)
        #expect(bench.wait(.seconds(3_600)).news.isEmpty)
        try bench.order(.begin(by: nil, RoomBench.crew, hands: .everyone))
        try bench.order(.end)
        #expect(bench.wait(.seconds(3_600)).news.isEmpty)
    }

    @Test func `after a restart the host has 90 seconds, also where a question that was asked runs out`() throws {
        var bench = try RoomBench.live()
        bench.wait(.seconds(600))
        var restarted = bench
        restarted.room = try bench.replayed()
        restarted.room.resume(now: bench.now)
        #expect(!restarted.wait(.milliseconds(89_999)).news.contains(.asked))
        #expect(restarted.wait(.milliseconds(1)).news.contains(.asked))
        restarted.wait(.seconds(14 * 60))
        restarted.room = try restarted.replayed()
        restarted.room.resume(now: restarted.now)
        #expect(!restarted.wait(.milliseconds(89_999)).news.contains(.ended(why: .silence)))
        #expect(restarted.wait(.milliseconds(1)).news.contains(.ended(why: .silence)))
    }

    @Test func `somebody who becomes co-host during the show can take over`() throws {
        var bench = try RoomBench.live()
        let ann = MemberID(rawValue: "ann")
        try bench.enter(ann)
        try bench.order(.rule(RoomCrew(host: RoomBench.host, coHosts: [ann]), hands: .everyone))
        try bench.leave(RoomBench.host)
        bench.wait(.seconds(90))
        #expect(bench.room.state.inCharge == ann)
    }
}
