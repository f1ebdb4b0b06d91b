import Foundation
import Testing

@testable import Sandbox

@Suite struct ModerationTests {
    private static let group = ChatKey.room(-1_001_000_000_500)

    private func stage(_ kind: Chat.Kind = .supergroup) throws -> ClubStage {
        var stage = try ClubStage()
        var bot = Membership.administrator
        bot.rights.insert(.promoteMembers)
        try stage.world.addRoom(
            Self.group.wireID,
            kind,
            title: "Talk",
            memberships: [ClubStage.poster: .creator, ClubStage.member: .member, ClubStage.bot: bot]
        )
        _ = stage.call(.getUpdates, ["allowed_updates": #"["chat_member","message"]"#])
        return stage
    }

    private func values(_ user: Int64, _ more: [String: String] = [:]) -> [String: String] {
        more.merging(["chat_id": "\(Self.group.wireID)", "user_id": "\(user)"]) { $1 }
    }

    @Test func `who is banned is out, cannot come back, and may again once it is over`() throws {
        var stage = try stage()
        let until = Int(stage.now.timeIntervalSince1970) + 3_600
        #expect(stage.result(.banChatMember, values(ClubStage.member, ["until_date": "\(until)"])) == true)
        let updates = stage.updates()
        #expect(updates.compactMap { $0.at("chat_member.new_chat_member.status")?.string } == ["kicked"])
        #expect(updates.compactMap { $0.at("message.left_chat_member.id")?.integer } == [ClubStage.member])
        #expect(stage.result(.getChatMember, values(ClubStage.member))?["until_date"]?.integer == Int64(until))
        let now = stage.now
        #expect(throws: ActRefused.forbidden("They were banned from it.")) {
            try stage.world.requestToJoin(ClubStage.member, Self.group, bio: nil, now: now)
        }
        stage.now.addTimeInterval(3_600)
        #expect(stage.result(.getChatMember, values(ClubStage.member))?["status"] == "left")
    }

    @Test func `a ban is taken back`() throws {
        var stage = try stage()
        _ = stage.result(.banChatMember, values(ClubStage.member))
        #expect(stage.result(.unbanChatMember, values(ClubStage.member)) == true)
        #expect(stage.result(.getChatMember, values(ClubStage.member))?["status"] == "left")
    }

    @Test func `only_if_banned leaves members in peace`() throws {
        var stage = try stage()
        _ = stage.result(.unbanChatMember, values(ClubStage.member, ["only_if_banned": "true"]))
        #expect(stage.result(.getChatMember, values(ClubStage.member))?["status"] == "member")
        _ = stage.result(.unbanChatMember, values(ClubStage.member))
        #expect(stage.result(.getChatMember, values(ClubStage.member))?["status"] == "left")
    }

    @Test func `who is restricted stays and is silent`() throws {
        var stage = try stage()
        let mute = values(ClubStage.member, ["permissions": #"{"can_send_audios":true}"#])
        #expect(stage.result(.restrictChatMember, mute) == true)
        let shown = stage.result(.getChatMember, values(ClubStage.member))
        #expect(shown?["status"] == "restricted" && shown?["is_member"] == true)
        #expect(shown?["can_send_audios"] == true && shown?["can_send_messages"] == false)
        let now = stage.now
        #expect(throws: ActRefused.self) {
            let draft = Draft(content: .text("x"))
            return try stage.world.write(draft, by: ClubStage.member, in: Self.group, now: now)
        }
    }

    @Test func `rights make an administrator, and none make a member again`() throws {
        var stage = try stage()
        _ = stage.result(.promoteChatMember, values(ClubStage.member, ["can_invite_users": "true"]))
        let shown = stage.result(.getChatMember, values(ClubStage.member))
        #expect(shown?["status"] == "administrator" && shown?["can_invite_users"] == true)
        #expect(shown?["can_delete_messages"] == false)
        #expect(
            stage.failure(.banChatMember, values(ClubStage.member))
                == "Bad Request: user is an administrator of the chat"
        )
        _ = stage.result(.promoteChatMember, values(ClubStage.member))
        #expect(stage.result(.getChatMember, values(ClubStage.member))?["status"] == "member")
    }

    @Test(
        arguments: [
            (ClubStage.poster, "can't remove chat owner"), (ClubStage.bot, "can't restrict self"),
            (77, "user not found"),
        ]
    )
    func `some cannot be banned`(_ user: Int64, _ error: String) throws {
        var stage = try stage()
        #expect(stage.failure(.banChatMember, values(user)) == "Bad Request: " + error)
    }

    @Test func `a bot that is silenced is told so`() throws {
        var stage = try stage()
        var silent = Membership(status: .restricted)
        silent.permissions = []
        try stage.world.admit(ClubStage.bot, to: Self.group, as: silent, by: ClubStage.poster, now: stage.now)
        #expect(
            stage.failure(.sendMessage, ["chat_id": "\(Self.group.wireID)", "text": "x"])
                == "Bad Request: not enough rights to send text messages to the chat"
        )
    }
}
