import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Levels as tags in the club's group.
struct LevelTagTests {
    let talk: BotTalk
    let group = ChatID(rawValue: -1_001_000_000_777)

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
        let place = ChatPlace(chat: group, title: "Group", handle: nil)
        _ = try await talk.club.store.settings.change(.club, cause: talk.club.cause("group")) { settings in
            var settings = settings ?? ClubSettings()
            settings.clubGroup = place
            return Change(settings)
        }
        _ = try await talk.says("/help", Visitor(id: Visitor.member.id, name: "Mark", username: "mark"))
        _ = try await talk.says("/award @mark 1500 за вклад", .owner)
        _ = try await talk.club.takeOutbox()
    }

    private func tags() async throws -> [SetChatMemberTag] {
        var tags: [SetChatMemberTag] = []
        for draft in try await talk.club.takeOutbox() {
            guard case .notice(let notice) = draft.body,
                let reply = try await talk.composer.reply(notice, in: draft.chat),
                case .setMemberTag(let tag) = reply.call(in: draft.chat)
            else { continue }
            tags.append(tag)
        }
        return tags
    }

    @Test func `switched on, those above the first level get tags, and lose them when it is switched off`() async throws
    {
        _ = try await talk.taps(.admin(.setting(.tagsLevels(true))), .owner)
        let given = try await tags()
        #expect(given.map(\.userId) == [Visitor.member.id])
        #expect(given.first?.tag == talk.club.phrases.text(ProgressPhrase(.contributor), .ru))
        _ = try await talk.taps(.admin(.setting(.tagsLevels(false))), .owner)
        #expect(try await tags().map(\.tag) == [""])
    }

    @Test func `where the bot may not, the admins are told once and nothing more is tried`() async throws {
        _ = try await talk.taps(.admin(.setting(.tagsLevels(true))), .owner)
        for _ in 1...2 { try await talk.composer.tagsRefused(in: group, now: talk.club.clock.now) }
        let told = try await talk.told()
        #expect(told.map(\.chat) == [Visitor.owner.id])
        let overview = try await talk.says("/club", .owner).screen.text
        #expect(overview.contains("Telegram не даёт боту ставить теги"))
        _ = try await talk.taps(.admin(.setting(.tagsLevels(true))), .owner)
        #expect(try await tags().count == 1)
    }

    @Test(arguments: Level.allCases, Language.allCases)
    func `every level's name fits into a tag`(_ level: Level, _ language: Language) {
        let name = talk.club.phrases.text(ProgressPhrase(level), language)
        #expect(name.count <= SetChatMemberTag.tagLength)
    }

    @Test(arguments: [
        ("Bad Request: not enough rights to manage member tags", true),
        ("Bad Request: user is an administrator of the chat", false),
        ("Bad Request: USER_NOT_PARTICIPANT", false),
    ])
    func `only what concerns the bot itself switches tags off`(_ description: String, _ isAboutBot: Bool) {
        let call = OutgoingCall.setMemberTag(SetChatMemberTag(chatId: group.rawValue, userId: 1, tag: "A"))
        let error = TelegramError.refused(method: "setChatMemberTag", code: 400, description: description)
        let verdict = SendVerdict(error, of: call)
        #expect(verdict == (isAboutBot ? .tagsNotAllowed(description) : .failed(description)))
    }
}
