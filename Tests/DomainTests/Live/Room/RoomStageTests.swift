import Foundation
import Testing

@testable import Domain

/// The stage: who comes onto it, who leaves it, who is removed.
struct RoomStageTests {
    let ann = MemberID(rawValue: "ann")
    let bob = MemberID(rawValue: "bob")

    private func stage(_ bench: RoomBench) -> [MemberID] { bench.room.state.stage.map(\.member) }

    @Test func `the host stands on stage from the beginning, or from coming in`() throws {
        #expect(stage(try RoomBench.live()) == [RoomBench.host])
        var bench = try RoomBench.waiting()
        try bench.order(.begin(by: bench.actor(RoomBench.coHost), RoomBench.crew, hands: .everyone))
        #expect(stage(bench).isEmpty)
        try bench.enter(RoomBench.host)
        #expect(stage(bench) == [RoomBench.host])
    }

    @Test func `a host who has stepped down is not put onto the stage again by a second device`() throws {
        var bench = try RoomBench.live()
        try bench.ask(.leaveStage, by: RoomBench.host)
        try bench.enter(RoomBench.host, device: "2")
        #expect(stage(bench).isEmpty)
        try bench.ask(.promote(RoomBench.host), by: RoomBench.host)
        #expect(stage(bench) == [RoomBench.host])
    }

    @Test func `a promotion takes two consents`() throws {
        var bench = try RoomBench.live()
        #expect(bench.refusal(.promote(ann), by: RoomBench.host) == .notInRoom)
        try bench.enter(ann)
        try bench.ask(.promote(ann), by: RoomBench.host)
        #expect(stage(bench) == [RoomBench.host])
        #expect(try bench.ask(.promote(ann), by: RoomBench.host).isEmpty)
        try bench.ask(.acceptInvite, by: ann)
        #expect(stage(bench) == [RoomBench.host, ann])
        #expect(bench.room.place(of: ann) == .stage)
        #expect(bench.refusal(.promote(ann), by: RoomBench.host) == .isOnStage)
        #expect(bench.refusal(.raiseHand(topic: nil), by: ann) == .isOnStage)
        #expect(bench.refusal(.acceptInvite, by: ann) == .noInvitation)
    }

    @Test func `an invitation can be declined and withdrawn`() throws {
        var bench = try RoomBench.live()
        try bench.enter(ann)
        #expect(bench.refusal(.declineInvite, by: ann) == .noInvitation)
        try bench.ask(.promote(ann), by: RoomBench.host)
        #expect(try bench.ask(.declineInvite, by: ann).news == [.uninvited(member: ann, why: .declined)])
        try bench.ask(.promote(ann), by: RoomBench.host)
        try bench.ask(.demote(ann), by: RoomBench.coHost)
        #expect(bench.refusal(.acceptInvite, by: ann) == .noInvitation)
        #expect(bench.room.place(of: ann) == .audience)
    }

    @Test func `an invitation ends after a minute`() throws {
        var bench = try RoomBench.live()
        try bench.enter(ann)
        try bench.ask(.promote(ann), by: RoomBench.host)
        bench.wait(.milliseconds(59_999))
        #expect(bench.refusal(.acceptInvite, by: ann) == nil)
        #expect(bench.wait(.milliseconds(1)).news == [.uninvited(member: ann, why: .expired)])
        #expect(bench.refusal(.acceptInvite, by: ann) == .noInvitation)
    }

    @Test func `an invitation is too late at its very end, though nobody has noticed it yet`() throws {
        var bench = try RoomBench.live()
        try bench.enter(ann)
        try bench.ask(.promote(ann), by: RoomBench.host)
        bench.now = bench.now.later(by: .seconds(60))
        #expect(bench.refusal(.acceptInvite, by: ann) == .noInvitation)
    }

    @Test func `who is on stage steps down and can be taken down, by no junior`() throws {
        var bench = try RoomBench.live()
        #expect(bench.refusal(.leaveStage, by: ann) == .notOnStage)
        #expect(bench.refusal(.demote(ann), by: RoomBench.host) == .notOnStage)
        try bench.speaker(ann)
        try bench.ask(.leaveStage, by: ann)
        #expect(bench.room.place(of: ann) == .audience)
        try bench.speaker(bob)
        #expect(bench.refusal(.demote(RoomBench.host), by: RoomBench.coHost) == .aboutSenior)
        try bench.ask(.demote(bob), by: RoomBench.coHost)
        #expect(stage(bench) == [RoomBench.host])
    }

    @Test func `a hand is taken down by the host`() throws {
        var bench = try RoomBench.live()
        try bench.ask(.raiseHand(topic: nil), by: ann)
        #expect(try bench.ask(.demote(ann), by: RoomBench.host).news == [.lowered(member: ann, why: .host)])
    }

    @Test func `somebody on stage is muted, nobody else`() throws {
        var bench = try RoomBench.live()
        #expect(bench.refusal(.mute(ann), by: RoomBench.host) == .notOnStage)
        #expect(bench.refusal(.mute(RoomBench.host), by: RoomBench.host) == .aboutOneself)
        try bench.speaker(ann)
        #expect(try bench.ask(.mute(ann), by: RoomBench.host).news == [.muted(member: ann, by: RoomBench.host)])
    }

