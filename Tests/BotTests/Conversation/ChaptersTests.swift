import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Hearing an episode from a chapter on.
struct ChaptersTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private func captions(_ count: Int) -> String {
        (0..<count).map { "\($0):30 Chapter \($0)" }.joined(separator: "\n")
    }

    @Test func `a tap on a chapter tells time and title, and links to the page at that time`() async throws {
        let podcast = try await talk.post(1, "Night\n0:00 <Intro>\n1:02:03 The end")

        let card = try await talk.taps(.episode(podcast.id, back: nil), .member).screen
        #expect(card.labels.contains(["0:00 <Intro>", "1:02:03 The end"]))

        let seen = try await talk.handle(talk.tap(card.data("1:02:03 The end"), by: .member))
        #expect(try seen.toast.text == "1:02:03 The end")
        #expect(try seen.screen.changed == nil)
        let arguments = ["time": "1:02:03", "chapter": "The end", "title": "Night"]
        #expect(try seen.screen.text == talk.words(.chapterPlace, .ru, arguments))
        let link = try #require(try seen.screen.buttons.first)
        #expect(link.url == "https://club.test/podcast/\(podcast.id)?t=3723")
        #expect(link.text == talk.club.phrases.text(BotPhrase.buttonFrom, .ru, ["time": "1:02:03"]))
    }

    @Test func `without a site that members can open, the chapter tells its place and plays in Telegram`() async throws
    {
        let alone = try BotTalk(talk.club, site: nil)
        let podcast = try await talk.post(1, "Night\n0:00 Intro\n12:30 Middle")

        let screen = try await alone.taps(.chapter(podcast.id, 1), .member).screen

        #expect(try screen.text.hasPrefix("⏱ 12:30 Middle"))
        #expect(screen.buttons.allSatisfy { $0.url == nil })
        #expect(screen.labels == [[talk.label(.buttonPlay)]])
    }

    @Test func `many chapters have pages of their own, within Telegram's limits`() async throws {
        let podcast = try await talk.post(1, "Night\n\(captions(50))")

        let card = try await talk.taps(.episode(podcast.id, back: nil), .englishMember).screen
        #expect(card.buttons.count { $0.callbackData?.hasPrefix("h:") == true } == EpisodeScreens.chaptersOnCard)
        let label = talk.club.phrases.text(BotPhrase.buttonChapters, .en, count: 50)
        let first = try await talk.handle(talk.tap(card.data(label), by: .englishMember)).screen
        #expect(first.changed == BotTalk.tapped)
        #expect(first.labels.first == ["0:30 Chapter 0", "1:30 Chapter 1"])
        let second = try await talk.taps(.buttonNext, of: first, .englishMember).screen
        let third = try await talk.taps(.buttonNext, of: second, .englishMember).screen
        #expect(third.labels.contains(["48:30 Chapter 48", "49:30 Chapter 49"]))
        #expect(!third.labels.joined().contains(talk.label(.buttonNext, .en)))
        for screen in [card, first, second, third] { #expect(screen.buttons.count <= 100) }
        let back = try await talk.taps(.buttonBack, of: third, .englishMember).screen
        #expect(back.source == card.source)
    }

    @Test func `a chapter that is not there any more says so`() async throws {
        let podcast = try await talk.post(1, "Night\n0:00 Intro\n12:30 Middle")
        try await talk.change(podcast) { $0.chapters = [] }

        let seen = try await talk.taps(.chapter(podcast.id, 1), .member)

        #expect(seen.calls.count == 1)
        #expect(try seen.toast.text == talk.label(.toastStaleButton))
    }

    @Test func `the admins' card has no buttons that would turn it into something else`() async throws {
        let podcast = try await talk.post(1, "Night\n0:00 Intro\n#live")
        let card = EpisodeCard(phrases: talk.club.phrases, episodes: talk.handler.conversation.episodes)

        let buttons = card.screen(podcast, .ru, zone: .gmt).rows.joined()

        #expect(buttons.count == 5)
    }
}
