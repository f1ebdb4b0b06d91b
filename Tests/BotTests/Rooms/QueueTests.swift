import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// The queue in the chat of those who run a show.
struct QueueTests {
    let talk: BotTalk
    let room: RoomTalk
    let host = BotTalk.host

    init() async throws {
        talk = try BotTalk()
        try await talk.openForShows()
        room = RoomTalk(talk)
    }

    /// The queue's message of the host.
    private func queue() async throws -> Seen.Screen {
        #expect(try await talk.says("/queue", host).screens.isEmpty)
        let screens = try await room.sent()
        return try #require(screens.count == 1 ? screens.first : nil, "\(screens.count) screens")
    }

    /// Taps under the queue's own message.
    private func taps(_ label: String, of screen: Seen.Screen, _ visitor: Visitor? = nil) async throws -> Seen {
        try await talk.handle(talk.tap(screen.data(label), by: visitor ?? host, message: RoomTalk.firstMessage))
    }

    private func raise(_ visitor: Visitor, _ topic: String? = nil, in show: LiveSession) async throws {
        // Hands of one moment have no order of their own.
        talk.club.clock.advance(by: .seconds(1))
        try await room.perform(.raiseHand(topic: topic), visitor, in: show)
    }

    @Test func `the queue has names, topics and waiting times in its order, and the questions`() async throws {
        let show = try await room.live()
        try await raise(.member, "О <звуке>", in: show)
        talk.club.clock.advance(by: .seconds(120))
        try await raise(.englishMember, in: show)
        _ = try await talk.says("/ask Почему?", .owner)
        let text = try await queue().text
        #expect(text.contains("Подняты 2 руки\n1. Mark · ждёт 2 мин — О <звуке>\n2. Mary · только что"))
        #expect(text.contains("— Olga: Почему?"))
        #expect(text.hasPrefix("📋 Ночной эфир"))
    }

    @Test func `next invites the first, and the message shows it`() async throws {
        let show = try await room.live()
        try await raise(.member, in: show)
        let next = try await taps(talk.label(RoomPhrase.buttonNext), of: try await queue())
        #expect(try next.screen.changed == RoomTalk.firstMessage)
        #expect(try next.screen.text.contains(talk.words(RoomPhrase.queueInvited, .ru, ["names": "Mark"])))
        #expect(try next.screen.text.contains(talk.words(RoomPhrase.queueEmpty)))
        guard case .invited = try await room.place(of: .member, in: show) else {
            Issue.record("the member is not invited")
            return
        }
        // The tapped message says it already.
        #expect(try await room.toldLater().allSatisfy { $0.chat != host.id })
    }

    @Test func `one is invited or lowered by name, and all at once after a question`() async throws {
        let show = try await room.live()
        for visitor in [Visitor.member, .englishMember, .owner] { try await raise(visitor, in: show) }
        let shown = try await queue()
        let invited = try await taps("🎤 Mary", of: shown)
        #expect(try invited.screen.text.contains("Mary"))
        guard case .invited = try await room.place(of: .englishMember, in: show) else {
            Issue.record("the member is not invited")
            return
        }
        let lowered = try await taps(talk.label(RoomPhrase.buttonLowerOne), of: try invited.screen)
        #expect(try await room.place(of: .member, in: show) == .audience)
        #expect(try await room.place(of: .owner, in: show) == .queue(position: 1))
        #expect(try !lowered.screen.labels.joined().contains(talk.label(RoomPhrase.buttonLowerAll)))

        try await raise(.member, in: show)
        let more = try await taps(talk.label(RoomPhrase.buttonRefresh), of: shown).screen
        let question = try await taps(talk.label(RoomPhrase.buttonLowerAll), of: more).screen
        #expect(try question.text == talk.words(RoomPhrase.lowerAllQuestion, .ru, ["title": "Ночной эфир"]))
        #expect(try await room.room(host, in: show).handCount == 2)
        _ = try await taps(talk.label(RoomPhrase.buttonLowerAllYes), of: question)
        #expect(try await room.room(host, in: show).handCount == 0)
    }

    @Test func `who is on stage is muted and taken off it`() async throws {
        let show = try await room.live()
        try await raise(.member, in: show)
        try await room.perform(.nextHand, host, in: show)
        try await room.perform(.acceptInvite, .member, in: show)
        let shown = try await queue()
        #expect(try shown.text.contains(talk.words(RoomPhrase.queueStage, .ru, ["names": "Mark"])))
        _ = try await taps("🔇 Mark", of: shown)
        let off = try await taps(talk.label(RoomPhrase.buttonTakeOff), of: shown)
        #expect(try off.screen.text.contains(talk.words(RoomPhrase.queueStageEmpty)))
        #expect(try await room.place(of: .member, in: show) == .audience)
    }

    @Test func `the chat's mode and pace are chosen, each keeping the other`() async throws {
        let show = try await room.live()
        let chat = try await taps(talk.label(RoomPhrase.buttonChat), of: try await queue()).screen
        let slow = try await taps("раз в 30 с", of: chat).screen
        #expect(slow.labels.joined().contains("✅ раз в 30 с"))
        _ = try await taps(talk.label(RoomPhrase.chatHosts), of: slow)
        let seen = try await room.room(host, in: show)
        #expect(seen.chatMode == .hosts)
        #expect(seen.slow == .seconds(30))
        let arguments = ["mode": talk.label(RoomPhrase.chatHosts), "seconds": "30"]
        #expect(try await queue().text.contains(talk.words(RoomPhrase.queueChatSlow, .ru, arguments)))
    }

