import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Going through the library page by page.
struct LibraryTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    /// The titles on a page, in order.
    private func titles(_ screen: Seen.Screen) throws -> [String] {
        Array(try TelegramText(screen.source).bold.dropFirst())
    }

    private func episodes(_ numbers: ClosedRange<Int>) -> [String] {
        numbers.reversed().map { "Episode \($0)" }
    }

    @Test func `an empty library says when there will be an episode`() async throws {
        for visitor in [Visitor.member, .englishMember] {
            let screen = try await talk.says("/library", visitor).screen
            #expect(try screen.text == talk.words(.libraryEmpty, visitor.language))
            #expect(screen.rows.isEmpty)
        }
    }

    @Test func `a library of one page has a button for each episode and none to turn pages`() async throws {
        try await talk.postEpisodes(3)

        let screen = try await talk.says("/library", .englishMember).screen

        #expect(
            try screen.text == """
                📚 Library · 3 episodes

                1. Episode 3
                1 June 2026 · 1:01

                2. Episode 2
                1 June 2026 · 1:01

                3. Episode 1
                1 June 2026 · 1:01
                """
        )
        #expect(screen.labels == [["1. Episode 3"], ["2. Episode 2"], ["3. Episode 1"]])
    }

    @Test(arguments: [(1, "1 выпуск"), (2, "2 выпуска"), (5, "5 выпусков")] as [(Int64, String)])
    func `the number of episodes is told in good Russian`(count: Int64, words: String) async throws {
        try await talk.postEpisodes(count)

        #expect(try await talk.says("/library", .member).screen.text.hasPrefix("📚 Библиотека · \(words)\n"))
    }

    @Test func `buttons turn the pages there and back, and the numbers go on`() async throws {
        try await talk.postEpisodes(14)
        let (newer, older) = (talk.label(.buttonNewer), talk.label(.buttonOlder))

        let first = try await talk.says("/library", .member).screen
        #expect(try titles(first) == episodes(9...14))
        #expect(first.labels.last == [older])
        #expect(first.labels.count == Listing.pageSize + 1)

        let second = try await talk.taps(.buttonOlder, of: first, .member).screen
        #expect(try titles(second) == episodes(3...8))
        #expect(second.labels.first == ["7. Episode 8"])
        #expect(second.labels.last == [newer, older])
        #expect(second.changed == BotTalk.tapped)

        let last = try await talk.taps(.buttonOlder, of: second, .member).screen
        #expect(try titles(last) == episodes(1...2))
        #expect(last.labels == [["13. Episode 2"], ["14. Episode 1"], [newer]])

        let back = try await talk.taps(.buttonNewer, of: last, .member).screen
        #expect(back.source == second.source)
        #expect(back.labels == second.labels)
    }

    @Test func `a full last page leads no further`() async throws {
        try await talk.postEpisodes(12)

        let last = try await talk.taps(.list(Listing(page: 1)), .member).screen

        #expect(try titles(last) == episodes(1...6))
        #expect(last.labels.last == [talk.label(.buttonNewer)])
    }

    @Test(arguments: [2, 7, Button.pageLimit])
    func `a page that is there no more shows the last one that is`(page: Int) async throws {
        try await talk.postEpisodes(8)

        let screen = try await talk.taps(.list(Listing(page: page)), .member).screen

        #expect(try titles(screen) == episodes(1...2))
        #expect(screen.labels.last == [talk.label(.buttonNewer)])
    }

    @Test func `behind a full last page there is no empty one`() async throws {
        try await talk.postEpisodes(12)

        #expect(try await titles(talk.taps(.list(Listing(page: 2)), .member).screen) == episodes(1...6))
    }

    @Test func `when episodes vanish, the buttons of an old page still lead somewhere`() async throws {
        try await talk.postEpisodes(7)
        let first = try await talk.says("/library", .member).screen
        for number in Int64(2)...7 { try await talk.change(talk.podcast(number)) { $0.status = .unpublished } }

        let turned = try await talk.taps(.buttonOlder, of: first, .member).screen
        #expect(try titles(turned) == ["Episode 1"])
        #expect(turned.labels == [["1. Episode 1"]])

        try await talk.change(talk.podcast(1)) { $0.status = .unpublished }
        let empty = try await talk.taps(.buttonOlder, of: first, .member).screen
        #expect(try empty.text == talk.words(.libraryEmpty))
        #expect(empty.rows.isEmpty)
    }

    @Test(arguments: Podcast.Status.allCases.filter { $0 != .published })
    func `only published episodes are listed`(status: Podcast.Status) async throws {
        try await talk.postEpisodes(2)
        try await talk.change(talk.podcast(2)) { $0.status = status }

        for visitor in [Visitor.member, .owner] {
            #expect(try await titles(talk.says("/library", visitor).screen) == ["Episode 1"])
            #expect(try await TelegramText(talk.says("/latest", visitor).screen.source).bold == ["Episode 1"])
        }
    }

    @Test func `an episode opened from a page leads back to that page`() async throws {
        try await talk.postEpisodes(14)
        let first = try await talk.says("/library", .member).screen
        let second = try await talk.taps(.buttonOlder, of: first, .member).screen

        let card = try await talk.handle(talk.tap(second.data("7. Episode 8"), by: .member)).screen
        #expect(try TelegramText(card.source).bold == ["Episode 8"])
        #expect(card.changed == BotTalk.tapped)
        #expect(card.labels.last == [talk.label(.buttonBack)])

        let back = try await talk.taps(.buttonBack, of: card, .member).screen
        #expect(back.source == second.source)
        #expect(back.labels == second.labels)
    }

    @Test func `a long title is cut on its button, not in the text`() async throws {
        let title = "A very long title that goes on and on beyond what fits on a telephone"
        try await talk.post(1, title)

        let screen = try await talk.says("/library", .member).screen

        #expect(screen.labels == [["1. A very long title that goes on and on be…"]])
        #expect(try titles(screen) == [title])
    }
}
