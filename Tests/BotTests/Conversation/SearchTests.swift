import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Searching by words.
struct SearchTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private func titles(_ seen: Seen) throws -> [String] {
        Array(try TelegramText(seen.screen.source).bold.dropFirst())
    }

    @Test(arguments: ["/search звук", "звук", "ЗВУК", "/search@Podcast_FOMO_bot зву"])
    func `a search finds words by their beginnings in title, summary and tags`(text: String) async throws {
        try await talk.post(1, "Звук и тишина")
        try await talk.post(2, "Радио\nО том, как рождается звук")
        try await talk.post(3, "Кино\n#звукорежиссура")
        try await talk.post(4, "Театр\nБеззвучно")

        let seen = try await talk.says(text, .member)

        #expect(try titles(seen) == ["Кино", "Радио", "Звук и тишина"])
        #expect(try seen.screen.labels == [["1. Кино"], ["2. Радио"], ["3. Звук и тишина"]])
        let word = text.lowercased().hasSuffix("зву") ? "зву" : "звук"
        #expect(try seen.screen.text.hasPrefix(talk.words(.searchTitle, .ru, ["words": word], count: 3)))
    }

    @Test func `what nothing is found for is said again, as the person wrote it`() async throws {
        try await talk.post(1, "Radio")

        for visitor in [Visitor.member, .englishMember] {
            let screen = try await talk.says("<b>Ёлка</b> & co", visitor).screen
            #expect(
                try screen.text == talk.words(.searchEmpty, visitor.language, ["words": "b елка co"])
            )
            #expect(screen.rows.isEmpty)
        }
    }

    @Test(arguments: ["/search", "/search   ", "/search !?", "🎧", "...", " ", "\u{0301}"])
    func `without a word to search for, an example is given`(text: String) async throws {
        for visitor in [Visitor.member, .englishMember] {
            let screen = try await talk.says(text, visitor).screen
            #expect(try screen.text == talk.club.phrases.text(.nothingToSearch, visitor.language, zone: .gmt))
            #expect(screen.rows.isEmpty)
        }
    }

    /// Among them words that do not fit a button whole, and such as become one that is there already when they are cut.
    @Test(arguments: [
        "звук", "звук радио", "Ёлка", "подкасты звукорежиссура радиовещание", "фильм сценарист фильмография",
        "electronic neurotransmissions electronics", "İstanbul straße ΑΣ",
        "a b c d e f g h i j k l m n o p q r s t u v",
    ])
    func `the pages of a search keep its words`(words: String) async throws {
        for number in Int64(1)...13 { try await talk.post(number, "Episode \(number)\n\(words)") }
        try await talk.post(14, "Something else")

        let first = try await talk.says("/search \(words)", .member)
        let second = try await talk.taps(.buttonOlder, of: first.screen, .member)
        let third = try await talk.taps(.buttonOlder, of: second.screen, .member)

        #expect(try titles(first) == (8...13).reversed().map { "Episode \($0)" })
        #expect(try titles(second) == (2...7).reversed().map { "Episode \($0)" })
        #expect(try titles(third) == ["Episode 1"])
        #expect(try third.screen.labels.last == [talk.label(.buttonNewer)])

        let card = try await talk.handle(talk.tap(third.screen.data("13. Episode 1"), by: .member)).screen
        let back = try await talk.taps(.buttonBack, of: card, .member)
        #expect(try back.screen.source == third.screen.source)
        #expect(try back.screen.labels == third.screen.labels)
    }

    @Test func `when what was found vanishes, an old page says so in words`() async throws {
        try await talk.postEpisodes(7)
        let first = try await talk.says("/search episode", .member).screen
        for number in Int64(1)...7 { try await talk.change(talk.podcast(number)) { $0.status = .unpublished } }

        let screen = try await talk.taps(.buttonOlder, of: first, .member).screen

        #expect(try screen.text == talk.words(.searchEmpty, .ru, ["words": "episode"]))
    }
}
