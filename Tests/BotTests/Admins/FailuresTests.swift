import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// `/failures`: updates that were set aside.
struct FailuresTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private var inbox: any InboxStore { talk.club.store.inbox }

    private func giveUp(_ number: Int64, bot: BotName = .club, _ error: String = "odd <shape>") async throws {
        var entry = Fixtures.update(number, bot: bot)
        entry.receivedAt = talk.club.clock.now
        _ = try await inbox.receive([entry], nextOffset: number + 1, bot: bot)
        try await inbox.setAside(bot: bot, updateID: number, error: error, outbox: [], now: talk.club.clock.now)
        talk.club.clock.advance(by: .seconds(1))
    }

    private func label(_ phrase: AdminPhrase, _ number: Int) -> String {
        talk.club.phrases.text(phrase, .ru, ["number": "\(number)"])
    }

    @Test func `nothing set aside is said to be so`() async throws {
        #expect(try await talk.says("/failures", .owner).screen.text == talk.words(AdminPhrase.failuresEmpty))
    }

    @Test func `each tells number, bot and error, the newest first, of both bots`() async throws {
        try await giveUp(7)
        try await giveUp(8, bot: .recorder, "its recording cannot be read")
        let screen = try await talk.says("/failures", .owner).screen
        let text = try screen.text
        #expect(text.contains("odd <shape>"))
        #expect(text.contains("its recording cannot be read"))
        let first = try #require(text.firstRange(of: "8"))
        let second = try #require(text.firstRange(of: "odd"))
        #expect(first.lowerBound < second.lowerBound)
        #expect(screen.rows.count == 2)
    }

    @Test func `trying again makes it pending, and the list shows what is left`() async throws {
        try await giveUp(7)
        try await giveUp(8)
        let screen = try await talk.says("/failures", .owner).screen
        let seen = try await talk.taps(label: label(.buttonRetry, 1), of: screen, .owner)
        #expect(try await inbox.pending(bot: .club, after: 0, limit: 9).map(\.entry.updateID) == [8])
        #expect(try seen.screen.rows.count == 1)
        #expect(try seen.toast.text == nil)
        let audit = try await talk.club.store.audit.list(after: nil, limit: 9).items
        #expect(audit.map(\.action) == [.updateRetried])
        #expect(audit.map(\.subject) == [.update(.club, 8)])
        #expect(try await talk.says("/audit", .owner).screen.text.contains("club 8"))
    }

    @Test func `dropping it leaves nothing to handle`() async throws {
        try await giveUp(7)
        let screen = try await talk.says("/failures", .owner).screen
        let seen = try await talk.taps(label: label(.buttonDiscard, 1), of: screen, .owner)
        #expect(try seen.screen.text == talk.words(AdminPhrase.failuresEmpty))
        #expect(try await inbox.pendingCount(bot: .club) == 0)
        let again = try await talk.taps(label: label(.buttonRetry, 1), of: screen, .owner)
        #expect(try again.toast.text == talk.label(AdminPhrase.failureGone))
        #expect(try await inbox.pendingCount(bot: .club) == 0)
    }

    @Test func `a member gets none of it`() async throws {
        try await giveUp(7)
        let refused = try await talk.refusal(.notAllowed)
        #expect(try await talk.says("/failures", .member).screen.text == refused)
        for step in [AdminButton.FailureStep.retry, .discard] {
            #expect(try await talk.taps(.admin(.failure(step, .club, 7)), .member).toast.text == refused)
        }
        #expect(try await inbox.setAside(bot: .club, limit: 9).count == 1)
    }

    @Test(arguments: ["a:f:r:club", "a:f:r:club:x", "a:f:r:other:1", "a:f:x:club:1", "a:f:r:club:-1", "a:f:r:club:1:2"])
    func `data that no button of ours has is none`(data: String) {
        #expect(Button(data: data) == nil)
    }

    @Test func `the greatest number fits a button`() {
        let button = Button.admin(.failure(.discard, .recorder, .max))
        #expect(button.data.utf8.count <= Button.dataLimit)
        #expect(Button(data: button.data) == button)
    }
}
