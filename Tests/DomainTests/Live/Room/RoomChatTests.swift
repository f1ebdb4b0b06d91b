import Foundation
import Testing

@testable import Domain

/// Writing, reacting and thanking.
struct RoomChatTests {
    let ann = MemberID(rawValue: "ann")
    let bob = MemberID(rawValue: "bob")

    @Test func `a message is numbered, has its author's name, and its log line has no words`() throws {
        var bench = try RoomBench.live()
        let before = bench.room.state.seq
        try bench.say("  hello \u{202E}there ", by: ann)

        let said = try #require(bench.room.state.messages.last)
        #expect(said.seq == before + 1)
        #expect(said.message.words?.text == "hello there")
        #expect(said.message.words?.name == "Name of ann")
        let line = try #require(bench.log.last)
        let json = String(decoding: try DocumentJSON.encode(line), as: UTF8.self)
        #expect(!json.contains("hello") && !json.contains("Name of"))
    }

    @Test func `the same client_id again changes nothing, from another member it is another message`() throws {
        var bench = try RoomBench.live()
        let command = RoomCommand.chat("once", clientID: "x", isQuestion: false)
        try bench.ask(command, by: ann)
        let state = bench.room.state
        #expect(try bench.ask(command, by: ann).isEmpty)
        #expect(bench.room.state == state)
        #expect(bench.room.seq(ofClient: "x", by: ann) == state.seq)
        #expect(bench.room.seq(ofClient: "x", by: bob) == nil)

        try bench.ask(command, by: bob)
        #expect(bench.room.state.messageCount == 2)
    }

    @Test func `a repeated message is not too fast and not against the mode`() throws {
        var bench = try RoomBench.live()
        let command = RoomCommand.chat("once", clientID: "x", isQuestion: false)
        try bench.ask(command, by: ann)
        try bench.ask(.chatMode(.off, slow: .zero), by: RoomBench.host)
        #expect(try bench.ask(command, by: ann).isEmpty)
    }

    @Test func `texts have limits, and programs have to name their messages`() throws {
        let bench = try RoomBench.live()
        let long = String(repeating: "я", count: 1_000)
        #expect(bench.refusal(.chat(long, clientID: "x", isQuestion: false), by: ann) == nil)
        #expect(bench.refusal(.chat(long + "я", clientID: "x", isQuestion: false), by: ann) == .messageTooLong)
        #expect(bench.refusal(.chat(" \n\u{200E} ", clientID: "x", isQuestion: false), by: ann) == .messageEmpty)
        #expect(bench.refusal(.chat("a", clientID: "", isQuestion: false), by: ann) == .clientIDWrong)
        let name = String(repeating: "x", count: 65)
        #expect(bench.refusal(.chat("a", clientID: name, isQuestion: false), by: ann) == .clientIDWrong)
    }

    @Test func `five messages in five seconds, then the time that is left is told`() throws {
        var bench = try RoomBench.live()
        for text in 1...5 {
            try bench.say("\(text)", by: ann)
            bench.wait(.milliseconds(100))
        }
        let more = RoomCommand.chat("6", clientID: "six", isQuestion: false)
        #expect(bench.refusal(more, by: ann) == .tooFast(.milliseconds(4_500)))
        #expect(bench.refusal(more, by: bob) == nil)
        bench.wait(.milliseconds(4_499))
        #expect(bench.refusal(more, by: ann) == .tooFast(.milliseconds(1)))
        bench.wait(.milliseconds(1))
        #expect(bench.refusal(more, by: ann) == nil)
    }

    @Test func `slow mode tells the seconds that are left, and not to those who run the show`() throws {
        var bench = try RoomBench.live()
        try bench.ask(.chatMode(.everyone, slow: .seconds(30)), by: RoomBench.coHost)
        try bench.say("one", by: ann)
        bench.wait(.seconds(10))
        let more = RoomCommand.chat("two", clientID: "two", isQuestion: false)
        #expect(bench.refusal(more, by: ann) == .slowMode(.seconds(20)))
        #expect(bench.refusal(more, by: ann)?.retryAfter == .seconds(20))
        bench.wait(.seconds(20))
        #expect(bench.refusal(more, by: ann) == nil)
        try bench.say("one", by: RoomBench.host)
        try bench.say("two", by: RoomBench.host)
    }

