import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Raising a hand from the chat, and the one message that says what becomes of it.
struct HandTests {
    let talk: BotTalk
    let room: RoomTalk
    let title = ["title": "Ночной эфир"]

    init() async throws {
        talk = try BotTalk(botAddress: "https://t.me/club_bot")
        try await talk.openForShows()
        room = RoomTalk(talk)
    }

    private func hand(_ visitor: Visitor = .member, _ text: String = "/hand") async throws -> Seen.Screen {
        // Hands of one moment have no order of their own.
        talk.club.clock.advance(by: .seconds(1))
        #expect(try await talk.says(text, visitor).screens.isEmpty)
        let screens = try await room.sent()
        return try #require(screens.count == 1 ? screens.first : nil, "\(screens.count) screens")
    }

    @Test func `a hand is raised in the show that is live, and the answer says where it stands`() async throws {
        let show = try await room.live()
        let card = try await hand(.member, "/hand О звуке")
        #expect(try card.text == talk.words(RoomPhrase.handFirst, .ru, title))
        #expect(card.changed == nil)
        #expect(card.buttons.map(\.url) == [nil, "https://club.test/live/\(show.id)"])
        let hands = try await room.room(BotTalk.host, in: show).hands
        #expect(hands.map { $0.topic?.words?.text } == ["О звуке"])
        #expect(hands.map(\.isRemote) == [true])
    }

    @Test func `the message is edited as the position changes, and never when it does not`() async throws {
        let show = try await room.live()
        _ = try await hand(.owner)
        _ = try await hand(.englishMember)
        let card = try await hand()
        #expect(try card.text == talk.words(RoomPhrase.handWaiting, .ru, title.merging(["position": "3"]) { $1 }))
        _ = try await room.toldLater()
        #expect(try await room.toldLater().isEmpty)

        try await room.perform(.lowerHand, .owner, in: show)
        let edited = try #require(try await room.toldLater().first { $0.chat == Visitor.member.id })
        #expect(edited.changed == RoomTalk.firstMessage + 2)
        #expect(try edited.text == talk.words(RoomPhrase.handWaiting, .ru, title.merging(["position": "2"]) { $1 }))
        #expect(try await room.toldLater().isEmpty)
    }

    @Test func `whoever cannot be looked up keeps back nobody else's message`() async throws {
        let show = try await room.live()
        for visitor in [Visitor.owner, .englishMember, .member] { _ = try await hand(visitor) }
        _ = try await room.toldLater()
        var pair: [(id: String, visitor: Visitor)] = []
        for visitor in [Visitor.englishMember, .member] {
            pair.append((try await talk.member(visitor).id.rawValue, visitor))
        }
        pair.sort { $0.id < $1.id }
        try await room.perform(.lowerHand, .owner, in: show)
        talk.club.store.spoil(pair[0].id)
        let told = try await room.toldLater().map(\.chat)
        #expect(told.contains(pair[1].visitor.id) && !told.contains(pair[0].visitor.id))
        talk.club.store.spoil(nil)
        #expect(try await room.toldLater().map(\.chat).contains(pair[0].visitor.id))
    }

    @Test func `several changes in a few seconds are one edit`() async throws {
        let show = try await room.live()
        for visitor in [Visitor.owner, .englishMember, .member] { _ = try await hand(visitor) }
        _ = try await room.toldLater()
        try await room.perform(.lowerHand, .owner, in: show)
        #expect(try await room.toldLater().contains { $0.chat == Visitor.member.id })
        try await room.perform(.lowerHand, .englishMember, in: show)
        talk.club.clock.advance(by: .seconds(1))
        #expect(try await room.told().allSatisfy { $0.chat != Visitor.member.id })
        let edits = try await room.toldLater().filter { $0.chat == Visitor.member.id }
        #expect(try edits.map { try $0.text } == [talk.words(RoomPhrase.handFirst, .ru, title)])
    }

    @Test func `a hand is lowered under its message, which says so and is left alone then`() async throws {
        let show = try await room.live()
        let card = try await hand()
        let data = try card.data(talk.label(RoomPhrase.buttonLower))
        let lowered = try await talk.handle(talk.tap(data, by: .member, message: RoomTalk.firstMessage))
        #expect(try lowered.toast.text == talk.label(RoomPhrase.toastHandDown))
        #expect(try lowered.screen.text == talk.words(RoomPhrase.handLowered, .ru, title))
        #expect(try lowered.screen.changed == RoomTalk.firstMessage)
        #expect(try await room.place(of: .member, in: show) == .audience)
        #expect(try await room.toldLater().isEmpty)

        let again = try await talk.taps(RoomPhrase.buttonHand, of: try lowered.screen, .member)
        #expect(try again.toast.text == talk.club.phrases.text(RoomPhrase.toastHandUp, .ru, ["position": "1"]))
        #expect(try await room.sent().map(\.changed) == [nil])
    }

