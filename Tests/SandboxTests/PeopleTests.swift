import Foundation
import Testing

@testable import Sandbox

@Suite struct PeopleTests {
    private static let channel = ["chat_id": "\(SandboxClub.channelID)"]

    private func with(_ values: [String: String]) -> [String: String] {
        Self.channel.merging(values) { $1 }
    }

    @Test(arguments: [
        (ClubStage.poster, "creator"), (ClubStage.bot, "administrator"), (ClubStage.member, "member"),
    ])
    func `everybody has a status in a chat`(_ user: Int64, _ status: String) throws {
        var stage = try ClubStage()
        #expect(stage.result(.getChatMember, with(["user_id": "\(user)"]))?["status"] == .string(status))
    }

    @Test func `of somebody whom the bot never met no status is told, of others that they are outside`() throws {
        var stage = try ClubStage()
        let question = with(["user_id": "\(ClubStage.stranger)"])
        #expect(stage.failure(.getChatMember, question) == "Bad Request: member not found")
        stage.world.start(.direct(bot: ClubStage.bot, person: ClubStage.stranger))
        #expect(stage.result(.getChatMember, question)?["status"] == "left")
    }

    @Test func `nothing is sent to a deleted account, which does nothing either`() throws {
        var stage = try ClubStage()
        let message = ["chat_id": "\(ClubStage.member)", "text": "Hello"]
        try stage.world.setDeactivated(true, person: ClubStage.member)
        #expect(stage.failure(.sendMessage, message) == "Forbidden: user is deactivated")
        #expect(stage.result(.getChatMember, with(["user_id": "\(ClubStage.member)"]))?.at("user.first_name") == "")
        #expect(throws: ActRefused.forbidden("Their account was deleted.")) { _ = try stage.say("Hello") }
        try stage.world.setDeactivated(false, person: ClubStage.member)
        #expect(stage.failure(.sendMessage, message) == nil)
    }

    @Test func `who never wrote to the bot is refused as what they are to it`() throws {
        var stage = try ClubStage()
        let stranger = "\(ClubStage.stranger)"
        let message = ["chat_id": stranger, "text": "Hello"]
        #expect(stage.failure(.sendMessage, message) == "Bad Request: chat not found")
        let now = stage.now
        var forwarded = Message(
            id: 9,
            chat: ClubStage.memberChat,
            date: 1,
            sender: .person(ClubStage.member),
            body: .text(FormattedText(text: "x"), preview: nil)
        )
        forwarded.origin = .person(ClubStage.stranger, date: 1)
        stage.world.chats[ClubStage.memberChat]?.append(forwarded)
        #expect(stage.failure(.sendMessage, message) == "Bad Request: private chat not found")
        stage.world.change(ClubStage.stranger, in: ClubStage.channel, to: .member, by: ClubStage.poster, now: now)
        #expect(stage.failure(.sendMessage, message) == "Forbidden: bot can't initiate conversation with a user")
        let action = ["chat_id": stranger, "action": "typing"]
        #expect(stage.failure(.sendChatAction, action) == "Bad Request: PEER_ID_INVALID")
    }

    @Test func `a bot without the right decides no requests`() throws {
        var stage = try ClubStage()
        try stage.world.requestToJoin(ClubStage.stranger, ClubStage.channel, bio: nil, now: stage.now)
        let poor = Membership(status: .administrator, rights: [.postMessages])
        stage.world.change(ClubStage.bot, in: ClubStage.channel, to: poor, by: ClubStage.poster, now: stage.now)
        for method in [BotMethod.approveChatJoinRequest, .declineChatJoinRequest] {
            let error = stage.failure(method, with(["user_id": "\(ClubStage.stranger)"]))
            #expect(error == "Bad Request: not enough rights to manage chat join requests")
        }
    }

    @Test(arguments: [("12", "Bad Request: user not found"), ("", "Bad Request: invalid user_id specified")])
    func `somebody who does not exist is no member`(_ user: String, _ error: String) throws {
        var stage = try ClubStage()
        #expect(stage.failure(.getChatMember, with(["user_id": user])) == error)
    }

    @Test func `a chat tells its title, its admins and how many they are`() throws {
        var stage = try ClubStage()
        #expect(stage.result(.getChat, Self.channel)?["title"] == "FOMO Recordings")
        #expect(stage.result(.getChatMemberCount, Self.channel) == 4)
        let admins = stage.result(.getChatAdministrators, Self.channel)?.elements ?? []
        #expect(admins.map { $0.at("user.id") } == [4242, .int(ClubStage.poster)])
    }

