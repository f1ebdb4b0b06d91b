import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// A club with a recording bot of its own beside the bot that talks.
struct TwoBotsTests {
    let talk: BotTalk
    let recorder: BotTalk

    init() async throws {
        talk = try BotTalk()
        recorder = try BotTalk(talk.club, bot: .recorder, duty: .recordingsOnly)
        try await talk.open()
    }

    @Test(arguments: ["/start", "/latest", "звук", "/claim s3cret", "/start claim-s3cret"])
    func `the recording bot points everybody to the club's bot`(text: String) async throws {
        for visitor in [Visitor.stranger, .member, .englishMember] {
            let seen = try await recorder.says(text, visitor)

            #expect(seen.calls.count == 1)
            #expect(try seen.screen.text == talk.words(.recorderOnly, visitor.language))
            #expect(try seen.screen.rows.isEmpty)
            #expect(seen.drafts.map(\.bot) == [.recorder])
        }
        #expect(try await talk.club.directory.admins().map(\.name) == ["Olga"])
    }

    @Test(arguments: [[BotName.club, .recorder], [.recorder, .club]])
    func `a post that both bots see is one episode, which both can send`(order: [BotName]) async throws {
        for bot in order {
            try await (bot == .club ? talk : recorder).post(1, "Title")
        }

        let podcasts = try await talk.club.library.list(PodcastQuery(), from: .first, limit: 10).items
        #expect(podcasts.count == 1)
        #expect(
            podcasts.first?.recordings.first?.fileIDs == [
                "club": "file-1-for-club", "recorder": "file-1-for-recorder",
            ]
        )
        #expect(try await talk.told().count == 1)
    }

    @Test func `what the club tells goes out by the club's bot, whoever took the recording`() async throws {
        try await recorder.post(1, "Title")

        let drafts = talk.club.store.storedDrafts
        #expect(drafts.map(\.bot) == [.club])
        #expect(try await talk.told().map(\.chat) == [Visitor.owner.id])
    }

    @Test func `updates of the same number of two bots are not taken for one`() async throws {
        let first = try await talk.says("/help", .member)
        let second = try await recorder.says("/help", .member)

        #expect(first.drafts.count == 1)
        #expect(Set(first.keys).isDisjoint(with: second.keys))
    }

    @Test func `who blocks the recording bot is still reached by the club's`() async throws {
        let change: [String: Any] = [
            "chat": ["id": Visitor.member.id, "type": "private"], "from": Visitor.member.user,
            "new_chat_member": ["status": "kicked"],
        ]

        _ = try await recorder.handle(recorder.update("my_chat_member", change))

        #expect(try await talk.member(.member).isReachable)
    }
}
