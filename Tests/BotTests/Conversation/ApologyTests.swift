import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// What a person is told whose update was given up.
struct ApologyTests {
    let talk: BotTalk

    init() throws {
        talk = try BotTalk()
    }

    @Test func `who wrote or tapped is told in their language, with the number that the log has`() async throws {
        for visitor in [Visitor.member, .englishMember] {
            let entries = [
                try talk.message(from: visitor, ["text": "/latest"]), try talk.tap(Button.help.data, by: visitor),
                try talk.tap("nonsense", by: visitor, message: nil),
            ]
            for entry in entries {
                let seen = try Seen(talk.handler.apology(for: entry))
                let id = String(entry.updateID)
                let words = talk.club.phrases.text(CommonPhrase.somethingWentWrong, visitor.language, ["id": id])
                #expect(try seen.screen.text == words)
                #expect(try seen.screen.chat == visitor.id)
                #expect(seen.drafts.map(\.lane) == [.answers])
            }
        }
    }

    @Test func `it is told once, and is not taken for the answer`() async throws {
        let entry = try talk.message(from: .member, ["text": "/latest"])

        let apology = try Seen(talk.handler.apology(for: entry))

        #expect(try Seen(talk.handler.apology(for: entry)).keys == apology.keys)
        #expect(Set(try await talk.handle(entry).keys).isDisjoint(with: apology.keys))
    }

    @Test func `where nobody waits for an answer, nobody is told`() throws {
        let group: [String: Any] = ["id": -5, "type": "group"]
        let unreadable = InboxEntry(
            bot: .club,
            updateID: 99,
            lane: "other",
            payload: Data(#"{"update_id":99,"message":"#.utf8),
            receivedAt: talk.club.clock.now
        )
        let entries = [
            try talk.recording(1, caption: "Title"), unreadable, try talk.update("future_kind", [:]),
            try talk.message(from: .member, ["text": "/latest", "chat": group]),
        ]
        for entry in entries { #expect(talk.handler.apology(for: entry).isEmpty) }
    }
}
