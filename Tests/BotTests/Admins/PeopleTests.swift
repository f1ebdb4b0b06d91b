import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// `/members`, `/ban`, `/unban`, `/promote` and the cards.
struct PeopleTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private func label(_ decision: MemberDecision) -> String {
        talk.club.phrases.label(decision.labelKey, .ru)
    }

    private func question(_ decision: MemberDecision, _ name: String) throws -> String {
        try TelegramText(talk.club.phrases.html(key: decision.questionKey, .ru, ["name": name]).source).plain
    }

    private func group(_ text: String, from visitor: Visitor, replyingTo other: Visitor?) throws -> InboxEntry {
        var message: [String: Any] = [
            "message_id": 5, "date": 1, "from": visitor.user, "text": text,
            "chat": ["id": -100, "type": "supergroup"],
        ]
        if let other { message["reply_to_message"] = ["message_id": 4, "from": other.user] }
        return try talk.update("message", message)
    }

    @Test func `the list leads to a card, from which somebody is banned after a question`() async throws {
        let list = try await talk.says("/members", .owner).screen
        #expect(try list.text == talk.words(AdminPhrase.peopleTitle, .ru, count: 3))
        let role = talk.club.phrases.label(Role.member.phraseKey, .ru)
        let card = try await talk.taps(label: "Mark · \(role)", of: list, .owner).screen
        #expect(card.changed == BotTalk.tapped)
        #expect(try card.text.contains("Mark"))
        #expect(try card.text.contains("Telegram: 20"))

        let asked = try await talk.taps(label: label(.ban), of: card, .owner).screen
        #expect(try asked.text == question(.ban, "Mark"))
        #expect(try await talk.member(.member).isActive)
        let done = try await talk.taps(AdminPhrase.buttonYes, of: asked, .owner).screen

        #expect(try await talk.member(.member).membership == .banned)
        #expect(done.labels.contains([label(.unban)]))
        let told = try #require(try await talk.told().first)
        #expect(told.chat == Visitor.member.id)
        #expect(try told.text == talk.words(AdminPhrase.toldBanned))
        #expect(try await talk.says("/latest", .member).screen.text == talk.refusal(.banned))
    }

    @Test func `saying no to the question leaves everything as it is`() async throws {
        let asked = try await talk.says("/ban \(Visitor.member.id)", .owner).screen
        let card = try await talk.taps(AdminPhrase.buttonNo, of: asked, .owner).screen
        #expect(try card.text.contains("Mark"))
        #expect(try await talk.member(.member).isActive)
    }

    @Test(arguments: ["@Maria_S", "@maria_s"])
    func `a person is named by @name in any case`(name: String) async throws {
        try await talk.admit(Visitor(id: 40, name: "Maria", username: "maria_S"))
        #expect(try await talk.says("/ban \(name)", .owner).screen.text == question(.ban, "Maria"))
    }

    @Test func `where two have had the same @name, the admin chooses`() async throws {
        try await talk.admit(Visitor(id: 40, name: "Maria", username: "same"))
        try await talk.admit(Visitor(id: 41, name: "Martin", username: "same"))
        let screen = try await talk.says("/ban @same", .owner).screen
        #expect(screen.labels.prefix(2).joined().map { $0.prefix(4) } == ["Mart", "Mari"])
    }

    @Test func `words that are no reference are looked for among the names`() async throws {
        let screen = try await talk.says("/promote mar", .owner).screen
        #expect(try screen.text == talk.words(AdminPhrase.peopleFound, .ru, ["words": "mar"], count: 2))
    }

    @Test func `a forwarded message of a person that is replied to names them`() async throws {
        let reply: [String: Any] = [
            "message_id": 3, "from": Visitor.owner.user,
            "forward_origin": ["type": "user", "date": 1, "sender_user": Visitor.member.user],
        ]
        let entry = try talk.message(from: .owner, ["text": "/ban", "reply_to_message": reply])
        #expect(try await talk.handle(entry).screen.text == question(.ban, "Mark"))
    }

    @Test func `in a group a reply to a message names its writer, and the answer comes privately`() async throws {
        let seen = try await talk.handle(group("/ban@Podcast_FOMO_bot", from: .owner, replyingTo: .member))
        #expect(try seen.screen.chat == Visitor.owner.id)
        #expect(try seen.screen.text == question(.ban, "Mark"))
    }

    @Test(arguments: ["/ban", "/members", "/audit", "/start", "hello"])
    func `nobody but an admin is answered in a group`(text: String) async throws {
        for visitor in [Visitor.member, .stranger] {
            let seen = try await talk.handle(group(text, from: visitor, replyingTo: .englishMember))
            #expect(seen.calls.isEmpty)
        }
        if text != "/ban" {
            #expect(try await talk.handle(group(text, from: .owner, replyingTo: nil)).calls.isEmpty)
        }
    }

    @Test func `a command that names nobody says how to name somebody`() async throws {
        #expect(try await talk.says("/ban", .owner).screen.text == talk.words(AdminPhrase.peopleWhom))
        #expect(try await talk.says("/ban @nobody", .owner).screen.text == talk.refusal(.notFound))
    }

    @Test func `a ban is lifted, and the person may ask to join again`() async throws {
        try await talk.change(try await talk.member(.member).id) { $0.membership = .banned }
        let asked = try await talk.says("/unban \(Visitor.member.id)", .owner).screen
        _ = try await talk.taps(AdminPhrase.buttonYes, of: asked, .owner)

        let told = try #require(try await talk.told().first)
        #expect(try told.text == talk.words(AdminPhrase.toldUnbanned))
        #expect(try await talk.taps(.buttonAsk, of: told, .member).screen.text == talk.words(.joinAsked))
    }

    @Test func `the owner makes an admin, who is told in their language`() async throws {
        let card = try await talk.says("/promote \(Visitor.englishMember.id)", .owner).screen
        let asked = try await talk.taps(label: label(.makeAdmin), of: card, .owner).screen
        _ = try await talk.taps(AdminPhrase.buttonYes, of: asked, .owner)

        #expect(try await talk.member(.englishMember).role == .admin)
        let told = try #require(try await talk.told().first)
        let role = talk.club.phrases.label(Role.admin.phraseKey, .en)
        #expect(try told.text == talk.words(AdminPhrase.toldRole, .en, ["role": role]))
    }

    @Test func `an admin's card of another admin, the owner or themselves offers nothing`() async throws {
        let admin = Visitor(id: 50, name: "Ada")
        try await talk.admit(admin, role: .admin)
        try await talk.admit(Visitor(id: 51, name: "Alan"), role: .admin)
        for id in [50, 51, Visitor.owner.id] {
            let card = try await talk.says("/promote \(id)", admin).screen
            #expect(card.labels == [[talk.label(AdminPhrase.buttonPeople)]])
        }
        #expect(try await talk.says("/ban \(Visitor.owner.id)", admin).screen.text == talk.refusal(.aboutTheOwner))
    }

    @Test func `a card of somebody who waits has the buttons of their request`() async throws {
        _ = try await talk.taps(.askToJoin, .stranger)
        let card = try await talk.says("/promote \(Visitor.stranger.id)", .owner).screen
        #expect(card.labels.first == [talk.label(.buttonApprove), talk.label(.buttonDecline)])
    }

    @Test func `a member gets none of it, by command or forged button`() async throws {
        let refused = try await talk.refusal(.notAllowed)
        for command in ["/award @a 5 x", "/ban", "/ban 1", "/promote 1", "/unban 1"] {
            #expect(try await talk.says(command, .member).screen.text == refused)
        }
        let id = try await talk.member(.englishMember).id
        let buttons: [AdminButton] = [
            .people(PeopleListing()), .person(id), .ask(.ban, id), .decide(.ban, id), .decide(.makeAdmin, id),
        ]
        for button in buttons {
            #expect(try await talk.taps(.admin(button), .member).toast.text == refused)
        }
        #expect(try await talk.member(.englishMember).isActive)
    }

    @Test func `the list is turned and shows those of one standing`() async throws {
        for number in Int64(60)...70 { try await talk.admit(Visitor(id: number, name: "Guest \(number)")) }
        let first = try await talk.says("/members", .owner).screen
        let second = try await talk.taps(BotPhrase.buttonOlder, of: first, .owner).screen
        #expect(second.buttons.count { $0.text.contains(" · ") } == 6)
        let filter = talk.club.phrases.label(Membership.banned.labelKey, .ru)
        let banned = try await talk.taps(label: filter, of: second, .owner)
        #expect(try banned.screen.text == talk.words(AdminPhrase.peopleNobody))
    }

    @Test(arguments: [
        "a:", "a:x", "a:l:", "a:l:1", "a:m", "a:m:x", "a:m:z:0", "a:m:x:-1", "a:m:x:0:", "a:m:x:0:A", "a:p", "a:p:",
        "a:p:A", "a:q:b", "a:q:z:abc", "a:y:b:abc:d", "a:y::abc",
    ])
    func `data that no button of ours has is none`(data: String) {
        #expect(Button(data: data) == nil)
    }

    @Test func `every button is read back as it was written, within Telegram's limit`() {
        let id = MemberID(rawValue: String(repeating: "z", count: 12))
        let words = SearchTokeniser.query(String(repeating: "ж", count: 60))
        let listings = [nil] + Membership.allCases
        var buttons: [AdminButton] = listings.map {
            .people(PeopleListing(query: MemberQuery(membership: $0, words: words), page: 9_999))
        }
        buttons += MemberDecision.allCases.flatMap { [.ask($0, id), .decide($0, id)] }
        buttons += [.audit(after: nil), .audit(after: PageCursor(time: Fixtures.start, id: id.rawValue)), .person(id)]
        for button in buttons {
            let data = Button.admin(button).data
            #expect(data.utf8.count <= Button.dataLimit)
            #expect(Button(data: data) == .admin(button))
        }
    }
}
