import Foundation
import Testing

@testable import Sandbox

@Suite struct EditingTests {
    private static let chat = "\(ClubStage.member)"
    private static let keyboard = #"{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}"#

    @Test func `an edited message shows its new content and when it was edited`() throws {
        var stage = try ClubStage()
        _ = stage.call(.sendMessage, ["chat_id": Self.chat, "text": "old", "reply_markup": Self.keyboard])
        stage.now.addTimeInterval(5)
        let edited = stage.result(.editMessageText, ["chat_id": Self.chat, "message_id": "1", "text": "new"])
        #expect(edited?["text"] == "new")
        #expect(edited?["edit_date"] == 1_800_000_005)
        #expect(edited?["reply_markup"] == nil)
        #expect(stage.updates().isEmpty)
    }

    @Test func `an edit that changes nothing is refused`() throws {
        var stage = try ClubStage()
        let values = ["chat_id": Self.chat, "message_id": "1", "text": "<b>x</b>", "parse_mode": "HTML"]
        _ = stage.call(.sendMessage, values)
        #expect(
            stage.failure(.editMessageText, values)
                == "Bad Request: message is not modified: specified new message content and reply markup are exactly "
                + "the same as a current content and reply markup of the message"
        )
        #expect(stage.failure(.editMessageText, values.merging(["parse_mode": "", "text": "x"]) { $1 }) == nil)
        #expect(stage.failure(.editMessageReplyMarkup, ["chat_id": Self.chat, "message_id": "1"]) != nil)
        let buttons = ["chat_id": Self.chat, "message_id": "1", "reply_markup": Self.keyboard]
        #expect(stage.failure(.editMessageReplyMarkup, buttons) == nil)
    }

    @Test func `only what a bot sent itself can be edited`() throws {
        var stage = try ClubStage()
        let question = try stage.say("mine")
        let values = ["chat_id": Self.chat, "message_id": "\(question.id)", "text": "yours"]
        #expect(stage.failure(.editMessageText, values) == "Bad Request: message can't be edited")
        let missing = ["chat_id": Self.chat, "message_id": "77", "text": "x"]
        #expect(stage.failure(.editMessageText, missing) == "Bad Request: message to edit not found")
        let nameless = ["chat_id": Self.chat, "text": "x"]
        #expect(stage.failure(.editMessageText, nameless) == "Bad Request: message identifier is not specified")
    }

    @Test func `an admin of a channel edits posts of others, which other bots see`() throws {
        var stage = try ClubStage()
        let post = try stage.postVoice(caption: "old")
        _ = (stage.updates(), stage.updates(ClubStage.otherBot))
        let values = ["chat_id": "\(SandboxClub.channelID)", "message_id": "\(post.id)"]
        #expect(stage.result(.editMessageCaption, values.merging(["caption": "new"]) { $1 })?["caption"] == "new")
        #expect(stage.updates().isEmpty)
        #expect(stage.updates(ClubStage.otherBot).map { $0.at("edited_channel_post.caption") } == ["new"])
        let text = stage.failure(.editMessageText, values.merging(["text": "x"]) { $1 })
        #expect(text == "Bad Request: there is no text in the message to edit")
    }

    @Test(arguments: [(47.9, nil), (48, "Bad Request: message can't be deleted for everyone")] as [(Double, String?)])
    func `messages can be deleted for two days`(_ hours: Double, _ error: String?) throws {
        var stage = try ClubStage()
        _ = stage.call(.sendMessage, ["chat_id": Self.chat, "text": "x"])
        stage.now.addTimeInterval(hours * 3_600)
        #expect(stage.failure(.deleteMessage, ["chat_id": Self.chat, "message_id": "1"]) == error)
    }

    @Test func `what was deleted is gone`() throws {
        var stage = try ClubStage()
        let values = ["chat_id": Self.chat, "message_id": "1"]
        _ = stage.call(.sendMessage, ["chat_id": Self.chat, "text": "x"])
        #expect(stage.result(.deleteMessage, values) == true)
        #expect(stage.failure(.deleteMessage, values) == "Bad Request: message to delete not found")
        #expect(stage.world.chats[ClubStage.memberChat]?.deletions.map(\.message) == [1])
    }
}
