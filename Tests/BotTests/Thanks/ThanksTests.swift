import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// `/thanks`, and the buttons that do the same.
struct ThanksTests {
    let talk: BotTalk
    let anna = Visitor(id: 40, name: "Anna", username: "anna")

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
        try await talk.admit(anna)
        try await talk.post(1, "Рынки\n@anna рассказывает")
        _ = try await talk.told()
    }

    @Test func `thanks by name go to the newest episode in which somebody takes part, with moment and words`()
        async throws
    {
        let text = try await talk.says("/thanks @Anna 0:12 за <вопрос>", .member).screen.text
        #expect(text.contains("Anna"))
        #expect(text.contains("(момент 0:12)"))
        let told = try await talk.told()
        #expect(told.map(\.chat) == [anna.id])
        #expect(try told.first?.text.contains("«за <вопрос>»") == true)
        #expect(try await talk.told().isEmpty)
    }

    @Test func `a button below an episode leads to those who take part in it`() async throws {
        let podcast = try await talk.podcast(1)
        let choice = try await talk.taps(.thanks(.choose(podcast.id)), .member).screen
        let give = try choice.data("🙏 Anna")
        _ = try await talk.handle(talk.tap(give, by: .member))
        #expect(try await talk.told().map(\.chat) == [anna.id])
        let again = try await talk.handle(talk.tap(give, by: .member))
        #expect(again.drafts.count == 1)
        #expect(try await talk.told().isEmpty)
    }

    @Test func `who hides from other members is neither found nor offered`() async throws {
        _ = try await talk.taps(.personal(.choose(.isHidden(true))), anna)
        let podcast = try await talk.podcast(1)
        #expect(try await talk.says("/thanks @anna 0:12", .member).screen.text == talk.refusal(.notFound))
        let choice = try await talk.taps(.thanks(.choose(podcast.id)), .member).screen
        #expect(!"\(choice)".contains("Anna"))
        #expect(try await talk.told().isEmpty)
    }

    @Test func `without a name one sees what one has to give`() async throws {
        let text = try await talk.says("/thanks", .member).screen.text
        #expect(text.contains("\(Thanks.monthlyBudget)"))
        #expect(try await talk.says("/thanks @nobody_here", .member).screen.text == talk.refusal(.notFound))
    }

    @Test(
        arguments: [
            ("12:40", 760), ("1:02:03", 3_723), ("0:05", 5), ("12:4", nil), ("12:60", nil), ("a:10", nil), ("5", nil),
        ] as [(String, Int64?)]
    )
    func `a moment is read from the clock of a player`(_ text: String, _ seconds: Int64?) {
        #expect(ThanksRequest.position(text)?.wholeSeconds == seconds)
    }

    @Test(arguments: [
        ThanksButton.overview, .choose(PodcastID(rawValue: "abc123")),
        .give(MemberID(rawValue: "abcdefgh2345"), PodcastID(rawValue: "abcdefgh2345")),
    ])
    func `a button is read as it was written`(_ button: ThanksButton) {
        #expect(Button(data: button.data) == .thanks(button))
        #expect(button.data.utf8.count <= Button.dataLimit)
    }
}
