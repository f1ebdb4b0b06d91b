import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// How many were in a show, as the channel and the host read it.
struct AudienceTests {
    let talk: BotTalk
    let room: RoomTalk

    init() async throws {
        talk = try BotTalk(botAddress: "https://t.me/club_bot")
        try await talk.openForShows()
        room = RoomTalk(talk)
    }

    /// A show of half an hour: so many are there all the time, and one more for the first third.
    private func ended(_ staying: [Visitor]) async throws -> LiveSession {
        let show = try await room.live()
        for visitor in staying {
            try await room.enter(visitor, "\(visitor.id)", in: show)
            try await room.enter(visitor, "\(visitor.id) again", in: show)
        }
        if let asker = staying.first {
            try await room.perform(.chat("Раз?", clientID: "1", isQuestion: true), asker, in: show)
        }
        talk.club.clock.advance(by: .seconds(600))
        if staying.count > 1, let first = staying.first {
            for connection in ["\(first.id)", "\(first.id) again"] {
                try await room.perform(.leave(ConnectionID(rawValue: connection)), first, in: show)
            }
        }
        talk.club.clock.advance(by: .seconds(1_200))
        try await room.end(show)
        return try await talk.show(show.id)
    }

    private func told(_ news: ShowNews, _ show: LiveSession, _ chat: ChatID) async throws -> String {
        let reply = try #require(try await talk.composer.reply(.show(show.id, news), in: chat))
        return try Seen([reply.call(in: chat)]).screen.text
    }

    @Test func `the ended post, the reply to it and the host's card tell how many were there`() async throws {
        let show = try await ended([.member, .englishMember, .owner])
        let line = "👥 В эфире были 3 человека · одновременно до 3, в среднем 2,3\n❓ Задан 1 вопрос"
        #expect(try await told(.post, show, Fixtures.channel).contains(line))
        #expect(try await told(.endedPost, show, Fixtures.channel).hasSuffix(line))
        #expect(try await told(.ended, show, BotTalk.host.chat).hasSuffix(line))
        #expect(try await talk.taps(.show(.manage(show.id)), BotTalk.host).screen.text.contains(line))
        let english = try await told(.ended, show, Visitor.englishMember.chat)
        #expect(
            english.hasSuffix("👥 3 people were in the show · up to 3 at once, 2.3 on average\n❓ 1 question was asked")
        )
    }

    @Test func `of one person there is no most and no average`() async throws {
        let show = try await ended([.member])
        #expect(try await told(.ended, show, BotTalk.host.chat).contains("👥 В эфире был 1 человек\n❓"))
    }

    @Test func `a show in whose room nobody was says nothing of it`() async throws {
        let show = try await ended([])
        for chat in [Fixtures.channel, BotTalk.host.chat] {
            let text = try await told(chat == Fixtures.channel ? .endedPost : .ended, show, chat)
            #expect(!text.contains("👥"))
            #expect(!text.contains("❓"))
        }
    }
}
