import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// One episode with its facts and buttons.
struct EpisodeCardTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private func card(_ message: Int64, _ visitor: Visitor = .member) async throws -> Seen.Screen {
        try await talk.taps(.episode(talk.podcast(message).id, back: nil), visitor).screen
    }

    @Test func `a card tells title, day, duration, who posted it, summary and tags`() async throws {
        _ = try await talk.handle(
            talk.recording(
                1,
                caption: "Тихий звук\nО <тишине> & шуме.\n\nВторой абзац.\n#Звук #тишина",
                file: ["duration": 3_723],
                post: ["author_signature": "Polina \"P\""]
            )
        )

        #expect(
            try await card(1).text == """
                Тихий звук
                1 июня 2026 · 1:02:03 · Polina "P"

                О <тишине> & шуме.

                Второй абзац.

                #звук #тишина
                """
        )
        #expect(try await card(1, .englishMember).text.contains("1 June 2026 · 1:02:03"))
    }

    @Test func `a card tells number, chapters and people`() async throws {
        try await talk.post(1, "S2E5 Title\nText\n00:00 Beginning\n1:02:03 The <end>\n@anna @boris\n#tag")

        #expect(
            try await card(1).text == """
                Title
                S2E5 · 1 июня 2026 · 1:01

                Text

                0:00 Beginning
                1:02:03 The <end>

                👥 @anna, @boris

                #tag
                """
        )
    }

    @Test func `a card lists the first of many chapters and people`() async throws {
        let chapters = (10...40).map { "\($0):00 Chapter \($0)" }.joined(separator: "\n")
        let people = (10...25).map { "@name\($0)" }.joined(separator: " ")
        try await talk.post(1, "Title\n\(chapters)\n\(people)")

        let text = try await card(1).text

        #expect(text.contains("20:00 Chapter 20\n…\n\n👥 @name10"))
        #expect(!text.contains("Chapter 21"))
        #expect(text.hasSuffix("@name19…"))
    }

    @Test func `what a poster did not say is left out`() async throws {
        _ = try await talk.handle(talk.recording(1, caption: "Only a title", file: ["duration": NSNull()]))

        #expect(try await card(1).text == "Only a title\n1 июня 2026")
    }

    @Test func `the day is the club's, not Greenwich's`() async throws {
        let evening = Int64(Fixtures.start.timeIntervalSince1970) + 10 * 3600
        _ = try await talk.handle(talk.recording(1, caption: "Late", post: ["date": evening]))

        #expect(try await card(1).text.contains("2 июня 2026"))
    }

    @Test(
        arguments: [
            (0, nil), (1, "0:01"), (59, "0:59"), (60, "1:00"), (3_599, "59:59"), (3_600, "1:00:00"),
            (360_000, "100:00:00"),
        ] as [(Int, String?)]
    )
    func `a duration is written as a player writes it`(seconds: Int, text: String?) async throws {
        _ = try await talk.handle(talk.recording(1, caption: "Title", file: ["duration": seconds]))

        let facts = ["1 июня 2026", text].compactMap { $0 }.joined(separator: " · ")
        #expect(try await card(1).text == "Title\n\(facts)")
    }

    @Test func `a long summary is cut where it becomes too long, and the cut is seen`() async throws {
        let words = String(repeating: "слово ", count: 400)
        try await talk.post(1, "Title\n\(words)")

        let text = try await card(1).text

        #expect(text.hasSuffix(String(words.prefix(EpisodeScreens.summaryLength)) + "…"))
    }

    @Test func `a summary of just that length is whole`() async throws {
        let summary = String(repeating: "я", count: EpisodeScreens.summaryLength)
        try await talk.post(1, "Title\n\(summary)")

        #expect(try await card(1).text.hasSuffix("\n\n\(summary)"))
    }

    @Test func `the button to the site is there where the club has an address that others reach`() async throws {
        let podcast = try await talk.post(1, "Title")
        let hidden = try BotTalk(talk.club, site: nil)

        let open = try await card(1)
        let closed = try await hidden.taps(.episode(podcast.id, back: nil), .member).screen

        #expect(open.labels.first == [talk.label(.buttonPlay), talk.label(.buttonOpenWeb)])
        #expect(open.buttons.compactMap(\.url) == ["https://club.test/podcast/\(podcast.id)"])
        #expect(closed.labels.first == [talk.label(.buttonPlay)])
        #expect(closed.buttons.compactMap(\.url).isEmpty)
    }

    @Test func `an episode's link opens its card, from where the library is one tap away`() async throws {
        try await talk.postEpisodes(2)

        for visitor in [Visitor.member, .englishMember] {
            let link = "/start episode-\(try await talk.podcast(1).id)"
            let screen = try await talk.says(link, visitor).screen
            #expect(try TelegramText(screen.source).bold == ["Episode 1"])
            #expect(screen.changed == nil)
            #expect(screen.labels.last == [talk.label(.buttonLibrary, visitor.language)])
            let library = try await talk.taps(.buttonLibrary, of: screen, visitor).screen
            #expect(library.source == (try await talk.says("/library", visitor).screen.source))
        }
    }

    @Test func `an episode that is not there is not there, by link and by button`() async throws {
        try await talk.post(1, "Title")
        try await talk.change(talk.podcast(1)) { $0.status = .unpublished }
        let hidden = try await talk.podcast(1).id

        for id in [hidden, PodcastID(rawValue: "0000")] {
            let text = talk.club.phrases.text(.notFound, .en, zone: .gmt)
            let linked = try await talk.says("/start episode-\(id)", .englishMember)
            #expect(try linked.screen.text == text)
            let tapped = try await talk.taps(.episode(id, back: Listing()), .englishMember)
            #expect(try tapped.toast.text == text)
            #expect(try tapped.toast.showAlert == true)
            #expect(tapped.screens.isEmpty)
        }
        #expect(try await TelegramText(card(1, .owner).source).bold == ["Title"])
    }

    @Test func `a corrected caption is what the next card says`() async throws {
        try await talk.post(1, "Tpyo\n#old")
        _ = try await talk.handle(
            talk.recording(
                1,
                caption: "Typo\n#new",
                post: ["edit_date": Int64(Fixtures.start.timeIntervalSince1970) + 600],
                update: "edited_channel_post"
            )
        )

        #expect(try await card(1).text == "Typo\n1 июня 2026 · 1:01\n\n#new")
    }
}
