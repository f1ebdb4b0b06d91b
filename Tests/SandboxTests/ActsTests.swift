import Foundation
import Testing

@testable import Sandbox

@Suite struct ActsTests {
    @Test func `a post comes to every admin bot without its author`() throws {
        var stage = try ClubStage()
        _ = try stage.postVoice(caption: "Title\n#tag")
        let post = stage.updates().last?["channel_post"]
        #expect(post?["from"] == nil)
        #expect(post?["sender_chat"] == post?["chat"])
        #expect(post?.at("voice.mime_type") == "audio/ogg")
        #expect(post?.at("caption_entities.0.type") == "hashtag")
        #expect(stage.updates(ClubStage.otherBot).count == 1)
    }

    @Test func `a re-post keeps the file, a replaced file is another`() throws {
        var stage = try ClubStage()
        let post = try stage.postVoice()
        let again = try stage.world.write(
            Draft(content: .again(message: post.id)),
            by: ClubStage.poster,
            in: ClubStage.channel,
            now: stage.now
        )
        #expect(again.id == post.id + 1)
        let other = NewFile(upload: Upload(key: 78, size: 5), kind: .voice)
        stage.now.addTimeInterval(60)
        _ = try stage.world.rewrite(
            post.id,
            in: ClubStage.channel,
            by: ClubStage.poster,
            text: nil,
            file: other,
            now: stage.now
        )
        let updates = stage.updates()
        let ids = updates.map { ($0["channel_post"] ?? $0["edited_channel_post"])?.at("voice.file_unique_id")?.string }
        #expect(ids.count == 3)
        #expect(ids[0] == ids[1])
        #expect(ids[0] != ids[2])
        #expect(updates.last?.at("edited_channel_post.edit_date") == 1_800_000_060)
    }

    @Test func `a deleted post is not told`() throws {
        var stage = try ClubStage()
        let post = try stage.postVoice()
        _ = stage.updates()
        try stage.world.erase(post.id, in: ClubStage.channel, by: ClubStage.poster)
        #expect(stage.updates().isEmpty)
        #expect(stage.world.chats[ClubStage.channel]?.messages.isEmpty == true)
    }

    @Test func `only admins post, and only members read`() throws {
        var stage = try ClubStage()
        let draft = Draft(content: .text("x"))
        for (person, text) in [
            (ClubStage.member, "Only its admins can post in a channel."),
            (ClubStage.stranger, "Only its members can write there."),
        ] {
            #expect(throws: ActRefused.forbidden(text)) {
                try stage.world.write(draft, by: person, in: ClubStage.channel, now: stage.now)
            }
        }
        #expect(stage.world.chats(of: ClubStage.stranger).allSatisfy { $0 != ClubStage.channel })
    }

    @Test func `a pressed button becomes a query that can be answered once in time`() throws {
        var stage = try ClubStage()
        let markup = #"{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}"#
        _ = stage.call(.sendMessage, ["chat_id": "\(ClubStage.member)", "text": "x", "reply_markup": markup])
        #expect(throws: ActRefused.self) {
            try stage.world.press(
                data: "other",
                message: 1,
                in: ClubStage.memberChat,
                by: ClubStage.member,
                now: stage.now
            )
        }
        let press = try stage.world.press(
            data: "go",
            message: 1,
            in: ClubStage.memberChat,
            by: ClubStage.member,
            now: stage.now
        )
        let query = stage.updates().last?["callback_query"]
        #expect(query?["data"] == "go")
        #expect(query?.at("message.text") == "x")
        let values = ["callback_query_id": press.id, "text": "Done", "show_alert": "true"]
        #expect(stage.result(.answerCallbackQuery, values) == true)
        #expect(stage.world.presses[press.id]?.reply == ButtonPress.Reply(text: "Done", isAlert: true, url: ""))
        stage.now.addTimeInterval(31)
        let late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        #expect(stage.failure(.answerCallbackQuery, values) == late)
        #expect(stage.failure(.answerCallbackQuery, ["callback_query_id": "1"]) == late)
    }

    @Test(arguments: [
        ("hello all", 0), ("/go", 1), ("/go@podcast_fomo_bot", 1), ("/go@other_bot", 0), ("hi @Podcast_FOMO_bot", 1),
    ])
    func `in a group a bot sees what concerns it`(_ text: String, _ count: Int) throws {
        var stage = try ClubStage()
        let key = ChatKey.room(-42)
        try stage.world.addRoom(
            -42,
            .group,
            title: "Group",
            memberships: [ClubStage.poster: .creator, ClubStage.bot: .member]
        )
        _ = try stage.world.write(Draft(content: .text(text)), by: ClubStage.poster, in: key, now: stage.now)
        #expect(stage.updates().count == count)
    }

    @Test func `joining and leaving a group leaves notices`() throws {
        var stage = try ClubStage()
        try stage.world.addRoom(
            -42,
            .group,
            title: "Group",
            memberships: [ClubStage.poster: .creator, ClubStage.bot: .administrator]
        )
        try stage.world.admit(ClubStage.member, to: .room(-42), as: .member, by: ClubStage.member, now: stage.now)
        try stage.world.admit(ClubStage.member, to: .room(-42), as: .kicked, by: ClubStage.poster, now: stage.now)
        let updates = stage.updates()
        #expect(updates.first?.at("message.new_chat_members.0.id") == .int(ClubStage.member))
        #expect(updates.last?.at("message.left_chat_member.id") == .int(ClubStage.member))
        #expect(updates.last?.at("message.from.id") == .int(ClubStage.poster))
    }

    @Test func `any object can be queued as an update`() throws {
        var stage = try ClubStage()
        let object = try #require(JSON(parsing: #"{"update_id":1,"unheard_of":{"a":[null]},"message":7}"#)?.members)
        let isQueued = stage.world.pushRaw(object, to: ClubStage.bot, now: stage.now)
        #expect(isQueued)
        let update = stage.updates().last
        #expect(update?.members?.map(\.name) == ["update_id", "unheard_of", "message"])
        #expect(update?["update_id"] != 1)
    }

    @Test func `of ten thousand messages the oldest are forgotten first`() {
        var chat = Chat(key: .room(-1), kind: .channel)
        for id in 1...Chat.messageCapacity + 5 {
            chat.append(Message(id: id, chat: chat.key, date: 0, sender: .person(1), body: .joined(1)))
        }
        #expect(chat.messages.count == Chat.messageCapacity)
        #expect(chat.message(5) == nil)
        #expect(chat.message(6)?.id == 6)
        #expect(chat.lastMessageID == Chat.messageCapacity + 5)
    }
}