    @Test func `the message is kept up to date, once in a few seconds`() async throws {
        let show = try await room.live()
        _ = try await queue()
        _ = try await room.toldLater()
        try await raise(.member, in: show)
        let edited = try await room.toldLater()
        #expect(edited.map(\.changed) == [RoomTalk.firstMessage])
        #expect(try edited.first?.text.contains("1. Mark") == true)
        #expect(try await room.toldLater().isEmpty)
        try await room.end(show)
        #expect(try await room.told().first?.text.hasSuffix(talk.words(RoomPhrase.queueOver)) == true)
    }

    @Test func `it is for those who run the show`() async throws {
        let show = try await room.live()
        #expect(try await talk.says("/queue", .member).screen.text == talk.refusal(.notAllowed))
        let tapped = try await talk.taps(.room(.next(show.id)), .member)
        let refused = try await talk.refusal(.notAllowed)
        #expect(try tapped.toast.text == refused)
        let managed = try await talk.taps(.show(.manage(show.id)), host).screen
        #expect(try managed.data(talk.label(RoomPhrase.buttonQueue)) == RoomButton.queue(show.id).data)
        #expect(try await talk.says("/queue", .owner).screens.isEmpty)
        #expect(try await room.sent().map(\.chat) == [Visitor.owner.id])
    }

    @Test func `without a live show of one's own the host is told how to begin one`() async throws {
        #expect(try await talk.says("/queue", host).screen.text == talk.words(RoomPhrase.noOwnShow))
    }

    // MARK: Who is in charge

    @Test func `a host who is gone is asked, and answers with one tap`() async throws {
        let show = try await room.live()
        talk.club.clock.advance(by: RoomLimits.hostActionCounts + RoomLimits.hostMissed)
        _ = try await room.room(.member, in: show)
        let asked = try #require(try await room.told().first { $0.chat == host.id })
        #expect(try asked.text == talk.words(RoomPhrase.hostAsked, .ru, ["title": "Ночной эфир"]))
        let answered = try await talk.taps(RoomPhrase.buttonPresent, of: asked, host)
        #expect(try answered.screen.text == talk.words(RoomPhrase.thanks))
        talk.club.clock.advance(by: RoomLimits.hostMissed)
        _ = try await room.room(.member, in: show)
        #expect(try await room.told().allSatisfy { $0.chat != host.id })
        #expect(try await room.room(host, in: show).phase != .ended(at: talk.club.clock.now))
    }

    @Test func `a host who looks after the queue is there`() async throws {
        let show = try await room.live()
        talk.club.clock.advance(by: RoomLimits.hostActionCounts)
        let shown = try await queue()
        talk.club.clock.advance(by: RoomLimits.hostActionCounts)
        _ = try await taps(talk.label(RoomPhrase.buttonRefresh), of: shown)
        talk.club.clock.advance(by: RoomLimits.hostMissed)
        _ = try await room.room(.member, in: show)
        let question = try talk.words(RoomPhrase.hostAsked, .ru, ["title": "Ночной эфир"])
        #expect(try await room.told().allSatisfy { try $0.text != question })
    }

    @Test func `a co-host who was removed from the room has no queue, and does not end the show`() async throws {
        let show = try await room.live()
        let helper = try await talk.member(.member)
        let owner = try await talk.member(host)
        let cause = talk.club.cause("co-host")
        _ = try await talk.club.services.shows.addCoHost(helper.id, to: show.id, by: owner, cause: cause)
        try await room.rooms.follow(show.id)
        try await room.enter(.member, "browser", in: show)
        try await room.perform(.kick(helper.id), host, in: show)
        let refused = try await talk.refusal(.room(.removed))
        #expect(try await talk.says("/queue", .member).screen.text == refused)
        let end = try await talk.taps(.show(.end(show.id, isConfirmed: true)), .member)
        #expect(try end.toast.text == refused)
        #expect(try await talk.show(show.id).status == .live)
    }

    @Test func `a co-host who takes over is told, and so is the host`() async throws {
        let show = try await room.live()
        let helper = try await talk.member(.member)
        let owner = try await talk.member(host)
        let cause = talk.club.cause("co-host")
        _ = try await talk.club.services.shows.addCoHost(helper.id, to: show.id, by: owner, cause: cause)
        try await room.rooms.follow(show.id)
        talk.club.clock.advance(by: RoomLimits.hostActionCounts)
        try await room.enter(.member, "browser", in: show)
        talk.club.clock.advance(by: RoomLimits.hostMissed)
        _ = try await room.room(.englishMember, in: show)
        let told = try await room.toldLater()
        let title = ["title": "Ночной эфир"]
        let mine = told.first { $0.chat == Visitor.member.id }
        let hosts = told.first { $0.chat == host.id }
        #expect(try mine?.text == talk.words(RoomPhrase.inChargeYou, .ru, title))
        #expect(try hosts?.text == talk.words(RoomPhrase.inChargeOther, .ru, title.merging(["name": "Mark"]) { $1 }))
    }
}
