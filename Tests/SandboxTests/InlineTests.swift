import Foundation
import Testing

@testable import Sandbox

@Suite struct InlineTests {
    private static let article =
        #"{"type":"article","id":"a","title":"T","input_message_content":{"message_text":"<b>x</b>","parse_mode":"HTML"}}"#

    private func ask(_ stage: inout ClubStage) throws -> InlineQuery {
        try stage.world.ask(
            "night",
            of: ClubStage.bot,
            by: ClubStage.member,
            in: ClubStage.memberChat,
            now: stage.now
        )
    }

    @Test func `what was chosen is sent through the bot`() throws {
        var stage = try ClubStage()
        let query = try ask(&stage)
        let asked = try #require(stage.updates().last?["inline_query"])
        #expect(asked["query"] == "night" && asked["chat_type"] == "sender")
        let answer = ["inline_query_id": query.id, "results": "[\(Self.article)]"]
        #expect(stage.result(.answerInlineQuery, answer) == true)
        _ = try stage.world.choose("a", of: query.id, by: ClubStage.member, in: ClubStage.memberChat, now: stage.now)
        let updates = stage.updates()
        #expect(updates.compactMap { $0.members?.last?.name } == ["message"])
        #expect(updates.last?.at("message.text") == "x")
        #expect(updates.last?.at("message.via_bot.id")?.integer == ClubStage.bot)
    }

    @Test func `with feedback and buttons the bot can change what was sent`() throws {
        var stage = try ClubStage()
        stage.world.bots[ClubStage.bot]?.hasInlineFeedback = true
        let query = try ask(&stage)
        let buttons = #","reply_markup":{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}}"#
        let result = Self.article.dropLast() + buttons
        _ = stage.result(.answerInlineQuery, ["inline_query_id": query.id, "results": "[\(result)]"])
        let sent = try stage.world.choose(
            "a",
            of: query.id,
            by: ClubStage.member,
            in: ClubStage.memberChat,
            now: stage.now
        )
        let names = stage.world.json(of: sent, for: ClubStage.bot).members?.map(\.name)
        #expect(names == ["message_id", "from", "chat", "date", "text", "entities", "reply_markup", "via_bot"])
        let chosen = try #require(stage.updates().compactMap { $0["chosen_inline_result"] }.last)
        let name = try #require(chosen["inline_message_id"]?.string)
        _ = try stage.world.press(
            data: "go",
            message: sent.id,
            in: ClubStage.memberChat,
            by: ClubStage.member,
            now: stage.now
        )
        let press = try #require(stage.updates().last?["callback_query"])
        #expect(press["inline_message_id"]?.string == name && press["message"] == nil)
        #expect(stage.result(.editMessageText, ["inline_message_id": name, "text": "y"]) == true)
        #expect(stage.world.inlineMessage(name, of: ClubStage.bot)?.keyboard == nil)
        #expect(
            stage.failure(.editMessageText, ["inline_message_id": "other", "text": "y"])
                == "Bad Request: MESSAGE_ID_INVALID"
        )
    }

    @Test func `an episode's recording is sent by its file id`() throws {
        var stage = try ClubStage()
        let post = try stage.postVoice()
        let id = try #require(stage.updates().last?.at("channel_post.voice.file_id")?.string)
        let query = try ask(&stage)
        let results = #"[{"type":"voice","id":"v","title":"T","voice_file_id":"\#(id)","caption":"c"}]"#
        #expect(stage.result(.answerInlineQuery, ["inline_query_id": query.id, "results": results]) == true)
        let sent = try stage.world.choose(
            "v",
            of: query.id,
            by: ClubStage.member,
            in: ClubStage.memberChat,
            now: stage.now
        )
        #expect(sent.file == post.file && sent.caption?.text == "c")
    }

    @Test(
        arguments: [
            ("{", "can't parse inline query results JSON object"),
            (
                "[" + Array(repeating: "1", count: 51).joined(separator: ",") + "]",
                "too many inline query results specified"
            ),
            ("[1]", "can't parse inline query result: expected an Object"),
            (#"[{"type":"article","id":"a"}]"#, "can't parse inline query result: Can't find field \"title\""),
            (#"[{"type":"article","id":"","title":"T"}]"#, "RESULT_ID_INVALID"),
            ("[\(article),\(article)]", "RESULT_ID_DUPLICATE"),
        ]
    )
    func `a wrong answer is refused`(_ results: String, _ error: String) throws {
        var stage = try ClubStage()
        let query = try ask(&stage)
        let values = ["inline_query_id": query.id, "results": results]
        #expect(stage.failure(.answerInlineQuery, values) == "Bad Request: " + error)
    }

    @Test func `a late answer is refused`() throws {
        var stage = try ClubStage()
        let query = try ask(&stage)
        stage.now.addTimeInterval(31)
        let values = ["inline_query_id": query.id, "results": "[]"]
        #expect(stage.failure(.answerInlineQuery, values)?.contains("query is too old") == true)
    }

    @Test func `a bot without inline mode cannot be asked`() throws {
        var stage = try ClubStage()
        stage.world.bots[ClubStage.bot]?.isInlineOff = true
        #expect(stage.result(.getMe)?["supports_inline_queries"] == false)
        #expect(throws: ActRefused.forbidden("The bot has no inline mode.")) { try ask(&stage) }
    }

    @Test func `a question over HTTP waits for the bot's answer`() async throws {
        try await SandboxClient.run { client in
            async let asked = client.control(
                "POST",
                "/bots/4242/inline",
                .fields(["as": 700_000_002, "query": "x", "wait": 20])
            )
            let update = try await client.call("getUpdates", .fields(["timeout": 20]))
            let id = try #require(update.json?.at("result.0.inline_query.id"))
            _ = try await client.call("answerInlineQuery", .fields(["inline_query_id": id, "results": .array([])]))
            #expect(try await asked.json?.at("answer.results") == .array([]))
        }
    }

    @Test func `reactions come as numbers in a channel and with names in a group`() throws {
        var stage = try ClubStage()
        _ = stage.call(.getUpdates, ["allowed_updates": #"["message_reaction","message_reaction_count"]"#])
        let post = try stage.postVoice()
        _ = try stage.world.react(
            with: "🔥",
            to: post.id,
            by: ClubStage.member,
            in: ClubStage.channel,
            now: stage.now
        )
        #expect(stage.updates().last?.at("message_reaction_count.reactions.0.total_count") == 1)
        let said = try stage.say("x")
        _ = try stage.world.react(
            with: "👍",
            to: said.id,
            by: ClubStage.member,
            in: ClubStage.memberChat,
            now: stage.now
        )
        #expect(stage.updates().last?.at("message_reaction.new_reaction.0.emoji") == "👍")
    }
}