    @Test func `who is muted is not heard any more`() throws {
        var bench = try RoomBench.live()
        try bench.speaker(ann)
        try bench.order(.microphone(ann, isOn: true))
        let news = try bench.ask(.mute(ann), by: RoomBench.host).news
        #expect(news == [.muted(member: ann, by: RoomBench.host), .voiced(member: ann, isOn: false)])
        #expect(bench.room.state.voices == [])
    }

    @Test func `who can be heard is known as long as they are on stage`() throws {
        var bench = try RoomBench.live()
        #expect(try bench.order(.microphone(ann, isOn: true)).isEmpty)
        try bench.speaker(ann)
        try bench.order(.microphone(ann, isOn: true))
        #expect(try bench.order(.microphone(ann, isOn: true)).isEmpty)
        #expect(bench.room.state.voices == [ann])
        try bench.ask(.leaveStage, by: ann)
        #expect(bench.room.state.voices.isEmpty)
    }

    @Test func `the log says each minute that the show is alive`() throws {
        var bench = try RoomBench.live()
        bench.wait(.seconds(180))
        #expect(bench.log.count { $0.news == .lived } == 3)
        try bench.order(.end)
        bench.wait(.seconds(180))
        #expect(bench.log.count { $0.news == .lived } == 3)
    }

    @Test func `a kick takes everything and holds`() throws {
        var bench = try RoomBench.live()
        #expect(bench.refusal(.kick(ann), by: RoomBench.host) == .notInRoom)
        try bench.speaker(ann)
        try bench.ask(.kick(ann), by: RoomBench.host)
        #expect(stage(bench) == [RoomBench.host])
        #expect(!bench.room.people.contains(ann))
        let enter = RoomCommand.enter(RoomBench.connection(ann, "9"), .phone)
        for command in [enter, .raiseHand(topic: nil), .chat("a", clientID: "a", isQuestion: false), .react("👏")] {
            #expect(bench.refusal(command, by: ann) == .removed)
        }
        #expect(try bench.ask(.kick(ann), by: RoomBench.host).isEmpty)
        #expect(try bench.replayed().state.removed == [ann])
    }

    @Test func `nobody is kicked by equals or juniors, nor by themselves`() throws {
        var bench = try RoomBench.live()
        for member in [RoomBench.coHost, RoomBench.second, RoomBench.admin] { try bench.enter(member) }
        #expect(bench.refusal(.kick(RoomBench.second), by: RoomBench.coHost) == .aboutSenior)
        #expect(bench.refusal(.kick(RoomBench.admin), by: RoomBench.host) == .aboutSenior)
        #expect(bench.refusal(.kick(RoomBench.host), by: RoomBench.host) == .aboutOneself)
        #expect(bench.refusal(.kick(RoomBench.coHost), by: RoomBench.host) == nil)
        #expect(bench.refusal(.kick(RoomBench.host), by: RoomBench.admin) == nil)
    }

    @Test func `the stage has twenty seats, those of the invited included`() throws {
        var bench = try RoomBench.live()
        for number in 1...18 { try bench.speaker(MemberID(rawValue: "m\(number)")) }
        for member in [ann, bob] { try bench.enter(member) }
        try bench.ask(.promote(ann), by: RoomBench.host)
        #expect(bench.refusal(.promote(bob), by: RoomBench.host) == .stageFull)
        try bench.ask(.declineInvite, by: ann)
        #expect(bench.refusal(.promote(bob), by: RoomBench.host) == nil)
    }

    @Test(arguments: [
        RoomCommand.promote(RoomBench.host), .demote(RoomBench.host), .mute(RoomBench.host), .kick(RoomBench.host),
        .nextHand, .lowerAll, .deleteMessage(RoomMessageID(rawValue: "show.1")), .pin("x"),
        .chatMode(.off, slow: .zero),
    ])
    func `running the show is for those who run it`(command: RoomCommand) throws {
        let bench = try RoomBench.live()
        #expect(bench.isNotAllowed(command, by: ann))
        #expect(!bench.isNotAllowed(command, by: RoomBench.coHost))
        #expect(!bench.isNotAllowed(command, by: RoomBench.admin))
    }

    @Test func `somebody who is no member any more loses seat, hand and stage`() throws {
        var bench = try RoomBench.live()
        try bench.speaker(ann)
        try bench.order(.expel(ann))
        #expect(stage(bench) == [RoomBench.host])
        #expect(!bench.room.people.contains(ann))
        try bench.ask(.raiseHand(topic: nil), by: bob)
        try bench.order(.expel(bob))
        #expect(bench.room.state.queue.count == 0)
    }

    @Test func `a show begins and ends once; after the end nothing is taken`() throws {
        var bench = try RoomBench.live()
        #expect(try bench.order(.begin(by: nil, RoomBench.crew, hands: .everyone)).isEmpty)
        try bench.speaker(ann)
        try bench.ask(.raiseHand(topic: nil), by: bob)
        try bench.order(.end)
        #expect(try bench.order(.end).isEmpty)
        #expect(bench.room.state.stage.isEmpty && bench.room.state.queue.count == 0)
        #expect(bench.refusal(.raiseHand(topic: nil), by: ann) == .over)
        #expect(bench.refusal(.enter(RoomBench.connection(ann, "2"), .phone), by: ann) == .over)
        #expect(throws: Refusal.room(.over)) {
            try bench.room.decide(.begin(by: nil, RoomBench.crew, hands: .everyone), now: bench.now)
        }
    }
}
