import Foundation
import Testing

@testable import Sandbox

@Suite struct SendingTests {
    private static let chat = "\(ClubStage.member)"

    @Test func `a message is answered with all its parts in the server's order`() throws {
        var stage = try ClubStage()
        let answer = stage.call(
            .sendMessage,
            [
                "chat_id": Self.chat, "text": "<b>Hi</b> there", "parse_mode": "html",
                "reply_markup": #"{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}"#,
                "link_preview_options": #"{"is_disabled":true}"#,
            ]
        )
        let person =
            #"{"id":700000002,"first_name":"Misha","last_name":"Belov","username":"misha_listens","type":"private"}"#
        #expect(
            answer.envelope.text
                == #"{"ok":true,"result":{"message_id":1,"from":{"id":4242,"is_bot":true,"first_name":"FOMO Podcasts","#
                + #""username":"Podcast_FOMO_bot"},"chat":"# + person + #","date":1800000000,"text":"Hi there","#
                + #""entities":[{"offset":0,"length":2,"type":"bold"}],"link_preview_options":{"is_disabled":true},"#
                + #""reply_markup":{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}}}"#
        )
        #expect(stage.updates().isEmpty)
    }

    @Test(arguments: [
        (["text": "x"], "Bad Request: chat_id is empty"),
        (["text": "x", "chat_id": "999"], "Bad Request: chat not found"),
        (["text": "x", "chat_id": "abc"], "Bad Request: chat not found"),
        (["text": "x", "chat_id": "@nobody"], "Bad Request: chat not found"),
        (["text": "x", "chat_id": "-5"], "Bad Request: chat not found"),
        (["chat_id": chat], "Bad Request: message text is empty"),
        (["chat_id": chat, "text": " \n "], "Bad Request: message text is empty"),
        (["chat_id": chat, "text": String(repeating: "я", count: 4097)], "Bad Request: message is too long"),
        (["chat_id": chat, "text": String(repeating: "x", count: 32_769)], "Bad Request: text is too long"),
        (["chat_id": chat, "text": "x", "parse_mode": "BBCode"], "Bad Request: unsupported parse_mode"),
        (
            ["chat_id": chat, "text": "<u>x", "parse_mode": "HTML"],
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"u\""
        ),
        (
            ["chat_id": chat, "text": "x", "reply_parameters": #"{"message_id":99}"#],
            "Bad Request: message to be replied not found"
        ),
        (
            ["chat_id": chat, "text": "x", "reply_markup": "{"],
            "Bad Request: can't parse reply keyboard markup JSON object"
        ),
        (["chat_id": chat, "text": "x", "reply_markup": "[]"], "Bad Request: object expected as reply markup"),
        (
            ["chat_id": chat, "text": "x", "reply_markup": #"{"inline_keyboard":[[{"text":"a"}]]}"#],
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        ),
        (
            [
                "chat_id": chat, "text": "x",
                "reply_markup": #"{"inline_keyboard":[[{"text":"a","url":"http://localhost/"}]]}"#,
            ],
            "Bad Request: inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL"
        ),
        (
            [
                "chat_id": chat, "text": "x",
                "reply_markup":
                    #"{"inline_keyboard":[[{"text":"a","callback_data":""# + String(repeating: "я", count: 33)
                    + #""}]]}"#,
            ],
            "Bad Request: BUTTON_DATA_INVALID"
        ),
    ])
    func `a mistake is answered in Telegram's words`(_ values: [String: String], _ error: String) throws {
        var stage = try ClubStage()
        #expect(stage.failure(.sendMessage, values) == error)
        #expect(stage.world.chats[ClubStage.memberChat]?.messages.isEmpty == true)
    }

    @Test func `4096 code points and 64 bytes are allowed`() throws {
        var stage = try ClubStage()
        let markup =
            #"{"inline_keyboard":[[{"text":"a","callback_data":""# + String(repeating: "я", count: 32) + #""}]]}"#
        let text = String(repeating: "🏟", count: 4096)
        #expect(stage.failure(.sendMessage, ["chat_id": Self.chat, "text": text, "reply_markup": markup]) == nil)
    }

    @Test func `a bot cannot begin a conversation and hears when it is blocked`() throws {
        var stage = try ClubStage()
        stage.world.chats[.direct(bot: ClubStage.bot, person: ClubStage.poster)]?.isStarted = false
        let poster = ["chat_id": "\(ClubStage.poster)", "text": "x"]
        #expect(stage.failure(.sendMessage, poster) == "Forbidden: bot can't initiate conversation with a user")
        try stage.world.setBlocked(true, person: ClubStage.member, bot: ClubStage.bot, now: stage.now)
        let blocked = stage.failure(.sendMessage, ["chat_id": Self.chat, "text": "x"])
        #expect(blocked == "Forbidden: bot was blocked by the user")
        let update = stage.updates().last
        #expect(update?.at("my_chat_member.old_chat_member.status") == "member")
        #expect(update?.at("my_chat_member.new_chat_member.status") == "kicked")
    }

    @Test(arguments: [
        (Membership.left, "Forbidden: bot is not a member of the channel chat"),
        (Membership.kicked, "Forbidden: bot was kicked from the channel chat"),
        (Membership.member, "Bad Request: need administrator rights in the channel chat"),
    ])
    func `a bot without its place in a channel cannot post`(_ membership: Membership, _ error: String) throws {
        var stage = try ClubStage()
        stage.world.change(
            ClubStage.bot,
            in: ClubStage.channel,
            to: membership,
            by: ClubStage.poster,
            now: stage.now
        )
        #expect(stage.failure(.sendMessage, ["chat_id": "\(SandboxClub.channelID)", "text": "x"]) == error)
    }

    @Test func `a bot's own post comes to the other bots of the channel only`() throws {
        var stage = try ClubStage()
        let post = stage.result(.sendMessage, ["chat_id": "\(SandboxClub.channelID)", "text": "x"])
        #expect(post?["from"] == nil)
        #expect(post?.at("sender_chat.id") == .int(SandboxClub.channelID))
        #expect(stage.updates().isEmpty)
        #expect(stage.updates(ClubStage.otherBot).map { $0.at("channel_post.text") } == ["x"])
    }

    @Test func `a forwarded post keeps where it came from`() throws {
        var stage = try ClubStage()
        let post = try stage.postVoice(caption: "Evening")
        let values = ["chat_id": Self.chat, "from_chat_id": "\(SandboxClub.channelID)", "message_id": "\(post.id)"]
        let forwarded = stage.result(.forwardMessage, values)
        #expect(forwarded?.at("forward_origin.type") == "channel")
        #expect(forwarded?.at("forward_from_message_id") == .int(post.id))
        #expect(forwarded?["caption"] == "Evening")
        let copied = stage.result(.copyMessage, values.merging(["caption": ""]) { $1 })
        let number = try #require(copied?["message_id"]?.integer)
        let copy = try #require(stage.world.chats[ClubStage.memberChat]?.message(Int(number)))
        #expect(copy.origin == nil)
        #expect(copy.file == post.file)
        #expect(copy.body == .media(file: 77, caption: .empty))
    }

    @Test(arguments: [(BotMethod.copyMessage, "copy"), (.forwardMessage, "forward")])
    func `what is not there cannot be sent on`(_ method: BotMethod, _ verb: String) throws {
        var stage = try ClubStage()
        let values = ["chat_id": Self.chat, "from_chat_id": "\(SandboxClub.channelID)", "message_id": "9"]
        #expect(stage.failure(method, values) == "Bad Request: message to \(verb) not found")
    }

    @Test func `a protected message cannot be sent on`() throws {
        var stage = try ClubStage()
        let sent = stage.result(.sendMessage, ["chat_id": Self.chat, "text": "x", "protect_content": "true"])
        #expect(sent?["has_protected_content"] == true)
        let values = ["chat_id": Self.chat, "from_chat_id": Self.chat, "message_id": "1"]
        #expect(stage.failure(.copyMessage, values) == "Bad Request: message can't be copied")
    }

    @Test func `an answer shows the message that it answers`() throws {
        var stage = try ClubStage()
        let question = try stage.say("why?")
        let values = ["chat_id": Self.chat, "text": "so", "reply_parameters": #"{"message_id":\#(question.id)}"#]
        #expect(stage.result(.sendMessage, values)?.at("reply_to_message.text") == "why?")
        let gone = #"{"message_id":99,"allow_sending_without_reply":true}"#
        let free = stage.result(.sendMessage, ["chat_id": Self.chat, "text": "so", "reply_parameters": gone])
        #expect(free?["text"] == "so")
        #expect(free?["reply_to_message"] == nil)
    }

    @Test func `a chat gets three messages at once and then one a second`() throws {
        var stage = try ClubStage()
        stage.world.settings.limitsFlood = true
        let values = ["chat_id": Self.chat, "text": "x"]
        for _ in 0..<3 { #expect(stage.failure(.sendMessage, values) == nil) }
        #expect(
            stage.call(.sendMessage, values).envelope.text
                == #"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","#
                + #""parameters":{"retry_after":1}}"#
        )
        stage.now.addTimeInterval(1)
        #expect(stage.failure(.sendMessage, values) == nil)
        #expect(stage.failure(.sendMessage, values) != nil)
    }

    @Test func `a channel gets twenty messages a minute`() throws {
        var stage = try ClubStage()
        stage.world.settings.limitsFlood = true
        let values = ["chat_id": "\(SandboxClub.channelID)", "text": "x"]
        for _ in 0..<20 {
            #expect(stage.failure(.sendMessage, values) == nil)
            stage.now.addTimeInterval(1)
        }
        #expect(stage.failure(.sendMessage, values) == "Too Many Requests: retry after 40")
        stage.now.addTimeInterval(40)
        #expect(stage.failure(.sendMessage, values) == nil)
    }

    @Test func `thirty chats a second that did not just write are the limit`() {
        var meter = FloodMeter()
        let now = Date(timeIntervalSince1970: 0)
        for chat in 1...30 { #expect(meter.admit(chat: Int64(chat), isRoom: false, lastWrote: nil, now: now) == nil) }
        #expect(meter.admit(chat: 31, isRoom: false, lastWrote: nil, now: now) == 1)
        #expect(meter.admit(chat: 31, isRoom: false, lastWrote: now, now: now) == nil)
        #expect(meter.admit(chat: 32, isRoom: false, lastWrote: nil, now: now.addingTimeInterval(1)) == nil)
    }
}
