import Foundation
import Testing

@testable import Sandbox

@Suite struct InviteLinkTests {
    private static let channel = "\(SandboxClub.channelID)"
    private static let kinds = #"["chat_member","chat_join_request","my_chat_member"]"#

    private func link(_ values: [String: String] = [:], _ stage: inout ClubStage) throws -> String {
        _ = stage.call(.getUpdates, ["allowed_updates": Self.kinds])
        let all = values.merging(["chat_id": Self.channel]) { $1 }
        return try #require(stage.result(.createChatInviteLink, all)?["invite_link"]?.string)
    }

    @Test func `who follows a link is in, and the bot hears by which one`() throws {
        var stage = try ClubStage()
        let link = try link(["name": "Friends"], &stage)
        let (_, isIn) = try stage.world.join(ClubStage.stranger, by: link, now: stage.now)
        #expect(isIn)
        let change = try #require(stage.updates().last?["chat_member"])
        #expect(change.at("new_chat_member.status") == "member")
        #expect(change.at("invite_link.invite_link")?.string == link)
        #expect(change.at("invite_link.name") == "Friends")
        #expect(change["via_join_request"] == nil)
    }

    @Test func `a link is good for as many people and as long as it says`() throws {
        var stage = try ClubStage()
        let one = try link(["member_limit": "1"], &stage)
        _ = try stage.world.join(ClubStage.stranger, by: one, now: stage.now)
        stage.world.add(Person(id: 99, firstName: "Late"))
        let now = stage.now
        #expect(throws: ActRefused.forbidden("The link is no longer good.")) {
            try stage.world.join(99, by: one, now: now)
        }
        let until = Int(now.timeIntervalSince1970) + 60
        let timed = try link(["expire_date": "\(until)"], &stage)
        #expect(throws: ActRefused.self) { try stage.world.join(99, by: timed, now: now.addingTimeInterval(60)) }
        let revoked = try link([:], &stage)
        let values = ["chat_id": Self.channel, "invite_link": revoked]
        #expect(stage.result(.revokeChatInviteLink, values)?["is_revoked"] == true)
        #expect(throws: ActRefused.self) { try stage.world.join(99, by: revoked, now: now) }
    }

    @Test(arguments: [(BotMethod.approveChatJoinRequest, true), (.declineChatJoinRequest, false)])
    func `a link that asks first leads to a request, which the bot decides`(
        _ method: BotMethod,
        _ isLetIn: Bool
    ) throws {
        var stage = try ClubStage()
        let link = try link(["creates_join_request": "true"], &stage)
        let (_, isIn) = try stage.world.join(ClubStage.stranger, by: link, now: stage.now)
        #expect(!isIn)
        #expect(stage.updates().last?.at("chat_join_request.invite_link.invite_link")?.string == link)
        let values = ["chat_id": Self.channel, "user_id": "\(ClubStage.stranger)"]
        #expect(stage.result(method, values) == true)
        let change = stage.updates().last?["chat_member"]
        #expect(change?["via_join_request"] == (isLetIn ? true : nil))
        #expect(change?.at("invite_link.invite_link")?.string == (isLetIn ? link : nil))
        #expect(stage.result(.getChatMember, values)?["status"] == (isLetIn ? "member" : "left"))
    }

    @Test(
        arguments: [
            (["creates_join_request": "1", "member_limit": "2"], "member limit can't be specified"),
            (["member_limit": "100000"], "USAGE_LIMIT_INVALID"), (["expire_date": "5"], "EXPIRE_DATE_INVALID"),
        ]
    )
    func `a link that cannot be is refused`(_ values: [String: String], _ error: String) throws {
        var stage = try ClubStage()
        let all = values.merging(["chat_id": Self.channel]) { $1 }
        #expect(stage.failure(.createChatInviteLink, all)?.hasPrefix("Bad Request: " + error) == true)
    }

    @Test func `a bot without the right makes no links, and sees another's only in part`() throws {
        var stage = try ClubStage()
        stage.world.chats[ClubStage.channel]?.memberships[ClubStage.otherBot]?.rights.remove(.inviteUsers)
        let refused = stage.failure(.createChatInviteLink, ["chat_id": Self.channel], bot: ClubStage.otherBot)
        #expect(refused == "Bad Request: not enough rights to manage chat invite link")
        _ = stage.call(.getUpdates, ["allowed_updates": Self.kinds], bot: ClubStage.otherBot)
        let link = try link([:], &stage)
        _ = try stage.world.join(ClubStage.stranger, by: link, now: stage.now)
        let seen = try #require(
            stage.updates(ClubStage.otherBot).last?.at("chat_member.invite_link.invite_link")?.string
        )
        #expect(seen.hasSuffix("…") && link.hasPrefix(seen.dropLast()))
    }

    @Test func `a new primary link ends the one before`() throws {
        var stage = try ClubStage()
        let first = try #require(stage.result(.exportChatInviteLink, ["chat_id": Self.channel])?.string)
        let second = try #require(stage.result(.exportChatInviteLink, ["chat_id": Self.channel])?.string)
        #expect(first != second)
        let now = stage.now
        #expect(throws: ActRefused.self) { try stage.world.join(ClubStage.stranger, by: first, now: now) }
        #expect(try stage.world.join(ClubStage.stranger, by: second, now: now).isIn)
    }
}
