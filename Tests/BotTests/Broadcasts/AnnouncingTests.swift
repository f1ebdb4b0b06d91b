import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// `/announce` and `/announcements`, from the text to the end.
struct AnnouncingTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
        _ = try await talk.club.takeOutbox()
    }

    private var broadcasts: Broadcasts { talk.club.services.broadcasts }

    private func entity(_ type: String, _ offset: Int, _ length: Int) -> [String: Any] {
        ["type": type, "offset": offset, "length": length]
    }

    /// Sends what `/announce` has shown.
    private func send(_ command: String = "/announce News") async throws -> Seen {
        let shown = try await talk.says(command, .owner)
        return try await talk.taps(BroadcastPhrase.buttonSend, of: try #require(shown.screens.last), .owner)
    }

    @Test func `it is shown as it will be seen, with how many will see it`() async throws {
        let text = "/announce 🎙 Big news & more"
        let entities = [entity("bot_command", 0, 9), entity("bold", 13, 3), entity("italic", 17, 4)]
        let message = try talk.message(from: .owner, ["text": text, "entities": entities])
        let seen = try await talk.handle(message)

        #expect(seen.screens.first?.source == "🎙 <b>Big</b> <i>news</i> &amp; more")
        let audience = talk.label(BroadcastPhrase.audienceMembers)
        let question = try talk.words(BroadcastPhrase.question, .ru, ["audience": audience], count: 3)
        #expect(try seen.screens.last?.text == question)
        #expect(try await broadcasts.list(for: talk.member(.owner), after: nil, limit: 9).items.isEmpty)
    }

    @Test func `a tap sends it to all, and the same message shows how far it is`() async throws {
        let seen = try await send()
        #expect(try seen.screen.changed == BotTalk.tapped)
        while try await broadcasts.advance() {}
        let drafts = try await talk.club.takeOutbox()
        var texts: [Int64: String] = [:]
        var changed: [Int64] = []
        for draft in drafts {
            guard case .notice(let notice) = draft.body else { continue }
            let reply = try #require(try await talk.composer.reply(notice, in: draft.chat))
            let screen = try Seen([reply.call(in: draft.chat)]).screen
            if let place = screen.changed { changed.append(place) } else { texts[screen.chat] = try screen.text }
        }
        #expect(texts == [1: "News", 20: "News", 21: "News"])
        #expect(changed.allSatisfy { $0 == BotTalk.tapped })
        while try await broadcasts.advance() {}
        let told = try #require(try await talk.told().last)
        #expect(told.changed == BotTalk.tapped)
        #expect(try told.text.contains("100% · 3 из 3"))
        #expect(!told.labels.joined().contains(talk.label(BroadcastPhrase.buttonStop)))
    }

    @Test func `it goes to hosts only where that is chosen`() async throws {
        let shown = try await talk.says("/announce News", .owner)
        let hosts = talk.label(BroadcastPhrase.audienceHosts)
        let chosen = try await talk.taps(label: hosts, of: try #require(shown.screens.last), .owner).screen
        #expect(chosen.labels.contains(["✅ \(hosts)"]))
        _ = try await talk.taps(BroadcastPhrase.buttonSend, of: chosen, .owner)
        while try await broadcasts.advance() {}
        let chats = try await talk.club.takeOutbox().filter { $0.lane == .digests }.map(\.chat.rawValue)
        #expect(chats == [1])
    }

    @Test func `without a text it is asked for, and the reply keeps its emphasis`() async throws {
        let question = try await talk.says("/announce", .owner).screen
        #expect(try question.text.hasSuffix(BroadcastPhrase.promptMark))
        let asked: [String: Any] = [
            "message_id": 9, "date": 1, "chat": ["id": 1, "type": "private"], "text": try question.text,
            "from": ["id": 5, "is_bot": true, "first_name": "FOMO", "username": "Podcast_FOMO_bot"],
        ]
        let link: [String: Any] = ["type": "text_link", "offset": 0, "length": 4, "url": "https://club.test/?a&b"]
        let reply: [String: Any] = ["text": "Here", "entities": [link], "reply_to_message": asked]
        let seen = try await talk.handle(talk.message(from: .owner, reply))
        #expect(seen.screens.first?.source == #"<a href="https://club.test/?a&amp;b">Here</a>"#)
    }

    @Test func `in reply to a message it takes that message's words`() async throws {
        let said: [String: Any] = [
            "message_id": 9, "date": 1, "chat": ["id": 1, "type": "private"], "text": "Said before",
            "entities": [entity("underline", 5, 6)], "from": Visitor.owner.user,
        ]
        let seen = try await talk.handle(
            talk.message(from: .owner, ["text": "/announce", "reply_to_message": said])
        )
        #expect(seen.screens.first?.source == "Said <u>before</u>")
    }

    @Test func `a member announces nothing and sees no announcements`() async throws {
        let refused = try await talk.refusal(.notAllowed)
        for command in ["/announce", "/announce News", "/announcements"] {
            #expect(try await talk.says(command, .member).screen.text == refused)
        }
        let id = BroadcastID(rawValue: "abc")
        let buttons: [BroadcastButton] = [
            .send(id), .stop(id), .show(id), .address(id, .hosts), .address(id, .members), .list(after: nil),
            .list(after: PageCursor(time: Fixtures.start, id: "abc")),
        ]
        for button in buttons {
            #expect(Button(data: Button.admin(.broadcast(button)).data) == .admin(.broadcast(button)))
        }
        #expect(try await talk.taps(.admin(.broadcast(.list(after: nil))), .member).toast.text == refused)
    }

    @Test func `a text that is too long is refused, and so is one that is over`() async throws {
        let long = "/announce \(String(repeating: "a", count: 4_097))"
        #expect(try await talk.says(long, .owner).screen.text == talk.refusal(.announcementTooLong))
        let shown = try #require(try await talk.says("/announce News", .owner).screens.last)
        let dropped = try await talk.taps(BroadcastPhrase.buttonDrop, of: shown, .owner).screen
        #expect(try dropped.text == talk.words(BroadcastPhrase.dropped))
        let again = try await talk.taps(BroadcastPhrase.buttonSend, of: shown, .owner)
        #expect(try await again.toast.text == talk.refusal(.broadcastOver))
    }

    @Test func `stopping withdraws it, and the list tells what became of it`() async throws {
        let sent = try await send("/announce Stop <me>").screen
        while try await broadcasts.advance() {}
        let stopped = try await talk.taps(BroadcastPhrase.buttonStop, of: sent, .owner).screen
        #expect(try stopped.text.contains(talk.words(BroadcastPhrase.withdrawn, count: 3)))
        let left = try await talk.club.takeOutbox().filter { $0.lane == .digests }
        #expect(left.isEmpty)
        let list = try await talk.says("/announcements", .owner).screen
        #expect(try list.text.contains("Stop <me>"))
        #expect(try list.text.contains(talk.label(BroadcastPhrase.stateStopped)))
        let shown = try await talk.taps(label: "1", of: list, .owner).screen
        #expect(try shown.text.hasPrefix("⏹"))
        #expect(try await talk.says("/audit", .owner).screen.text.contains("Рассылка объявления остановлена"))
    }

    @Test func `who left before it was their turn gets nothing`() async throws {
        _ = try await send()
        while try await broadcasts.advance() {}
        try await talk.change(talk.member(.member).id) { $0.membership = .left }
        #expect(try await talk.told().filter { $0.changed == nil }.map(\.chat).sorted() == [1, 21])
    }

    @Test func `a message that shows how far it is and was deleted is sent anew and remembered`() async throws {
        let draft = try await broadcasts.send(
            RichText("News"),
            to: .members,
            by: talk.member(.owner),
            cause: talk.club.cause("api")
        )
        while try await broadcasts.advance() {}
        let notice = Notice.broadcastProgress(draft.id)
        guard case .show = try await talk.composer.reply(notice, in: Visitor.owner.chat) else {
            Issue.record("there is no message to change yet")
            return
        }
        try await talk.composer.sent(notice, in: Visitor.owner.chat, as: 88)
        let reply = try #require(try await talk.composer.reply(notice, in: Visitor.owner.chat))
        #expect(try Seen([reply.call(in: Visitor.owner.chat)]).screen.changed == 88)
    }

    @Test(arguments: ["a:b:", "a:b:l:", "a:b:s:", "a:b:s:A", "a:b:z:abc", "a:b:l:x.y"])
    func `data that no button of ours has is none`(data: String) {
        #expect(Button(data: data) == nil)
    }
}
