import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// `/notifications`.
struct NotificationsTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private func tell(_ count: Int) async throws {
        let member = try await talk.member(.member)
        let drafts = (1...count).compactMap { number in
            OutboxDraft(key: "told \(number)", to: member, notice: .updateSetAside(bot: .club, updateID: Int64(number)))
        }
        for draft in drafts {
            talk.club.clock.advance(by: .seconds(1))
            try await talk.club.store.outbox.append([draft], now: talk.club.clock.now)
        }
    }

    @Test func `an empty list says so`() async throws {
        let empty = try talk.words(PersonalPhrase.notificationsEmpty)
        #expect(try await talk.says("/notifications", .member).screen.text == empty)
    }

    @Test func `new entries are marked until they are read`() async throws {
        try await tell(2)
        let list = try await talk.says("/notifications", .member).screen
        #expect(try list.text.contains(talk.words(PersonalPhrase.notificationsUnread, count: 2)))
        #expect(try list.text.split(separator: "🔵").count == 3)
        let read = try await talk.taps(PersonalPhrase.buttonReadAll, of: list, .member).screen
        #expect(try read.text.hasPrefix(talk.words(PersonalPhrase.notificationsRead)))
        #expect(try !read.text.contains("🔵"))
        #expect(read.buttons.isEmpty)
    }

    @Test func `a long list is turned page by page`() async throws {
        try await tell(NotificationScreens.pageSize + 1)
        let first = try await talk.says("/notifications", .member).screen
        #expect(try first.text.contains("Обновление 9 "))
        #expect(try !first.text.contains("Обновление 1 "))
        let second = try await talk.taps(BotPhrase.buttonOlder, of: first, .member).screen
        #expect(try second.text.contains("Обновление 1 "))
        let back = try await talk.taps(BotPhrase.buttonNewer, of: second, .member).screen
        #expect(try back.text == first.text)
    }

    @Test func `everybody has their own list, and a stranger none`() async throws {
        try await tell(1)
        let empty = try talk.words(PersonalPhrase.notificationsEmpty, .en)
        #expect(try await talk.says("/notifications", .englishMember).screen.text == empty)
        #expect(try await talk.says("/notifications", .stranger).screen.text == talk.refusal(.notAMember))
    }

    @Test func `the longest entries fit into one message`() async throws {
        let member = try await talk.member(.member)
        for number in 0..<NotificationScreens.pageSize {
            let text = String(repeating: number.isMultiple(of: 2) ? "&" : "ё", count: 4_096)
            let sent = try await talk.club.services.broadcasts.send(
                RichText(text),
                to: .members,
                by: talk.member(.owner),
                cause: talk.club.cause("\(number)")
            )
            let draft = try #require(OutboxDraft(key: "\(number)", to: member, notice: .announcement(sent.id)))
            try await talk.club.store.outbox.append([draft], now: talk.club.clock.now)
        }
        let list = try await talk.says("/notifications", .member).screen
        #expect(try TelegramText(list.source).length <= TelegramText.messageLimit)
    }

    @Test(arguments: ["my:m:", "my:m:x", "my:r:1"])
    func `data that no button of ours has is none`(data: String) {
        #expect(Button(data: data) == nil)
    }
}