    struct ModeCase: Sendable {
        let mode: ChatMode
        /// What members of levels 1 and 3 and those who run the show are told.
        var novice: RoomRefusal?
        var senior: RoomRefusal?
        var crew: RoomRefusal?
    }

    @Test(arguments: [
        ModeCase(mode: .everyone),
        ModeCase(mode: .level(3), novice: .chatForLevel(3)),
        ModeCase(mode: .hosts, novice: .chatForHosts, senior: .chatForHosts),
        ModeCase(mode: .off, novice: .chatOff, senior: .chatOff, crew: .chatOff),
    ])
    func `chat modes let in whom they say`(expected: ModeCase) throws {
        var bench = try RoomBench.live()
        try bench.ask(.chatMode(.hosts, slow: .seconds(1)), by: RoomBench.host)
        try bench.ask(.chatMode(expected.mode, slow: .zero), by: RoomBench.host)
        let command = RoomCommand.chat("a", clientID: "a", isQuestion: false)
        #expect(bench.refusal(command, by: ann) == expected.novice)
        #expect(bench.refusal(command, by: RoomActor(bench.person(bob, level: 3))) == expected.senior)
        #expect(bench.refusal(command, by: RoomBench.coHost) == expected.crew)
        #expect(bench.refusal(command, by: RoomBench.admin) == expected.crew)
        #expect(ChatMode(rawValue: expected.mode.rawValue) == expected.mode)
    }

    @Test func `a slow mode of more than an hour is refused`() throws {
        let bench = try RoomBench.live()
        let command = RoomCommand.chatMode(.everyone, slow: .seconds(3_601))
        #expect(bench.refusal(command, by: RoomBench.host) == .slowModeOutOfRange)
    }

    @Test func `the room shows the last hundred messages and counts all`() throws {
        var bench = try RoomBench.live()
        for text in 1...103 {
            try bench.say("\(text)", by: MemberID(rawValue: "m\(text)"))
        }
        let snapshot = bench.room.snapshot(for: bench.person(ann))
        #expect(snapshot.messages.map(\.message.words?.text) == (4...103).map { "\($0)" })
        #expect(snapshot.stats.messages == 103)
    }

    @Test func `a deleted message is gone; so is what was pinned, and a hand's topic`() throws {
        var bench = try RoomBench.live()
        try bench.say("bad", by: ann)
        try bench.ask(.pin("worse"), by: RoomBench.coHost)
        try bench.ask(.raiseHand(topic: "worst"), by: bob)
        let ids = [
            try #require(bench.room.state.messages.last?.message.id),
            try #require(bench.room.state.pinned?.id),
            try #require(bench.room.state.queue.first?.topic?.id),
        ]
        #expect(Set(ids).count == 3)
        for id in ids { try bench.ask(.deleteMessage(id), by: RoomBench.host) }
        let state = bench.room.state
        #expect(state.messages.isEmpty && state.pinned == nil)
        #expect(state.queue.count == 1 && state.queue.first?.topic == nil)
    }

