import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// What people and admins see of coming in by channel and group.
struct ClubChatTalkTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    @Test(arguments: ["/start", "/start login-0abc", "/start episode-0abc"])
    func `a stranger who wants in is told that they are looked for`(text: String) async throws {
        try await talk.openChannel()
        let seen = try await talk.says(text, .stranger)
        #expect(try seen.screen.text == talk.words(ClubChatPhrase.checking, .ru, ["name": "Stas"]))
        #expect(try await talk.member(.stranger).check?.urgency == .now)
    }

    @Test func `a stranger who does something else sees the ways that are open, with a link to the channel`()
        async throws
    {
        try await talk.openChannel()
        let screen = try await talk.says("/library", .stranger).screen
        let parts = [
            try talk.words(.startStranger, .ru, ["name": "Stas"]),
            try talk.words(ClubChatPhrase.wayChannel, .ru, ["title": "Records"]),
            try talk.words(ClubChatPhrase.wayRequest),
        ]
        #expect(try screen.text == parts.joined(separator: "\n\n"))
        #expect(screen.buttons.first?.url == "https://t.me/records")
        #expect(
            screen.labels.dropFirst() == [[talk.label(ClubChatPhrase.buttonThere)], [talk.label(BotPhrase.buttonAsk)]]
        )
        let tapped = try await talk.taps(.checkClubChats, .stranger)
        #expect(try tapped.screen.text == talk.words(ClubChatPhrase.checking, .ru, ["name": "Stas"]))
    }

    @Test(arguments: [([.invite], .wayInvite), ([], .wayNone)] as [(Set<JoiningMode>, ClubChatPhrase)])
    func `where nobody can ask there is no button that asks`(
        open: Set<JoiningMode>,
        phrase: ClubChatPhrase
    ) async throws {
        let owner = try await talk.member(.owner)
        for mode in [JoiningMode.request, .invite] {
            let cause = talk.club.cause("\(mode)")
            _ = try await talk.club.services.office
                .setJoining(mode, isOpen: open.contains(mode), by: owner, cause: cause)
        }
        let screen = try await talk.says("/start", .stranger).screen
        let greeting = try talk.words(.startStranger, .ru, ["name": "Stas"])
        #expect(try screen.text == "\(greeting)\n\n\(talk.words(phrase))")
        #expect(screen.rows.isEmpty)
    }

    @Test func `coming into the channel and leaving it are told to those who know the bot`() async throws {
        try await talk.openChannel()
        try await talk.change(try await talk.admit(.stranger).id) { $0.membership = .left }
        _ = try await talk.moves(.stranger, "left", "member")
        #expect(try await talk.told().first?.text == talk.words(.joinWelcome, .ru, ["name": "Stas"]))
        _ = try await talk.moves(.stranger, "member", "kicked")
        let told = try await talk.told()
        let clubChat = ["chat": talk.label(ClubChatPhrase.clubChatChannel)]
        #expect(try told.first?.text == talk.words(ClubChatPhrase.leftClubChat, .ru, clubChat))
        let person = clubChat.merging(["name": "Stas", "handle": " (@stas)"]) { $1 }
        #expect(try told.last?.text == talk.words(ClubChatPhrase.putOut, .ru, person))
        #expect(told.map(\.chat) == [Visitor.stranger.id, Visitor.owner.id])
    }

    @Test func `a member who was invited and is put out of the channel stays, and the admins are told how to ban`()
        async throws
    {
        try await talk.openChannel()
        _ = try await talk.moves(.member, "member", "kicked")
        let member = try await talk.member(.member)
        #expect(member.isActive)
        #expect(try await talk.told().first?.text.contains("/ban \(member.id)") == true)
    }

    @Test func `bots and changes within the chat let nobody in`() async throws {
        try await talk.openChannel()
        _ = try await talk.moves(.stranger, "member", "administrator")
        _ = try await talk.moves(.stranger, "kicked", "left")
        _ = try await talk.botMoves("left", "administrator", in: BotTalk.channel)
        #expect(try await talk.club.directory.find(.telegram(Visitor.stranger.person.telegramID)) == nil)
    }

    @Test func `an admin makes a group the club's, which is shown, followed and forgotten`() async throws {
        let chat: [String: any Sendable] = ["id": -500, "type": "group", "title": "Talk"]
        let refused = try await talk.handle(talk.message(from: .member, ["text": "/clubgroup", "chat": chat]))
        #expect(try await refused.screen.text == talk.refusal(.notAllowed))
        let seen = try await talk.handle(talk.message(from: .owner, ["text": "/clubgroup", "chat": chat]))
        #expect(try seen.screen.chat == -500)
        #expect(try seen.screen.text == talk.words(ClubChatPhrase.groupSet, .ru, ["title": "Talk"]))
        let club = try await talk.says("/club", .owner).screen
        #expect(try club.text.contains(talk.words(ClubChatPhrase.clubGroup, .ru, ["title": "Talk"])))

        let moved: [String: Any] = ["chat": chat, "migrate_to_chat_id": -1_007]
        _ = try await talk.handle(talk.message(from: .owner, moved))
        #expect(try await talk.club.services.office.settings().clubGroup?.chat.rawValue == -1_007)
        _ = try await talk.botMoves("member", "kicked", in: ["id": -1_007, "type": "supergroup"])
        #expect(try await talk.club.services.office.settings().clubGroup == nil)
    }

    @Test func `a bot that runs the channel no more warns the admins where people come in by it`() async throws {
        try await talk.openChannel()
        _ = try await talk.botMoves("administrator", "left", in: BotTalk.channel)
        let text = try talk.words(ClubChatPhrase.outOfSight, .ru, ["chat": talk.label(ClubChatPhrase.clubChatChannel)])
        let told = try await talk.told()
        #expect(told.count == 1)
        #expect(try told.first?.text == text)
    }

    @Test func `a request to be let into the channel is decided by the admins, and Telegram gets the answer`()
        async throws
    {
        try await talk.openChannel()
        let asked = Int64(talk.club.clock.now.timeIntervalSince1970)
        let request: [String: Any] = [
            "chat": BotTalk.channel, "from": Visitor.stranger.user, "user_chat_id": Visitor.stranger.id, "date": asked,
        ]
        let seen = try await talk.handle(talk.update("chat_join_request", request))
        #expect(try seen.screen.text == talk.words(.startPending, .ru, ["name": "Stas"]))
        #expect(seen.drafts.map(\.expiresAt) == [talk.club.clock.after(.seconds(300))])
        let card = try #require(try await talk.told().first)
        _ = try await talk.taps(.buttonApprove, of: card, .owner)
        let draft = try #require(try await talk.club.takeOutbox().first)
        guard case .notice(let notice) = draft.body else { throw CancellationError() }
        let call = try await talk.composer.reply(notice, in: draft.chat)?.call(in: draft.chat)
        let wanted = ApproveChatJoinRequest(chatId: Fixtures.channel.rawValue, userId: Visitor.stranger.id)
        #expect(call == .approveJoinRequest(wanted))
        #expect(try await talk.member(.stranger).isActive)
    }

    @Test func `who asks the channel and does not say their language is answered in the club's`() async throws {
        try await talk.openChannel()
        let owner = try await talk.member(.owner)
        _ = try await talk.club.services.office.setLanguage(.en, by: owner, cause: talk.club.cause("language"))
        var user = Visitor.stranger.user
        user["language_code"] = nil
        let request: [String: Any] = ["chat": BotTalk.channel, "from": user, "user_chat_id": 30, "date": 1]

        let seen = try await talk.handle(talk.update("chat_join_request", request))

        #expect(try seen.screen.text == talk.words(.startPending, .en, ["name": "Stas"]))
    }

    @Test(arguments: SettingButton.Place.allCases)
    func `a group is forgotten from the settings after a question, and that is written down`(
        place: SettingButton.Place
    ) async throws {
        let chat: [String: Any] = ["id": -1_007, "type": "supergroup", "title": "Talk <1>"]
        let command = place == .admins ? "/adminschat" : "/clubgroup"
        _ = try await talk.handle(talk.message(from: .owner, ["text": command, "chat": chat]))
        _ = try await talk.taps(.admin(.setting(.joining(.group, isOpen: place == .group))), .owner)
        let overview = try await talk.says("/club", .owner).screen
        let phrase: any PhraseKey = place == .admins ? AdminPhrase.adminsChat : ClubChatPhrase.clubGroup
        #expect(try overview.text.contains(talk.club.phrases.text(phrase, .ru, ["title": "Talk <1>"])))
        let label = talk.club.phrases.label(place.labelKey, .ru)
        let asked = try await talk.handle(talk.tap(overview.data(label), by: .owner)).screen
        #expect(try await talk.club.services.office.settings().adminsChatID != nil || place == .group)
        let yes = talk.club.phrases.text(AdminPhrase.buttonYes, .ru)

        let after = try await talk.handle(talk.tap(asked.data(yes), by: .owner)).screen

        let settings = try await talk.club.services.office.settings()
        #expect(settings.adminsChatID == nil && settings.clubGroup == nil && !settings.joining.contains(.group))
        #expect(!after.labels.joined().contains(label))
        let entries = try await talk.club.store.audit.list(after: nil, limit: 9).items
        let entry = try #require(entries.last { $0.details["to"] == "–" })
        #expect(entry.details["setting"] == (place == .admins ? "admins_chat" : "club_group"))
        #expect(entry.details["from"] == "-1007")
        let joining = entries.filter { $0.details["setting"] == "joining" }
        #expect(joining.contains { $0.details["from"]?.contains("group") == true } == (place == .group))
        let member = try await talk.taps(.admin(.setting(.forget(place))), .member).toast.text
        #expect(member == talk.club.phrases.text(.notAllowed, .ru, zone: .gmt))
    }

    @Test func `a member who asks to be let into the channel is let in at once`() async throws {
        try await talk.openChannel()
        let request: [String: Any] = ["chat": BotTalk.channel, "from": Visitor.member.user, "date": 1]
        let seen = try await talk.handle(talk.update("chat_join_request", request))
        let wanted = ApproveChatJoinRequest(chatId: Fixtures.channel.rawValue, userId: Visitor.member.id)
        #expect(seen.calls == [.approveJoinRequest(wanted)])
    }

    @Test func `a request that somebody else has answered is done`() {
        let call = OutgoingCall.approveJoinRequest(ApproveChatJoinRequest(chatId: -1, userId: 2))
        for text in ["Bad Request: HIDE_REQUESTER_MISSING", "Bad Request: USER_ALREADY_PARTICIPANT"] {
            let error = TelegramError.refused(method: ApproveChatJoinRequest.name, code: 400, description: text)
            #expect(SendVerdict(error, of: call) == .done)
        }
        let error = TelegramError.refused(method: ApproveChatJoinRequest.name, code: 403, description: "no")
        #expect(SendVerdict(error, of: call) == .failed("no"))
    }

    @Test func `the recording bot leaves people to the club's bot`() async throws {
        try await talk.openChannel()
        let recorder = try BotTalk(talk.club, bot: .recorder, duty: .recordingsOnly)
        _ = try await recorder.moves(.stranger, "left", "member")
        #expect(try await talk.club.directory.find(.telegram(Visitor.stranger.person.telegramID)) == nil)
    }
}
