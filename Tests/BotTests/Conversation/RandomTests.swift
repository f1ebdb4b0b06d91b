import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// An episode by chance.
struct RandomTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    @Test func `/random shows a published episode, and its button another one`() async throws {
        for number in Int64(1)...40 {
            let podcast = try await talk.post(number, "Episode \(number)")
            if number.isMultiple(of: 2) { try await talk.change(podcast) { $0.status = .unpublished } }
        }
        var screen = try await talk.says("/random", .member).screen
        var seen: Set<String> = []
        for _ in 1...12 {
            let title = try #require(try TelegramText(screen.source).bold.first)
            #expect(Int(title.split(separator: " ")[1])?.isMultiple(of: 2) == false)
            seen.insert(title)
            let next = try await talk.taps(.buttonAnother, of: screen, .member).screen
            #expect(next.changed == BotTalk.tapped)
            #expect(next.source != screen.source)
            screen = next
        }
        #expect(seen.count > 4)
    }

    @Test func `where there is one episode only, it comes again`() async throws {
        try await talk.post(1, "The only one")

        let screen = try await talk.says("/random", .member).screen
        #expect(try await talk.taps(.buttonAnother, of: screen, .member).screen.source == screen.source)
    }

    @Test func `without episodes there is a friendly word`() async throws {
        #expect(try await talk.says("/random", .englishMember).screen.text == talk.words(.latestEmpty, .en))
    }
}
