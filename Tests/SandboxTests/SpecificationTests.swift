import Foundation
import Testing

@testable import Sandbox

@Suite(.enabled(if: BotAPISpecification.isThere, "BOTAPI_SPEC names no file"))
struct SpecificationTests {
    private static let chat = "\(ClubStage.member)"
    private static let channel = "\(SandboxClub.channelID)"

    @Test func `every method of the Bot API is answered or known to be missing`() throws {
        let specification = try BotAPISpecification()
        let known = Set(BotMethod.allCases.map(\.rawValue))
        #expect(known.union(BotMethod.missing) == specification.methodNames)
        #expect(known.isDisjoint(with: BotMethod.missing))
    }

    @Test(arguments: BotMethod.allCases)
    func `the result of every method is as the specification says`(_ method: BotMethod) throws {
        let specification = try BotAPISpecification()
        var stage = try ClubStage()
        let voice = try stage.postVoice(caption: "Title #tag")
        var picture = Upload(key: 31, size: 10, name: "p.png")
        picture.facts = MediaFacts(width: 10, height: 10)
        let keyboard = #"{"inline_keyboard":[[{"text":"Go","callback_data":"go"},{"text":"Web","url":"example.org"}]]}"#
        let first = ["chat_id": Self.chat, "text": "<b>x</b> /go", "parse_mode": "HTML", "reply_markup": keyboard]
        _ = stage.call(.sendMessage, first)
        let press = try stage.world.press(
            data: "go",
            message: 1,
            in: ClubStage.memberChat,
            by: ClubStage.member,
            now: stage.now
        )
        try stage.world.requestToJoin(ClubStage.stranger, ClubStage.channel, bio: nil, now: stage.now)
        let file = try #require(stage.world.files[77])
        let inChat = ["chat_id": Self.chat, "message_id": "1"]
        let inChannel = ["chat_id": Self.channel, "message_id": "\(voice.id)", "user_id": "\(ClubStage.stranger)"]
        let source = ["chat_id": Self.chat, "from_chat_id": Self.channel, "message_id": "\(voice.id)"]
        var uploads: [String: Upload] = [:]
        let values: [String: String]
        switch method {
        case .sendMessage: values = first.merging(["reply_parameters": #"{"message_id":1}"#]) { $1 }
        case .sendAudio, .sendDocument:
            uploads = [
                "audio": Upload(key: 41, size: 9, name: "a.mp3"), "document": Upload(key: 42, size: 9),
                "thumbnail": picture,
            ]
            values = ["chat_id": Self.chat, "title": "T", "caption": "c"]
        case .createChatInviteLink, .editChatInviteLink, .revokeChatInviteLink:
            let made = stage.result(.createChatInviteLink, inChannel)?["invite_link"]?.string ?? ""
            let more = ["invite_link": made, "name": "N", "expire_date": "1900000000", "member_limit": "3"]
            values = inChannel.merging(more) { $1 }
        case .answerInlineQuery:
            let query = try stage.world.ask("q", of: ClubStage.bot, by: ClubStage.member, in: nil, now: stage.now)
            values = ["inline_query_id": query.id, "results": "[]"]
        case .restrictChatMember, .promoteChatMember, .setChatMemberTag:
            try stage.world.addRoom(
                -100_700,
                .supergroup,
                title: "Talk",
                memberships: [ClubStage.bot: .creator, ClubStage.member: .member]
            )
            let more = ["user_id": Self.chat, "permissions": "{}", "can_pin_messages": "true", "tag": "T"]
            values = ["chat_id": "-100700"].merging(more) { $1 }
        case .sendVideo, .sendVideoNote:
            uploads = [
                "video": Upload(key: 41, size: 9, name: "a.mp4"), "video_note": Upload(key: 42, size: 9),
                "thumbnail": picture,
            ]
            values = ["chat_id": Self.chat, "duration": "3"]
        case .sendAnimation, .sendSticker:
            uploads = [
                "animation": Upload(key: 41, size: 9, name: "a.mp4"),
                "sticker": Upload(key: 42, size: 9, name: "s.webp"),
                "thumbnail": picture,
            ]
            values = ["chat_id": Self.chat, "emoji": "🔥"]
        case .sendLocation, .sendVenue, .sendContact, .sendDice:
            let place = ["latitude": "55.75", "longitude": "37.61", "title": "Club", "address": "Street 1"]
            values = inChat.merging(place.merging(["phone_number": "+1", "first_name": "A"]) { $1 }) { $1 }
        case .copyMessages, .forwardMessages, .deleteMessages:
            values = source.merging(["message_ids": "[\(voice.id)]"]) { $1 }
        case .sendMediaGroup, .editMessageMedia:
            uploads = ["a": Upload(key: 41, size: 9, name: "a.mp3")]
            let media = #"{"type":"audio","media":"attach://a"}"#
            values = inChat.merging(["media": method == .sendMediaGroup ? "[\(media)]" : media]) { $1 }
        case .sendPhoto:
            uploads = ["photo": picture]
            values = inChat
        case .sendVoice: values = ["chat_id": Self.chat, "voice": FileID.make(file, for: ClubStage.bot)]
        case .getFile: values = ["file_id": FileID.make(file, for: ClubStage.bot)]
        case .copyMessage, .forwardMessage: values = source
        case .editMessageText: values = inChat.merging(["text": "new"]) { $1 }
        case .editMessageCaption: values = inChannel.merging(["caption": "new"]) { $1 }
        case .answerCallbackQuery: values = ["callback_query_id": press.id]
        case .sendChatAction: values = inChat.merging(["action": "typing"]) { $1 }
        case .setMyCommands: values = ["commands": #"[{"command":"a","description":"b"}]"#]
        case .setMessageReaction: values = inChannel.merging(["reaction": #"[{"type":"emoji","emoji":"🔥"}]"#]) { $1 }
        case .setWebhook: values = ["url": "https://example.org/hook"]
        case .unpinChatMessage:
            _ = stage.call(.pinChatMessage, inChannel)
            values = inChannel
        case .getChat:
            _ = stage.call(.pinChatMessage, inChannel)
            values = inChannel
        case .getChatMember, .getChatAdministrators, .getChatMemberCount, .approveChatJoinRequest,
            .declineChatJoinRequest, .leaveChat, .pinChatMessage, .exportChatInviteLink, .banChatMember,
            .unbanChatMember, .unpinAllChatMessages, .getUserProfilePhotos:
            values = inChannel
        case .setChatTitle, .setChatDescription:
            values = inChannel.merging(["title": "New", "description": "About"]) { $1 }
        case .getMe, .getUpdates, .deleteWebhook, .getWebhookInfo, .deleteMessage, .editMessageReplyMarkup,
            .getMyCommands, .deleteMyCommands, .setChatMenuButton, .getChatMenuButton, .setMyDescription,
            .getMyDescription, .setMyShortDescription, .getMyShortDescription, .setMyName, .getMyName:
            values = inChat
        }
        let answer = stage.call(method, values, uploads: uploads)
        let result = try #require(
            answer.envelope["result"].flatMap { JSON(parsing: $0.text) },
            "\(answer.envelope.text)"
        )
        #expect(specification.problems(in: result, of: method.rawValue) == [])
    }

    @Test func `every kind of update is as the specification says`() throws {
        let specification = try BotAPISpecification()
        var stage = try ClubStage()
        let all = JSON.array(UpdateKind.allCases.map { .string($0.rawValue) }).text
        _ = stage.call(.getUpdates, ["allowed_updates": all])
        let post = try stage.postVoice(caption: "Title")
        _ = try stage.world.rewrite(
            post.id,
            in: ClubStage.channel,
            by: ClubStage.poster,
            text: "New",
            file: nil,
            now: stage.now
        )
        let said = try stage.say("/go https://example.org")
        _ = try stage.world.rewrite(
            said.id,
            in: ClubStage.memberChat,
            by: ClubStage.member,
            text: "other",
            file: nil,
            now: stage.now
        )
        let forward = Draft(content: .forward(chat: ClubStage.channel, message: post.id), replyTo: said.id)
        _ = try stage.world.write(forward, by: ClubStage.member, in: ClubStage.memberChat, now: stage.now)
        try stage.world.setBlocked(true, person: ClubStage.poster, bot: ClubStage.bot, now: stage.now)
        try stage.world.requestToJoin(ClubStage.stranger, ClubStage.channel, bio: "b", now: stage.now)
        for membership in [Membership.member, .administrator, .kicked, .left] {
            try stage.world.admit(
                ClubStage.stranger,
                to: ClubStage.channel,
                as: membership,
                by: ClubStage.poster,
                now: stage.now
            )
        }
        _ = stage.call(.pinChatMessage, ["chat_id": Self.channel, "message_id": "\(post.id)"])
        let markup = #"{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}"#
        let sent = stage.result(.sendMessage, ["chat_id": Self.chat, "text": "x", "reply_markup": markup])
        let number = Int(try #require(sent?["message_id"]?.integer))
        _ = try stage.world.press(
            data: "go",
            message: number,
            in: ClubStage.memberChat,
            by: ClubStage.member,
            now: stage.now
        )
        try Self.askAndReact(&stage, post)
        let updates = stage.updates()
        #expect(Set(updates.compactMap { $0.members?.last?.name }).count == 12)
        for update in updates { #expect(specification.problems(in: update, type: "Update", at: "update") == []) }
    }

    /// Inline mode, reactions, a link, a discussion group and a migration.
    private static func askAndReact(_ stage: inout ClubStage, _ post: Message) throws {
        let now = stage.now
        stage.world.bots[ClubStage.bot]?.hasInlineFeedback = true
        let query = try stage.world.ask(
            "q",
            of: ClubStage.bot,
            by: ClubStage.member,
            in: ClubStage.memberChat,
            now: now
        )
        let article =
            #"{"type":"article","id":"a","title":"T","input_message_content":{"message_text":"x"},"reply_markup":{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}}"#
        _ = stage.call(.answerInlineQuery, ["inline_query_id": query.id, "results": "[\(article)]"])
        let sent = try stage.world.choose("a", of: query.id, by: ClubStage.member, in: ClubStage.memberChat, now: now)
        _ = try stage.world.react(with: "👍", to: sent.id, by: ClubStage.member, in: ClubStage.memberChat, now: now)
        _ = try stage.world.react(with: "👍", to: post.id, by: ClubStage.member, in: ClubStage.channel, now: now)
        let made = stage.result(.createChatInviteLink, ["chat_id": channel, "creates_join_request": "true"])
        let link = try #require(made?["invite_link"]?.string)
        _ = try stage.world.join(ClubStage.stranger, by: link, now: now)
        _ = stage.call(.approveChatJoinRequest, ["chat_id": channel, "user_id": "\(ClubStage.stranger)"])
        let members: [Int64: Membership] = [ClubStage.poster: .creator, ClubStage.bot: .administrator]
        try stage.world.addRoom(-100_800, .supergroup, title: "Talk", memberships: members)
        try stage.world.link(ClubStage.channel, with: .room(-100_800))
        for kind in [MediaFile.Kind.video, .videoNote] {
            let file = NewFile(upload: Upload(key: Int64(kind.code) + 90, size: 4), kind: kind)
            let draft = Draft(content: .upload(file, caption: ""))
            _ = try stage.world.write(draft, by: ClubStage.poster, in: ClubStage.channel, now: now)
        }
        try stage.world.addRoom(-100_801, .group, title: "Old", memberships: members)
        _ = try stage.world.migrate(.room(-100_801), by: ClubStage.poster, now: now)
        let muted = ["chat_id": "-100800", "user_id": "\(ClubStage.stranger)", "permissions": "{}"]
        _ = stage.call(.restrictChatMember, muted)
    }
}
