import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Groups that become supergroups.
struct GroupMoveTests {
    static let old = ChatID(rawValue: -555)
    static let new = ChatID(rawValue: -1_001_555)

    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
        let owner = try await talk.member(.owner)
        try await talk.club.library.adminsChat.set(Fixtures.place(Self.old), by: owner, cause: talk.club.cause("chat"))
    }

    /// What Telegram posts in the group (`isFarewell`), or in the supergroup that it has become.
    private func move(from old: ChatID = old, isFarewell: Bool) throws -> InboxEntry {
        let chat: [String: Any] = [
            "id": (isFarewell ? old : Self.new).rawValue, "type": isFarewell ? "group" : "supergroup",
        ]
        let field = isFarewell ? "migrate_to_chat_id" : "migrate_from_chat_id"
        let message: [String: Any] = [
            "message_id": 1, "date": 1, "from": Visitor.owner.user, "chat": chat,
            field: (isFarewell ? Self.new : old).rawValue,
        ]
        return try talk.update("message", message)
    }

    private func chatsOfWaiting() async throws -> Set<ChatID> {
        Set(try await talk.club.takeOutbox().map(\.chat))
    }

    @Test(arguments: [[true], [false], [true, false], [false, true]])
    func `the admins' chat and what waits for it follow, whichever message says it`(messages: [Bool]) async throws {
        try await talk.post(1, "Pilot")
        for isFarewell in messages {
            let seen = try await talk.handle(move(isFarewell: isFarewell))
            #expect(seen.drafts.isEmpty)
        }

        #expect(try await talk.club.library.adminsChat.current() == Self.new)
        #expect(try await chatsOfWaiting() == [Self.new])
    }

    @Test(arguments: [0, 1])
    func `a crash in between leaves nothing behind`(writes: Int) async throws {
        try await talk.post(1, "Pilot")
        let entry = try move(isFarewell: true)
        talk.club.store.crash(afterWrites: writes)
        _ = try? await talk.handle(entry)
        talk.club.store.crash(afterWrites: nil)
        _ = try await talk.handle(entry)

        #expect(try await talk.club.library.adminsChat.current() == Self.new)
        #expect(try await chatsOfWaiting() == [Self.new])
    }

    @Test func `another group's move changes nothing of the admins' chat`() async throws {
        try await talk.post(1, "Pilot")
        _ = try await talk.handle(move(from: ChatID(rawValue: -777), isFarewell: true))

        #expect(try await talk.club.library.adminsChat.current() == Self.old)
        #expect(try await chatsOfWaiting() == [Self.old])
    }

    @Test func `the recording bot's messages follow as well`() async throws {
        let recorder = try BotTalk(talk.club, bot: .recorder, duty: .recordingsOnly)
        let message: [String: Any] = [
            "message_id": 1, "date": 1, "chat": ["id": Self.old.rawValue, "type": "group"],
            "migrate_to_chat_id": Self.new.rawValue,
        ]
        _ = try await recorder.handle(recorder.update("message", message))

        #expect(try await talk.club.library.adminsChat.current() == Self.new)
    }
}
