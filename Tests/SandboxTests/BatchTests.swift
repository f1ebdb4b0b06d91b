import Foundation
import Testing

@testable import Sandbox

/// Methods that take several messages, and what changes chats as a whole.
@Suite struct BatchTests {
    private static let chat = "\(ClubStage.member)"
    private static let channel = "\(SandboxClub.channelID)"

    @Test func `several posts are copied, an album stays one, what is gone is left out`() throws {
        var stage = try ClubStage()
        let drafts = [11, 12].map { key in
            Draft(content: .upload(NewFile(upload: Upload(key: key, size: 4), kind: .audio), caption: "c"))
        }
        _ = try stage.world.write(
            album: drafts,
            order: [0, 1],
            by: ClubStage.poster,
            in: ClubStage.channel,
            now: stage.now
        )
        let values = [
            "chat_id": Self.chat, "from_chat_id": Self.channel, "message_ids": "[1,2,9]", "remove_caption": "true",
        ]
        let copied = stage.result(.copyMessages, values)
        #expect(copied?.text == #"[{"message_id":1},{"message_id":2}]"#)
        let copies = try #require(stage.world.chats[ClubStage.memberChat]?.messages)
        #expect(copies[0].album != nil && copies[0].album == copies[1].album)
        #expect(copies[0].album != stage.world.chats[ClubStage.channel]?.messages[0].album)
        #expect(copies.map(\.caption) == [.empty, .empty] && copies[0].origin == nil)
        _ = stage.call(.forwardMessages, values)
        let forwarded = try #require(stage.world.chats[ClubStage.memberChat]?.messages.last)
        #expect(forwarded.origin != nil && forwarded.caption?.text == "c")
    }

    @Test(arguments: [
        (nil, "can't parse message identifiers JSON object"),
        ("1", "expected an Array of message identifiers"),
        ("[]", "message identifiers are not specified"),
        (#"["x"]"#, "invalid message identifier specified"),
        ("[2,1]", "message identifiers must be in a strictly increasing order"),
        ("[" + (1...101).map(String.init).joined(separator: ",") + "]", "too many message identifiers specified"),
        ("[99]", "there are no messages to copy"),
    ])
    func `a wrong list of messages is refused`(_ ids: String?, _ error: String) throws {
        var stage = try ClubStage()
        _ = try stage.postVoice()
        var values = ["chat_id": Self.chat, "from_chat_id": Self.channel]
        values["message_ids"] = ids
        #expect(stage.failure(.copyMessages, values) == "Bad Request: " + error)
    }

    @Test func `several messages are deleted, old ones stay`() throws {
        var stage = try ClubStage()
        _ = try stage.say("old")
        stage.now.addTimeInterval(48 * 3_600)
        _ = try stage.say("new")
        #expect(stage.result(.deleteMessages, ["chat_id": Self.chat, "message_ids": "[1,2,7]"]) == true)
        #expect(stage.world.chats[ClubStage.memberChat]?.messages.map(\.id) == [1])
    }

    @Test func `all pins are taken away at once`() throws {
        var stage = try ClubStage()
        for key in [1, 2] {
            let post = try stage.postVoice(key: Int64(key) + 80)
            _ = stage.call(.pinChatMessage, ["chat_id": Self.channel, "message_id": "\(post.id)"])
        }
        #expect(stage.result(.unpinAllChatMessages, ["chat_id": Self.channel]) == true)
        #expect(stage.world.chats[ClubStage.channel]?.pinned == [])
    }

    @Test func `a new title leaves a notice, a new description does not`() throws {
        var stage = try ClubStage()
        #expect(stage.result(.setChatTitle, ["chat_id": Self.channel, "title": "Night"]) == true)
        #expect(stage.updates().last?.at("channel_post.new_chat_title") == "Night")
        #expect(stage.failure(.setChatTitle, ["chat_id": Self.channel, "title": "Night"]) != nil)
        #expect(stage.result(.setChatDescription, ["chat_id": Self.channel, "description": "About"]) == true)
        #expect(stage.result(.getChat, ["chat_id": Self.channel])?["description"] == "About")
        #expect(
            stage.failure(.setChatDescription, ["chat_id": Self.channel, "description": "About"])
                == "Bad Request: chat description is not modified"
        )
        #expect(stage.updates().isEmpty)
    }

    @Test func `a bot's name is kept by language`() throws {
        var stage = try ClubStage()
        _ = stage.call(.setMyName, ["name": "Клуб", "language_code": "ru"])
        #expect(stage.result(.getMyName)?["name"] == "FOMO Podcasts")
        #expect(stage.result(.getMyName, ["language_code": "ru"])?["name"] == "Клуб")
        _ = stage.call(.setMyName, ["name": "Club"])
        #expect(stage.result(.getMe)?["first_name"] == "Club")
        #expect(stage.result(.getUserProfilePhotos, ["user_id": Self.chat])?["total_count"] == 0)
    }

    @Test func `a group's commands depend on who looks`() throws {
        var stage = try ClubStage()
        let members: [Int64: Membership] = [
            ClubStage.poster: .creator, ClubStage.member: .member, ClubStage.bot: .member,
        ]
        try stage.world.addRoom(-100_900, .supergroup, title: "Talk", memberships: members)
        let scopes = [
            #"{"type":"all_group_chats"}"#, #"{"type":"all_chat_administrators"}"#,
            #"{"type":"chat_member","chat_id":-100900,"user_id":700000002}"#,
        ]
        for (name, scope) in zip(["all", "admin", "own"], scopes) {
            let commands = #"[{"command":"\#(name)","description":"x"}]"#
            _ = stage.call(.setMyCommands, ["commands": commands, "scope": scope])
        }
        let shown = [ClubStage.poster, ClubStage.member].map { person in
            stage.world.view(.room(-100_900), person: person, at: 0).at("commands.0.command")
        }
        #expect(shown == ["admin", "own"])
    }
}
