import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// The message at one's turn, with the one-time way onto the stage.
struct SpeakTests {
    let talk: BotTalk
    let room: RoomTalk
    let title = ["title": "Ночной эфир"]

    init() async throws {
        talk = try BotTalk(botAddress: "https://t.me/club_bot")
        try await talk.openForShows()
        room = RoomTalk(talk)
    }

    /// A live show in which the member's hand is up.
    private func raised(_ room: RoomTalk? = nil) async throws -> LiveSession {
        let room = room ?? self.room
        let show = try await room.live()
        _ = try await room.talk.says("/hand", .member)
        _ = try await room.sent()
        return show
    }

    /// The secret of the link in a message.
    private func secret(_ screen: Seen.Screen, _ show: LiveSession) throws -> String {
        let url = try #require(screen.buttons.first?.url)
        let prefix = "https://club.test/live/\(show.id)/speak/"
        #expect(url.hasPrefix(prefix))
        return String(url.dropFirst(prefix.count))
    }

    @Test func `at one's turn a message with a link for this one show comes at once`() async throws {
        let show = try await raised()
        try await room.perform(.nextHand, BotTalk.host, in: show)
        let told = try await room.told()
        #expect(told.map(\.changed) == [nil, RoomTalk.firstMessage])
        let words = try talk.words(RoomPhrase.speak, .ru, title.merging(["seconds": "60"]) { $1 })
        #expect(try told[0].text == words)
        #expect(try told[1].text == talk.words(RoomPhrase.handCalled, .ru, title))

        let secret = try secret(told[0], show)
        let links = talk.club.services.speakLinks
        let other = LiveSessionID(rawValue: "other")
        #expect(try await links.isGood(secret, in: show.id))
        #expect(try await !links.isGood(secret, in: other))
        let member = try await links.redeem(secret, in: show.id, cause: talk.club.cause("redeem"))
        #expect(member.name == "Mark")
    }

    @Test func `both messages say that one is on stage once one is`() async throws {
        let show = try await raised()
        try await room.perform(.nextHand, BotTalk.host, in: show)
        _ = try await room.told()
        try await room.perform(.acceptInvite, .member, in: show)
        let told = try await room.toldLater()
        #expect(Set(told.map(\.changed)) == [RoomTalk.firstMessage, RoomTalk.firstMessage + 1])
        #expect(try told.allSatisfy { try $0.text == talk.words(RoomPhrase.handOnStage, .ru, title) })
    }

    @Test func `not now takes the invitation back, and the link away`() async throws {
        let show = try await raised()
        try await room.perform(.nextHand, BotTalk.host, in: show)
        let asked = try await room.told()[0]
        let data = try asked.data(talk.label(RoomPhrase.buttonNotNow))
        let message = RoomTalk.firstMessage + 1
        let declined = try await talk.handle(talk.tap(data, by: .member, message: message))
        #expect(try declined.screen.text == talk.words(RoomPhrase.handDeclined, .ru, title))
        #expect(try declined.screen.buttons.allSatisfy { $0.url?.contains("speak") != true })
        #expect(try await room.place(of: .member, in: show) == .audience)
        let told = try await room.toldLater()
        #expect(told.map(\.changed) == [RoomTalk.firstMessage])
        #expect(try told.first?.text == talk.words(RoomPhrase.handDeclined, .ru, title))
    }

    @Test func `an invitation that nobody answers runs out, and so does the link`() async throws {
        let show = try await raised()
        try await room.perform(.nextHand, BotTalk.host, in: show)
        let secret = try secret(try await room.told()[0], show)
        talk.club.clock.advance(by: RoomLimits.inviteLasts)
        #expect(try await room.place(of: .member, in: show) == .audience)
        let told = try await room.toldLater()
        #expect(told.count == 2)
        #expect(try told.allSatisfy { try $0.text == talk.words(RoomPhrase.handExpired, .ru, title) })

        let links = talk.club.services.speakLinks
        #expect(try await links.isGood(secret, in: show.id))
        talk.club.clock.advance(by: .seconds(30))
        #expect(try await !links.isGood(secret, in: show.id))
    }

    @Test func `a message that could not be sent in time is not sent at all`() async throws {
        let show = try await raised()
        try await room.perform(.nextHand, BotTalk.host, in: show)
        var round = RoomTellingRound()
        await room.telling.work(&round)
        talk.club.clock.advance(by: RoomLimits.inviteLasts)
        #expect(try await room.sent().map(\.changed) == [RoomTalk.firstMessage])
    }

    @Test func `who has the room open is asked there`() async throws {
        let show = try await raised()
        try await room.enter(.member, "browser", in: show)
        try await room.perform(.nextHand, BotTalk.host, in: show)
        let told = try await room.told()
        #expect(told.map(\.changed) == [RoomTalk.firstMessage])
        #expect(try told.first?.text == talk.words(RoomPhrase.handCalled, .ru, title))
    }

    @Test func `who only hears the room is called in the chat`() async throws {
        let show = try await raised()
        try await room.enter(.member, "livekit-1", by: .audio, in: show)
        try await room.perform(.nextHand, BotTalk.host, in: show)
        #expect(try await room.told().contains { $0.buttons.contains { $0.url?.contains("/speak/") == true } })
    }

    @Test func `a second turn is told by a message of its own`() async throws {
        let show = try await raised()
        try await room.perform(.nextHand, BotTalk.host, in: show)
        _ = try await room.told()
        try await room.perform(.declineInvite, .member, in: show)
        _ = try await room.toldLater()
        _ = try await talk.says("/hand", .member)
        _ = try await room.sent()
        try await room.perform(.nextHand, BotTalk.host, in: show)
        let told = try await room.toldLater()
        #expect(told.map(\.changed).contains(nil))
        #expect(told.contains { $0.buttons.contains { $0.url?.contains("/speak/") == true } })
    }

    @Test func `without a site the message says how one comes into the room`() async throws {
        let talk = try BotTalk(site: nil)
        try await talk.openForShows()
        let room = RoomTalk(talk)
        let show = try await raised(room)
        try await room.perform(.nextHand, BotTalk.host, in: show)
        let told = try await room.told()
        #expect(try told.first?.text == talk.words(RoomPhrase.speakWithoutSite, .ru, title))
        #expect(told.flatMap(\.buttons).allSatisfy { $0.url == nil })
    }

    @Test func `nothing in the outbox leads onto a stage`() async throws {
        let show = try await raised()
        try await room.perform(.nextHand, BotTalk.host, in: show)
        var round = RoomTellingRound()
        await room.telling.work(&round)
        let drafts = try await talk.club.takeOutbox()
        #expect(drafts.contains { $0.body == .notice(.room(show.id, .card(.speak))) })
        let written = try drafts.map { String(decoding: try DocumentJSON.encode($0), as: UTF8.self) }
        #expect(written.allSatisfy { !$0.contains("speak/") })
    }
}
