import Foundation
import Testing

@testable import Sandbox

@Suite struct RoomTests {
    private static let group = ChatKey.room(-100_500)

    /// The club's stage with a group or supergroup that Polina owns and in which the bot is an admin.
    private func stage(_ kind: Chat.Kind = .supergroup) throws -> ClubStage {
        var stage = try ClubStage()
        try stage.world.addRoom(
            -100_500,
            kind,
            title: "Talk",
            memberships: [ClubStage.poster: .creator, ClubStage.member: .member, ClubStage.bot: .administrator]
        )
        return stage
    }

    @Test func `a post is copied to the discussion group, and so is its edit`() throws {
        var stage = try stage()
        try stage.world.link(ClubStage.channel, with: Self.group)
        let post = try stage.postVoice(caption: "Title")
        let copy = try #require(stage.updates().compactMap { $0["message"] }.last)
        #expect(copy["is_automatic_forward"] == true)
        #expect(copy.at("from.id") == 777_000)
        #expect(copy.at("sender_chat.id")?.integer == SandboxClub.channelID)
        #expect(copy.at("forward_origin.message_id")?.integer == Int64(post.id))
        #expect(copy["voice"] != nil)
        _ = try stage.world.rewrite(
            post.id,
            in: ClubStage.channel,
            by: ClubStage.poster,
            text: "New",
            file: nil,
            now: stage.now
        )
        let edits = stage.updates().compactMap { $0["edited_message"] }
        #expect(edits.map { $0["caption"]?.string } == ["New"])
    }

    @Test func `what a bot posts in the channel is copied, too`() throws {
        var stage = try stage()
        try stage.world.link(ClubStage.channel, with: Self.group)
        _ = stage.result(.sendMessage, ["chat_id": "\(SandboxClub.channelID)", "text": "News"])
        #expect(stage.updates().compactMap { $0.at("message.text")?.string } == ["News"])
        #expect(stage.result(.getChat, ["chat_id": "\(SandboxClub.channelID)"])?["linked_chat_id"] == -100_500)
    }

    @Test func `a reply shows the audio that it answers`() throws {
        var stage = try stage()
        try stage.world.link(ClubStage.channel, with: Self.group)
        let post = try stage.postVoice()
        let copy = try #require(stage.world.copyInDiscussion(of: post))
        let draft = Draft(content: .text("Nice"), replyTo: copy.id)
        _ = try stage.world.write(draft, by: ClubStage.member, in: Self.group, now: stage.now)
        #expect(stage.updates().last?.at("message.reply_to_message.voice") != nil)
    }

    @Test func `a pin by a person comes as a service message with the post in it`() throws {
        var stage = try stage()
        let post = try stage.postVoice()
        try stage.world.setPinned(true, post.id, by: ClubStage.poster, in: ClubStage.channel, now: stage.now)
        #expect(stage.updates().last?.at("channel_post.pinned_message.voice") != nil)
        #expect(throws: ActRefused.self) {
            try stage.world.setPinned(false, post.id, by: ClubStage.member, in: ClubStage.channel, now: stage.now)
        }
    }

    @Test func `a notice is a service message, and nothing else passes for one`() throws {
        var stage = try stage()
        let notice = JSON.fields(["video_chat_ended": .fields(["duration": 60])])
        _ = try stage.world.notify(notice, by: ClubStage.poster, in: Self.group, now: stage.now)
        #expect(stage.updates().last?.at("message.video_chat_ended.duration") == 60)
        #expect(throws: ActRefused.self) {
            try stage.world.notify(.fields(["text": "x"]), by: ClubStage.poster, in: Self.group, now: stage.now)
        }
    }

    @Test func `a group that its owner deleted is answered as deleted`() throws {
        var stage = try ClubStage()
        let group = ChatKey.room(-600)
        try stage.world.addRoom(
            -600,
            .group,
            title: "Old",
            memberships: [ClubStage.poster: .creator, ClubStage.member: .member, ClubStage.bot: .administrator]
        )
        #expect(throws: ActRefused.forbidden("Only its owner can do that.")) {
            try stage.world.delete(group, by: ClubStage.member)
        }
        try stage.world.delete(group, by: ClubStage.poster)
        let error = stage.failure(.sendMessage, ["chat_id": "-600", "text": "Hello"])
        #expect(error == "Forbidden: the group chat was deleted")
        #expect(throws: ActRefused.invalid("Only a group can be deleted.")) {
            try stage.world.delete(ClubStage.channel, by: ClubStage.poster)
        }
    }

    @Test func `a group that became a supergroup is answered with its new id`() throws {
        var stage = try stage(.group)
        let new = try stage.world.migrate(Self.group, by: ClubStage.poster, now: stage.now)
        let updates = stage.updates().compactMap { $0["message"] }
        #expect(updates.first?["migrate_to_chat_id"]?.integer == new.wireID)
        #expect(updates.last?["migrate_from_chat_id"]?.integer == Self.group.wireID)
        let answer = stage.call(.sendMessage, ["chat_id": "\(Self.group.wireID)", "text": "x"])
        #expect(answer.status == 400)
        #expect(answer.envelope.at("parameters.migrate_to_chat_id")?.integer == new.wireID)
        #expect(
            answer.envelope["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
        )
        #expect(stage.result(.sendMessage, ["chat_id": "\(new.wireID)", "text": "x"]) != nil)
        #expect(throws: ActRefused.self) {
            let draft = Draft(content: .text("x"))
            return try stage.world.write(draft, by: ClubStage.poster, in: Self.group, now: stage.now)
        }
    }
}
