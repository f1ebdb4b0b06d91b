import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// `/stats`: the club and its episodes in figures.
struct StatsTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    @Test func `from the club's figures a button leads to its episodes, and back`() async throws {
        _ = try await talk.post(1, "<Pilot>")
        _ = try await talk.post(2, "Second")
        let overview = try await talk.says("/stats", .owner).screen
        #expect(overview.buttons.contains { $0.callbackData == Button.admin(.episodeStats(.week)).data })

        let episodes = try await talk.taps(.admin(.episodeStats(.month)), .owner).screen

        #expect(episodes.source.contains("<b>&lt;Pilot&gt;</b>\n"))
        let order = ["Second", "Pilot"].compactMap { episodes.source.range(of: $0)?.lowerBound }
        #expect(order.count == 2 && order == order.sorted())
        #expect(episodes.buttons.contains { $0.callbackData == Button.admin(.stats(.month)).data })
    }

    @Test func `days without an episode say so`() async throws {
        let screen = try await talk.taps(.admin(.episodeStats(.week)), .owner).screen
        #expect(try screen.text.contains(talk.club.phrases.text(AnalyticsPhrase.empty, .ru)))
    }

    @Test func `members are not told`() async throws {
        let refusal = try await talk.refusal(.notAllowed)
        #expect(try await talk.says("/stats", .member).screen.text == refusal)
    }

    @Test(arguments: FigureRange.allCases) func `a button's data name its days`(_ range: FigureRange) {
        #expect(AdminButton(data: AdminButton.episodeStats(range).data) == .episodeStats(range))
        #expect(AdminButton(data: "a:e:0\(range.rawValue)") == nil)
    }
}