    @Test func `its author takes a message back, nobody else of the audience does`() throws {
        var bench = try RoomBench.live()
        try bench.say("mine", by: ann)
        let id = try #require(bench.room.state.messages.last?.message.id)
        #expect(throws: Refusal.notAllowed) {
            try bench.room.decide(.deleteMessage(id), by: bench.actor(bob), now: bench.now)
        }
        try bench.ask(.deleteMessage(id), by: ann)
        #expect(bench.room.state.messages.isEmpty)
    }

    @Test func `what is deleted already, and what is no message, is not deleted again`() throws {
        var bench = try RoomBench.live()
        try bench.say("bad", by: ann)
        let said = try #require(bench.room.state.messages.last?.message)
        try bench.enter(bob)
        try bench.ask(.promote(bob), by: RoomBench.host)
        let invitation = RoomMessageID(rawValue: "show.\(bench.room.state.seq)")
        #expect(throws: Refusal.notFound) {
            try bench.room.decide(.deleteMessage(invitation), by: bench.actor(RoomBench.host), now: bench.now)
        }
        try bench.ask(.deleteMessage(said.id), by: RoomBench.host)
        #expect(try bench.ask(.deleteMessage(said.id), by: RoomBench.host).news.isEmpty)
        // Somebody looked it up before it was deleted, somebody else after.
        for message in [said, said.withoutWords] {
            let actor = bench.actor(RoomBench.coHost)
            let events = try bench.room.decide(deletionOf: message, by: actor, now: bench.now)
            #expect(events.news.isEmpty)
        }
    }

    @Test func `messages of another show, and those that are still to come, are not found`() throws {
        let bench = try RoomBench.live()
        for id in ["other.1", "show.0", "show.999", "show.x", "show"] {
            #expect(throws: Refusal.notFound) {
                try bench.room.decide(
                    .deleteMessage(RoomMessageID(rawValue: id)),
                    by: bench.actor(RoomBench.host),
                    now: bench.now
                )
            }
        }
    }

    @Test func `what is pinned is replaced and taken away`() throws {
        var bench = try RoomBench.live()
        try bench.ask(.pin("one"), by: RoomBench.host)
        #expect(try bench.ask(.pin(" one "), by: RoomBench.host).isEmpty)
        try bench.ask(.pin("two"), by: RoomBench.admin)
        #expect(bench.room.snapshot(for: bench.person(ann)).pinned?.words?.text == "two")
        try bench.ask(.pin(""), by: RoomBench.host)
        #expect(bench.room.state.pinned == nil)
        let long = String(repeating: "x", count: 501)
        #expect(bench.refusal(.pin(long), by: RoomBench.host) == .messageTooLong)
    }

    @Test func `reactions are joined and told four times a second`() throws {
        var bench = try RoomBench.live()
        bench.wait(.seconds(2))
        try bench.ask(.react("👏"), by: ann)
        let first = bench.wait(.zero)
        #expect(first == [.passing(.reactions(["👏": 1], at: bench.now))])
        for member in [ann, bob] { try bench.ask(.react("👏"), by: member) }
        try bench.ask(.react("❤"), by: bob)
        #expect(bench.wait(.milliseconds(249)).isEmpty)
        #expect(bench.wait(.milliseconds(1)) == [.passing(.reactions(["👏": 2, "❤️": 1], at: bench.now))])
        #expect(bench.room.stats.reactions == 4)
    }

    @Test func `five reactions a second, of the club's set, during the show`() throws {
        var bench = try RoomBench.live()
        #expect(bench.refusal(.react("💩"), by: ann) == .unknownReaction)
        for _ in 1...5 { try bench.ask(.react("👏"), by: ann) }
        #expect(bench.refusal(.react("👏"), by: ann) == .tooFast(.seconds(1)))
        bench.wait(.seconds(1))
        #expect(bench.refusal(.react("👏"), by: ann) == nil)
        #expect(try RoomBench.waiting().refusal(.react("👏"), by: ann) == .notBegun)
    }

    @Test func `the log has a member's first ten reactions, and all in sums`() throws {
        var bench = try RoomBench.live()
        for _ in 1...13 {
            try bench.ask(.react("👏"), by: ann)
            bench.wait(.seconds(1))
        }
        bench.wait(.seconds(20))
        let news = bench.log.map(\.news)
        #expect(news.count { $0 == .reacted(member: ann, emoji: "👏") } == 10)
        let sums = news.compactMap { if case .counted(let sum) = $0 { sum["👏"] } else { nil } }
        #expect(sums.reduce(0, +) == 13 && sums.count == 2)
        #expect(try bench.replayed().stats.reactions == 13)
    }

    @Test func `reactions that were not counted yet are counted at the end`() throws {
        var bench = try RoomBench.live()
        try bench.ask(.react("👏"), by: ann)
        try bench.order(.end)
        #expect(bench.events.suffix(2).compactMap(\.fact?.news) == [.counted(reactions: ["👏": 1]), .ended(why: .host)])
    }

    @Test func `a speaker is thanked once by each, not by themselves, up to a day after the end`() throws {
        var bench = try RoomBench.live()
        try bench.speaker(bob)
        #expect(try bench.ask(.support(bob), by: ann).news == [.supported(member: bob, by: ann)])
        #expect(try bench.ask(.support(bob), by: ann).isEmpty)
        #expect(bench.refusal(.support(bob), by: bob) == .aboutOneself)
        #expect(bench.refusal(.support(ann), by: bob) == .neverSpoke)
        #expect(bench.room.stats.supports == 1)
        try bench.order(.end)
        bench.now = bench.now.addingTimeInterval(86_400)
        #expect(
            try bench.ask(.support(bob), by: RoomBench.coHost).news == [.supported(member: bob, by: RoomBench.coHost)]
        )
        bench.now = bench.now.addingTimeInterval(1)
        #expect(bench.refusal(.support(bob), by: RoomBench.admin) == .over)
        #expect(bench.refusal(.react("👏"), by: ann) == .over)
        #expect(try RoomBench.waiting().refusal(.support(bob), by: ann) == .notBegun)
    }

    @Test func `after the end a message is deleted by those who run the show, and by its author`() throws {
        var bench = try RoomBench.live()
        for text in ["one", "two", "three"] { try bench.say(text, by: ann) }
        let ids = bench.room.state.messages.map(\.message.id)
        try bench.order(.end)
        #expect(bench.isNotAllowed(.deleteMessage(ids[0]), by: bob))
        for (id, member) in zip(ids, [RoomBench.coHost, RoomBench.admin, ann]) {
            #expect(try bench.ask(.deleteMessage(id), by: member).news == [.deleted(id: id, by: member)])
        }
        #expect(try bench.replayed().state.messages.isEmpty)
        #expect(bench.refusal(.pin("late"), by: RoomBench.host) == .over)
    }

    @Test func `who was removed thanks nobody after the end`() throws {
        var bench = try RoomBench.live()
        try bench.speaker(bob)
        try bench.enter(ann)
        try bench.ask(.kick(ann), by: RoomBench.host)
        try bench.order(.end)
        #expect(bench.refusal(.support(bob), by: ann) == .removed)
    }

    @Test func `that a member opened the page is logged once, and brings a host no presence`() throws {
        var bench = try RoomBench.waiting()
        #expect(try bench.ask(.visit, by: ann).news == [.visited(member: ann)])
        #expect(try bench.ask(.visit, by: ann).isEmpty)
        #expect(
            try bench.ask(.visit, by: RoomBench.host).allSatisfy {
                if case .passing(.acted) = $0 { false } else { true }
            }
        )
        #expect(try bench.replayed().state.visitors == [ann, RoomBench.host])
    }

    @Test func `thanks are as fast as reactions, and a speaker is told of them four times a second`() throws {
        var bench = try RoomBench.live()
        let speakers = (1...4).map { MemberID(rawValue: "speaker \($0)") }
        for speaker in speakers { try bench.speaker(speaker) }
        bench.wait(.seconds(2))
        for speaker in speakers { try bench.ask(.support(speaker), by: ann) }
        try bench.ask(.react("👏"), by: ann)
        #expect(bench.refusal(.support(RoomBench.host), by: ann) == .tooFast(.seconds(1)))
        let first = bench.wait(.zero).thanks
        #expect(first.map(\.count) == [4] && first.first?[speakers[0]]?.by == ann)
        for number in 1...60 {
            try bench.ask(.support(speakers[0]), by: MemberID(rawValue: "m\(number)"))
            bench.wait(.milliseconds(5))
        }
        let told = bench.wait(.milliseconds(250)).thanks
        let all = bench.events.compactMap { event in
            if case .passing(.thanked(let thanks, _)) = event { thanks[speakers[0]] } else { nil }
        }
        #expect(told.count == 1 && all.count == 3)
        #expect(all.map(\.count).reduce(0, +) == 61 && all.last?.by.rawValue == "m60")
    }

    @Test func `a restart tells no thanks of the time before`() throws {
        var bench = try RoomBench.live()
        try bench.speaker(bob)
        try bench.ask(.support(bob), by: ann)
        bench.room = try bench.replayed()
        bench.room.resume(now: bench.now)
        #expect(bench.wait(.seconds(1)).thanks.isEmpty)
        #expect(bench.room.stats.supports == 1)
    }
}

extension [RoomEvent] {
    /// What speakers were told of thanks.
    fileprivate var thanks: [[MemberID: RoomThanks]] {
        compactMap { if case .passing(.thanked(let thanks, _)) = $0 { thanks } else { nil } }
    }
}