    @Test func `whose hand is up is shown it anew; another topic is refused`() async throws {
        _ = try await room.live()
        _ = try await hand(.member, "/hand О звуке")
        #expect(try await hand().text == talk.words(RoomPhrase.handFirst, .ru, title))
        let refused = try await talk.says("/hand О свете", .member).screen
        let words = try await talk.refusal(.room(.handIsUp))
        #expect(try refused.text == words)
    }

    @Test func `the same update raises one hand and sends one message`() async throws {
        let show = try await room.live()
        let update = try talk.message(from: .member, ["text": "/hand"])
        _ = try await talk.handle(update)
        _ = try await talk.handle(update)
        #expect(try await room.sent().count == 1)
        #expect(try await room.room(.member, in: show).you.handsLeft == RoomLimits.handsPerShow - 1)
    }

    @Test func `without a live show there is nothing to raise a hand in`() async throws {
        try await talk.plan()
        for command in ["/hand", "/ask Почему?"] {
            #expect(try await talk.says(command, .member).screen.text == talk.words(RoomPhrase.noShow))
        }
    }

    @Test func `what the room refuses is said in words`() async throws {
        let show = try await room.live()
        for _ in 1...RoomLimits.handsPerShow {
            _ = try await hand()
            try await room.perform(.lowerHand, .member, in: show)
        }
        #expect(try await talk.says("/hand", .member).screen.text == talk.refusal(.room(.handsSpent)))

        let edit = ShowEdit(handPolicy: .off)
        let host = try await talk.member(BotTalk.host)
        _ = try await talk.club.services.shows.edit(show.id, edit, by: host, cause: talk.club.cause("hands off"))
        try await room.rooms.follow(show.id)
        #expect(try await talk.says("/hand", .englishMember).screen.text == talk.refusal(.room(.handsOff), .en))
        let card = try await talk.taps(.show(.card(show.id)), .member).screen
        #expect(!card.labels.joined().contains(talk.label(RoomPhrase.buttonHand)))
    }

    @Test func `of several live shows one chooses, and the topic is kept`() async throws {
        let first = try await room.live("One")
        talk.club.clock.advance(by: .seconds(1))
        let second = try await room.live("Two", by: .owner)
        let choice = try await talk.says("/hand О <звуке>", .member).screen
        #expect(choice.labels == [["🔴 One"], ["🔴 Two"]])
        _ = try await talk.presses("🔴 Two", under: choice, .member)
        #expect(try await room.place(of: .member, in: first) == .audience)
        let hands = try await room.room(.owner, in: second).hands
        #expect(hands.map { $0.topic?.words?.text } == ["О <звуке>"])
    }

    @Test func `the card of a live show has a button for the hand`() async throws {
        let show = try await room.live()
        let card = try await talk.says("/live", .member).screen
        let tapped = try await talk.presses(talk.label(RoomPhrase.buttonHand), under: card, .member)
        #expect(try tapped.toast.text == talk.club.phrases.text(RoomPhrase.toastHandUp, .ru, ["position": "1"]))
        #expect(try await room.place(of: .member, in: show) == .queue(position: 1))
        #expect(try await room.room(.member, in: show).hands.first?.topic == nil)
    }

    @Test(arguments: [RoomCommand.lowerAll, .demote(MemberID(rawValue: ""))])
    func `a host lowers the hand, and the message says so`(command: RoomCommand) async throws {
        let show = try await room.live()
        _ = try await hand()
        var command = command
        if case .demote = command { command = .demote(try await talk.member(.member).id) }
        try await room.perform(command, BotTalk.host, in: show)
        let told = try await room.toldLater()
        #expect(told.map(\.changed) == [RoomTalk.firstMessage])
        #expect(try told.first?.text == talk.words(RoomPhrase.handLoweredByHost, .ru, title))
    }

    @Test func `the end of the show is the end of the queue`() async throws {
        let show = try await room.live()
        _ = try await hand()
        try await room.end(show)
        let told = try await room.told()
        #expect(try told.map { try $0.text } == [talk.words(RoomPhrase.handShowOver, .ru, title)])
        #expect(told.map(\.labels) == [[]])
    }

    @Test func `what happened while the program was stopped is told after its start`() async throws {
        let show = try await room.live()
        _ = try await hand()
        try await room.perform(.lowerAll, BotTalk.host, in: show)
        // Nobody had told it: all that was heard is lost with the process.
        _ = talk.club.herald.take()
        let told = try await RoomTalk(talk).told()
        #expect(told.map(\.changed) == [RoomTalk.firstMessage])
        #expect(try told.first?.text == talk.words(RoomPhrase.handLoweredByHost, .ru, title))
    }

    @Test func `a person counts once, in the room and in the chat`() async throws {
        let show = try await room.live()
        try await room.enter(.member, "phone", in: show)
        try await room.enter(.member, "laptop", in: show)
        _ = try await hand()
        let seen = try await room.room(BotTalk.host, in: show)
        #expect(seen.stats.present == 1)
        #expect(seen.hands.map(\.isRemote) == [false])
        await #expect(throws: ChangeFailure.refused(.room(.handIsUp))) {
            try await room.perform(.raiseHand(topic: nil), .member, in: show)
        }
    }
}
