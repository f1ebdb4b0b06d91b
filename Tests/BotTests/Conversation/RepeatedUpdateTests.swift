import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// After a crash an update is handled once more. Nothing may happen twice.
struct RepeatedUpdateTests {
    /// Everything that an update can change.
    enum Act: String, CaseIterable, Sendable {
        case ask, askRenamed, approve, decline, claim, confirm, refuse, post, edit, repost, block, rename
    }

    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.admit(.member)
        try await talk.admit(.englishMember, role: .admin)
    }

    private func entry(_ act: Act) async throws -> InboxEntry {
        switch act {
        case .ask:
            return try talk.tap(Button.askToJoin.data, by: .stranger)
        case .askRenamed:
            try await talk.change(try await talk.admit(.stranger).id) { $0.membership = .left }
            return try talk.tap(Button.askToJoin.data, by: Visitor(id: Visitor.stranger.id, name: "Stanislav"))
        case .approve, .decline:
            _ = try await talk.taps(.askToJoin, .stranger)
            let id = try await talk.member(.stranger).id
            return try talk.tap(Button.decide(id, isApproved: act == .approve).data, by: .englishMember)
        case .claim:
            return try talk.message(from: .stranger, ["text": "/claim s3cret"])
        case .confirm, .refuse:
            let started = try await talk.club.signIn.start(device: "Firefox", cause: talk.club.cause("browser"))
            let button = Button.signIn(payload: started.payload, isConfirmed: act == .confirm)
            return try talk.tap(button.data, by: .member)
        case .post:
            return try talk.recording(1, caption: "Title")
        case .edit:
            try await talk.post(1, "Title")
            let edited = Int64(Fixtures.start.timeIntervalSince1970) + 600
            return try talk.recording(1, caption: "New", post: ["edit_date": edited], update: "edited_channel_post")
        case .repost:
            try await talk.post(1, "Title")
            return try talk.recording(2, caption: "Again", file: ["file_unique_id": "file-1"])
        case .block:
            let chat: [String: Any] = ["id": Visitor.member.id, "type": "private"]
            let change: [String: Any] = [
                "chat": chat, "from": Visitor.member.user, "new_chat_member": ["status": "kicked"],
            ]
            return try talk.update("my_chat_member", change)
        case .rename:
            return try talk.message(from: Visitor(id: Visitor.member.id, name: "Marcus"), ["text": "/start"])
        }
    }

    /// The club as it is kept, with all that it has told anybody.
    private struct Standing: Equatable {
        var people: [Member?] = []
        var podcasts: [Podcast]
        var hasOwner: Bool
        var drafts: [OutboxDraft]
    }

    private func standing() async throws -> Standing {
        var standing = Standing(
            podcasts: try await talk.club.library.list(PodcastQuery(), from: .first, limit: 100).items,
            hasOwner: try await talk.club.hasOwner(),
            drafts: talk.club.store.storedDrafts
        )
        for visitor in [Visitor.stranger, .member, .englishMember] {
            standing.people.append(try await talk.club.directory.find(.telegram(visitor.person.telegramID)))
        }
        return standing
    }

    @Test(arguments: Act.allCases)
    func `an update that is handled twice answers under the same keys, and changes nothing more`(
        act: Act
    ) async throws {
        let entry = try await entry(act)
        let before = try await standing()

        let first = try await talk.handle(entry)
        let once = try await standing()
        talk.club.clock.advance(by: .seconds(5))
        let second = try await talk.handle(entry)

        #expect(second.keys == first.keys)
        #expect(second.calls == first.calls)
        #expect(Set(first.keys).count == first.keys.count)
        #expect(try await standing() == once)
        if act != .confirm, act != .refuse { #expect(once != before, "nothing happened at all") }
    }

    @Test(arguments: Act.allCases)
    func `its answers are sent once`(act: Act) async throws {
        let entry = try await entry(act)
        _ = try await talk.club.store.inbox.receive([entry], nextOffset: entry.updateID + 1, bot: .club)
        let answers = try await talk.handle(entry)
        for _ in 1...2 {
            let drafts = try await talk.handler.handle(entry)
            let now = talk.club.clock.now
            try await talk.club.store.inbox.finish(bot: .club, updateID: entry.updateID, outbox: drafts, now: now)
        }

        let sent = talk.club.store.storedDrafts.map(\.dedupeKey).filter { $0.hasPrefix("answer:") }
        #expect(sent == answers.keys)
        #expect(try await talk.club.store.inbox.pendingCount(bot: .club) == 0)
    }

    @Test func `what is asked for again by another update is answered again`() async throws {
        let first = try await talk.says("/help", .member)
        let second = try await talk.says("/help", .member)

        #expect(first.calls == second.calls)
        #expect(Set(first.keys).isDisjoint(with: second.keys))
    }

    @Test func `the answer to a tap is worth nothing after a while, the screen keeps`() async throws {
        let seen = try await talk.taps(.help, .member)

        #expect(seen.drafts.map(\.expiresAt) == [talk.club.clock.after(.seconds(15)), nil])
    }

    @Test func `who blocks the bot is known to be out of reach, until they write`() async throws {
        _ = try await talk.handle(entry(.block))
        #expect(try await talk.member(.member).isReachable == false)

        _ = try await talk.says("/start", .member)
        #expect(try await talk.member(.member).isReachable)
    }
}
