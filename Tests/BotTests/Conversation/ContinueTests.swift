import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Going on with what one was listening to.
struct ContinueTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    /// Lets the member who writes listen to a recording as far as that.
    private func listen(to podcast: Podcast, seconds: Double) async throws {
        let member = try #require(try await talk.club.directory.find(.telegram(Visitor.member.person.telegramID)))
        let listening = Listening(store: talk.club.store, clock: talk.club.clock)
        let place = seconds - 5
        let beats = [
            Fixtures.beat(1, to: place, .started, of: podcast), Fixtures.beat(2, from: place, to: seconds, of: podcast),
        ]
        for beat in beats { _ = try await listening.take(beat, of: podcast, by: member.id) }
    }

    @Test func `/continue shows the last episode with buttons that play from the same place`() async throws {
        let podcast = try await talk.post(1, "A long talk")
        try await listen(to: podcast, seconds: 42)

        let screen = try await talk.says("/continue", .member).screen
        #expect(screen.source.contains("0:42"))
        #expect(screen.source.contains("A long talk"))
        #expect(screen.buttons.contains { $0.url?.hasSuffix("/podcast/\(podcast.id)?t=42") == true })
    }

    @Test func `in Telegram's own player it goes on, too, where the channel is known`() async throws {
        let podcast = try await talk.post(1, "A long talk")
        try await listen(to: podcast, seconds: 42)
        _ = try await talk.club.store.settings.change(.club, cause: Fixtures.cause(7)) { settings in
            var settings = settings ?? ClubSettings()
            settings.clubChannel = ChatPlace(chat: Fixtures.channel, title: "Records", handle: nil)
            return Change(settings)
        }
        let screen = try await talk.says("/continue", .member).screen
        #expect(screen.buttons.contains { $0.url == "https://t.me/c/1000000001/1?t=42" })
    }

    @Test func `who has begun nothing is shown where episodes are`() async throws {
        #expect(try await talk.says("/continue", .member).screen.text == talk.words(.continueEmpty, .ru))
    }
}
