import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Questions from the chat that are shown in the room.
struct QuestionTests {
    let talk: BotTalk
    let room: RoomTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.openForShows()
        room = RoomTalk(talk)
    }

    private func questions(_ show: LiveSession) async throws -> [String] {
        try await room.room(BotTalk.host, in: show).questions(limit: 10).compactMap { $0.words?.text }
    }

    @Test func `a question is in the room, with its author's name`() async throws {
        let show = try await room.live()
        let answer = try await talk.says("/ask Почему <так>?", .member).screen
        let arguments = ["title": "Ночной эфир", "text": "Почему <так>?"]
        #expect(try answer.text == talk.words(RoomPhrase.questionSent, .ru, arguments))
        #expect(try await questions(show) == ["Почему <так>?"])
        #expect(try await room.room(BotTalk.host, in: show).messages.map { $0.message.words?.name } == ["Mark"])
    }

    @Test func `without words the bot asks for them, and takes the reply`() async throws {
        let show = try await room.live()
        let prompt = try await talk.says("/ask", .member).screen
        #expect(try prompt.text.hasSuffix("roomask-\(show.id)"))
        _ = try await talk.replies("Что дальше?", to: prompt, .member)
        #expect(try await questions(show) == ["Что дальше?"])
        let sticker = try await talk.replies(nil, to: prompt, .member)
        #expect(try sticker.screen.text == talk.words(.noText))
        #expect(try await talk.replies("/help", to: prompt, .member).screen.text.contains("/ask"))
    }

    @Test func `the same update asks once`() async throws {
        let show = try await room.live()
        let update = try talk.message(from: .member, ["text": "/ask Раз?"])
        _ = try await talk.handle(update)
        _ = try await talk.handle(update)
        #expect(try await questions(show) == ["Раз?"])
    }

    @Test func `what the chat refuses is said in words, with the time to wait`() async throws {
        let show = try await room.live()
        try await room.perform(.chatMode(.everyone, slow: .seconds(30)), BotTalk.host, in: show)
        _ = try await talk.says("/ask Раз?", .member)
        talk.club.clock.advance(by: .seconds(12))
        let slow = try await talk.says("/ask Два?", .member).screen
        let words = try await talk.refusal(.room(.slowMode(.seconds(18))))
        #expect(try slow.text == words)
        #expect(try slow.text.contains("18"))

        try await room.perform(.chatMode(.off, slow: .zero), BotTalk.host, in: show)
        #expect(try await talk.says("/ask Три?", .member).screen.text == talk.refusal(.room(.chatOff)))
        let long = String(repeating: "а", count: 400)
        #expect(try await talk.says("/ask \(long)", .englishMember).screen.text == talk.refusal(.room(.chatOff), .en))
        #expect(try await questions(show) == ["Раз?"])
    }

    @Test func `of several live shows one chooses, and the question is kept`() async throws {
        _ = try await room.live("One")
        talk.club.clock.advance(by: .seconds(1))
        let second = try await room.live("Two", by: .owner)
        let choice = try await talk.says("/ask Раз\nили два?", .member).screen
        _ = try await talk.presses("🔴 Two", under: choice, .member)
        #expect(try await questions(second) == ["Раз\nили два?"])
    }
}
