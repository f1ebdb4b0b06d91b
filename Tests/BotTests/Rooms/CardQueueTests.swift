import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// What waits in the outbox where hands move faster than messages may be sent.
struct CardQueueTests {
    let talk: BotTalk
    let room: RoomTalk

    init() async throws {
        talk = try BotTalk(botAddress: "https://t.me/club_bot")
        try await talk.openForShows()
        room = RoomTalk(talk)
    }

    /// A live show with three hands up, of which the member's is the last; nothing waits to be sent.
    private func three() async throws -> LiveSession {
        let show = try await room.live()
        for visitor in [Visitor.owner, .englishMember, .member] {
            talk.club.clock.advance(by: .seconds(1))
            _ = try await talk.says("/hand", visitor)
        }
        _ = try await room.sent()
        _ = try await room.toldLater()
        return show
    }

    /// Tells what is due, without sending it.
    private func tell(_ round: inout RoomTellingRound) async {
        talk.club.clock.advance(by: RoomTelling.pace)
        await room.telling.work(&round)
    }

    /// What waits for the member, in the order in which it is sent.
    private func waiting() async throws -> [OutboxDraft] {
        try await talk.club.takeOutbox().filter { $0.chat.rawValue == Visitor.member.id }
    }

    @Test func `an invitation goes before all edits, and edits that wait are one`() async throws {
        let show = try await three()
        var round = RoomTellingRound()
        for visitor in [Visitor.owner, .englishMember] {
            try await room.perform(.lowerHand, visitor, in: show)
            await tell(&round)
        }
        try await room.perform(.nextHand, BotTalk.host, in: show)
        await tell(&round)
        let waiting = try await waiting()
        #expect(waiting.map(\.body) == [.notice(.room(show.id, .card(.speak))), .notice(.room(show.id, .card(.hand)))])
        #expect(waiting.map(\.lane) == [.answers, .alerts])
    }

    @Test func `an edit that was never sent does not keep back later ones`() async throws {
        let show = try await three()
        var round = RoomTellingRound()
        try await room.perform(.lowerHand, .owner, in: show)
        await tell(&round)
        talk.club.clock.advance(by: .seconds(15 * 60))
        try await room.perform(.lowerHand, .englishMember, in: show)
        await tell(&round)
        #expect(try await waiting().count == 1)
    }

    @Test func `what is asked for anew is sent at once, whatever waits`() async throws {
        let show = try await three()
        var round = RoomTellingRound()
        try await room.perform(.lowerHand, .owner, in: show)
        await tell(&round)
        _ = try await talk.says("/hand", .member)
        #expect(try await waiting().map(\.lane) == [.answers, .alerts])
    }
}
