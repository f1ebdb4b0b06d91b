import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Episodes that are opened by a link, and handed on by one.
struct DeepLinkTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk(botAddress: "https://t.me/club_bot")
        try await talk.open()
    }

    @Test func `a member opens an episode by its link, its page or its post`() async throws {
        let podcast = try await talk.post(7, "Night")
        let channel = String(Fixtures.channel.rawValue).dropFirst("-100".count)
        let texts = [
            "/start episode-\(podcast.id)", "https://t.me/club_bot?start=episode-\(podcast.id)",
            "https://club.test/podcast/\(podcast.id)?t=60", "https://t.me/c/\(channel)/7",
            "t.me/c/\(channel)/7?single",
        ]
        for text in texts {
            let screen = try await talk.says(text, .member).screen
            #expect(try TelegramText(screen.source).bold == ["Night"], "\(text)")
        }
    }

    @Test func `a link to what is not there says so`() async throws {
        let channel = String(Fixtures.channel.rawValue).dropFirst("-100".count)

        for text in ["https://t.me/c/\(channel)/99", "/start episode-nothing"] {
            let answer = try await talk.says(text, .member).screen.text
            #expect(try await answer == talk.refusal(.notFound))
        }
    }

    @Test func `an episode is shared by a button with its link and title`() async throws {
        let podcast = try await talk.post(1, "Ночь & <день>")
        let card = try await talk.taps(.episode(podcast.id, back: nil), .member).screen

        let share = try #require(card.buttons.first { $0.text == talk.label(.buttonShare) })
        let parts = try #require(share.url.flatMap(URLComponents.init(string:)))
        #expect(parts.host == "t.me" && parts.path == "/share/url")
        #expect(
            parts.queryItems == [
                URLQueryItem(name: "url", value: "https://t.me/club_bot?start=episode-\(podcast.id)"),
                URLQueryItem(name: "text", value: "Ночь & <день>"),
            ]
        )
        #expect(share.callbackData == nil)
    }

    @Test func `who comes for an episode gets it when they are let in`() async throws {
        let podcast = try await talk.post(1, "Night")
        let invitation = try await talk.says("/start episode-\(podcast.id)", .stranger).screen
        #expect(try !invitation.text.contains("Night"))
        _ = try await talk.taps(.buttonAsk, of: invitation, .stranger)
        let asked = try await talk.member(.stranger)
        #expect(asked.membership == .pending)

        _ = try await talk.taps(.decide(asked.id, isApproved: true), .owner)
        let welcome = try #require(try await talk.told().last { $0.chat == Visitor.stranger.id })

        let greeting = try talk.words(.joinWelcome, .ru, ["name": Visitor.stranger.name])
        #expect(try welcome.text.hasPrefix(greeting + "\n\nNight\n"))
        let played = try await talk.taps(.buttonPlay, of: welcome, .stranger)
        #expect(played.sounds.count == 1)
    }

    @Test func `the episode for which somebody came last counts, also while they wait`() async throws {
        let first = try await talk.post(1, "First")
        let second = try await talk.post(2, "Second")
        _ = try await talk.taps(.askToHear(first.id), .stranger)
        let waiting = try await talk.says("/start episode-\(second.id)", .stranger).screen
        #expect(try waiting.text == talk.words(.startPending, .ru, ["name": Visitor.stranger.name]))

        #expect(try await talk.member(.stranger).wanted == second.id)
    }

    @Test func `an episode that was taken out meanwhile is not shown to who came for it`() async throws {
        let podcast = try await talk.post(1, "Night")
        _ = try await talk.taps(.askToHear(podcast.id), .stranger)
        try await talk.change(podcast) { $0.status = .unpublished }
        let asked = try await talk.member(.stranger)

        _ = try await talk.taps(.decide(asked.id, isApproved: true), .owner)

        let welcome = try #require(try await talk.told().last { $0.chat == Visitor.stranger.id })
        #expect(try welcome.text == talk.words(.joinWelcome, .ru, ["name": Visitor.stranger.name]))
    }
}