    @Test func `a join request is seen, decided and told`() throws {
        var stage = try ClubStage()
        _ = stage.call(.getUpdates, ["allowed_updates": "[\"chat_join_request\",\"chat_member\"]"])
        let user = with(["user_id": "\(ClubStage.stranger)"])
        #expect(stage.failure(.approveChatJoinRequest, user) == "Bad Request: HIDE_REQUESTER_MISSING")
        try stage.world.requestToJoin(ClubStage.stranger, ClubStage.channel, bio: "Let me in", now: stage.now)
        let request = stage.updates().last?["chat_join_request"]
        #expect(request?["bio"] == "Let me in")
        #expect(request?["user_chat_id"] == .int(ClubStage.stranger))
        #expect(stage.result(.approveChatJoinRequest, user) == true)
        #expect(stage.failure(.approveChatJoinRequest, user) == "Bad Request: USER_ALREADY_PARTICIPANT")
        let change = stage.updates().last?["chat_member"]
        #expect(change?.at("new_chat_member.status") == "member")
        #expect(change?["via_join_request"] == true)
    }

    @Test(arguments: [(299.0, nil), (300, "Bad Request: chat not found")] as [(Double, String?)])
    func `who asked to join can be written to for five minutes`(_ pause: Double, _ error: String?) throws {
        var stage = try ClubStage()
        try stage.world.requestToJoin(ClubStage.stranger, ClubStage.channel, bio: nil, now: stage.now)
        stage.now.addTimeInterval(pause)
        let answer = stage.failure(.sendMessage, ["chat_id": "\(ClubStage.stranger)", "text": "Hello"])
        #expect((answer == nil) == (error == nil))
    }

    @Test func `a declined request is gone`() throws {
        var stage = try ClubStage()
        try stage.world.requestToJoin(ClubStage.stranger, ClubStage.channel, bio: nil, now: stage.now)
        #expect(stage.result(.declineChatJoinRequest, with(["user_id": "\(ClubStage.stranger)"])) == true)
        #expect(stage.world.chats[ClubStage.channel]?.joinRequests.isEmpty == true)
        #expect(stage.world.chats[ClubStage.channel]?.memberships[ClubStage.stranger] == nil)
    }

    @Test func `chat_member comes only when asked for, my_chat_member always`() throws {
        var stage = try ClubStage()
        stage.world.change(ClubStage.member, in: ClubStage.channel, to: .left, by: ClubStage.member, now: stage.now)
        #expect(stage.updates().isEmpty)
        stage.world.change(ClubStage.bot, in: ClubStage.channel, to: .kicked, by: ClubStage.poster, now: stage.now)
        #expect(stage.updates().map { $0.at("my_chat_member.new_chat_member.status") } == ["kicked"])
        #expect(stage.failure(.getChat, Self.channel) == "Forbidden: bot was kicked from the channel chat")
    }

    @Test func `a bot that leaves is out`() throws {
        var stage = try ClubStage()
        #expect(stage.result(.leaveChat, Self.channel) == true)
        #expect(stage.failure(.leaveChat, Self.channel) == "Forbidden: bot is not a member of the channel chat")
    }

    @Test func `a pin leaves a notice, which the bot itself gets`() throws {
        var stage = try ClubStage()
        let post = try stage.postVoice()
        _ = stage.updates()
        #expect(stage.failure(.pinChatMessage, with(["message_id": "9"])) == "Bad Request: message to pin not found")
        #expect(stage.result(.pinChatMessage, with(["message_id": "\(post.id)"])) == true)
        #expect(stage.updates().map { $0.at("channel_post.pinned_message.message_id") } == [.int(post.id)])
        #expect(stage.result(.getChat, Self.channel)?.at("pinned_message.message_id") == .int(post.id))
        #expect(stage.result(.unpinChatMessage, Self.channel) == true)
        #expect(stage.failure(.unpinChatMessage, Self.channel) == "Bad Request: message to unpin not found")
    }

    @Test func `without the right there is no pin`() throws {
        var stage = try ClubStage()
        let post = try stage.postVoice()
        let poor = Membership(status: .administrator, rights: [.postMessages])
        stage.world.change(ClubStage.bot, in: ClubStage.channel, to: poor, by: ClubStage.poster, now: stage.now)
        let error = stage.failure(.pinChatMessage, with(["message_id": "\(post.id)"]))
        #expect(error == "Bad Request: not enough rights to manage pinned messages in the chat")
    }

    @Test(
        arguments: [
            (#"[{"type":"emoji","emoji":"🔥"}]"#, nil), ("[]", nil), ("", nil),
            ("{", "Bad Request: can't parse reaction types JSON object"),
            (#"[{"type":"emoji"}]"#, "Bad Request: REACTION_INVALID"),
        ] as [(String, String?)]
    )
    func `a bot reacts with one emoji`(_ reaction: String, _ error: String?) throws {
        var stage = try ClubStage()
        let post = try stage.postVoice()
        #expect(stage.failure(.setMessageReaction, with(["message_id": "\(post.id)", "reaction": reaction])) == error)
    }
}
