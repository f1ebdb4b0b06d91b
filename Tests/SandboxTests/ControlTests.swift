import Foundation
import FoundationNetworking
import Testing

@testable import Sandbox

/// The control API over real sockets.
@Suite struct ControlTests {
    private static let poster = JSON.int(SandboxClub.posterID)
    private static let member = JSON.int(SandboxClub.memberID)
    private static let channel = "/chats/\(SandboxClub.channelID)"

    @Test func `a pressed button is answered with what the bot says`() async throws {
        try await SandboxClient.run { client in
            _ = try await client.control("POST", "/chats/4242/start", .fields(["as": Self.member, "payload": "ep_1"]))
            let start = try await client.call("getUpdates").json?.at("result.0")
            #expect(start?.at("message.text") == "/start ep_1")
            let offset = try #require(start?["update_id"]?.integer) + 1
            _ = try await client.call(
                "sendMessage",
                .fields([
                    "chat_id": Self.member, "text": "x",
                    "reply_markup": .raw(#"{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}"#),
                ])
            )
            let press = Task {
                try await client.control(
                    "POST",
                    "/chats/4242/messages/2/press",
                    .fields(["as": Self.member, "data": "go"])
                )
            }
            let query = try await client.call("getUpdates", .fields(["offset": .int(offset), "timeout": 20]))
            let id = try #require(query.json?.at("result.0.callback_query.id"))
            let answer = JSON.fields(["callback_query_id": id, "text": "Done", "show_alert": true])
            _ = try await client.call("answerCallbackQuery", answer)
            let shown = try await press.value.json?["answer"]
            #expect(shown == .fields(["text": "Done", "show_alert": true, "url": ""]))
        }
    }

    @Test func `who waits for a change gets it`() async throws {
        try await SandboxClient.run { client in
            let state = try await client.control("GET", "/state").json
            let sequence = try #require(state?["sequence"]?.integer)
            let change = Task {
                try await client.control("GET", "/changes?as=\(SandboxClub.memberID)&since=\(sequence)&wait=20")
            }
            _ = try await client.control(
                "POST",
                Self.channel + "/messages",
                .fields(["as": Self.poster, "text": "News"])
            )
            let seen = try await change.value.json
            #expect(seen?.at("messages.0.message.text") == "News")
            let other = try await client.control("GET", "/changes?as=\(SandboxClub.strangerID)&since=0").json
            #expect(other?["messages"] == .array([]))
            #expect(other?["chats"]?.elements?.count == 1)
        }
    }

    @Test func `a post can be edited, posted again, forwarded and deleted`() async throws {
        try await SandboxClient.run { client in
            _ = try await client.postVoice(Data([1, 2, 3]), caption: "one")
            let path = Self.channel + "/messages"
            _ = try await client.control("PATCH", path + "/1", .fields(["as": Self.poster, "caption": "two"]))
            _ = try await client.control("POST", path, .fields(["as": Self.poster, "again": 1]))
            let forward = JSON.fields([
                "as": Self.member, "forward_chat": .int(SandboxClub.channelID), "forward_message": 1,
            ])
            _ = try await client.control("POST", "/chats/4242/messages", forward)
            let gone = try await client.control("DELETE", path + "/2?as=\(SandboxClub.posterID)")
            #expect(gone.status == 200)
            let updates = try await client.call("getUpdates").json?["result"]?.elements ?? []
            #expect(
                updates.map { $0.members?.last?.name } == [
                    "channel_post", "edited_channel_post", "channel_post", "message",
                ]
            )
            #expect(updates.last?.at("message.forward_origin.message_id") == 1)
            let now = try await client.control("GET", path + "?since=1").json
            #expect(now?["deleted"]?.elements?.count == 1)
            #expect(now?["messages"]?.elements?.count == 1)
        }
    }

    @Test(arguments: [
        ("POST", "/chats/4242/messages", #"{"text":"x"}"#, 400),
        ("POST", "/chats/4242/messages", #"{"as":700000002}"#, 400),
        ("POST", "/chats/-1/messages", #"{"as":700000002,"text":"x"}"#, 404),
        ("POST", "/chats/-1001000004242/messages", #"{"as":700000002,"text":"x"}"#, 403),
        ("POST", "/chats/4242/messages", #"{"as":1,"text":"x"}"#, 404),
        ("POST", "/chats/4242/start", #"{"as":700000002,"payload":"a b"}"#, 400),
        ("POST", "/bots/4242/updates", #"{"update":[1]}"#, 400),
        ("POST", "/bots", #"{"token":"no-number","username":"Recorder_bot"}"#, 400),
        ("POST", "/bots", #"{"token":"700000002:a-person","username":"Recorder_bot"}"#, 400),
        ("POST", "/bots", #"{"token":"5151:another-token","username":"PODCAST_FOMO_BOT"}"#, 400),
        ("POST", "/faults", #"{"kind":"storm"}"#, 400),
        ("POST", "/faults", #"{"kind":"status","code":99}"#, 400),
        ("GET", "/presses/12", "", 404),
        ("PATCH", "/chats/4242/messages/7", #"{"as":700000002,"text":"x"}"#, 404),
        ("POST", "/clock", #"{"advance":"soon"}"#, 400),
    ])
    func `what cannot be done is refused with a reason`(
        _ method: String,
        _ path: String,
        _ body: String,
        _ status: Int
    ) async throws {
        try await SandboxClient.run { client in
            let answer = try await client.control(method, path, body.isEmpty ? .object([]) : .raw(body))
            #expect(answer.status == status)
            #expect(answer.json?.at("error.message")?.string?.isEmpty == false)
        }
    }

    @Test func `another site cannot act`() async throws {
        try await SandboxClient.run { client in
            let fields = ["Origin": "https://evil.example", "Content-Type": "application/json"]
            let answer = try await client.send("POST", "/sandbox/reset", fields: fields)
            #expect(answer.status == 403)
            let own = try await client.send("POST", "/sandbox/reset", fields: ["Origin": client.base])
            #expect(own.status == 200)
        }
    }

    @Test func `an uploaded page is never served as a page`() async throws {
        try await SandboxClient.run { client in
            let posted = try await client.upload(
                "/sandbox\(Self.channel)/messages",
                ["as": "\(SandboxClub.posterID)", "kind": "document", "mime_type": "text/html"],
                file: ("file", "x.html", Data("<script>".utf8))
            )
            let url = try #require(posted.json?["file_url"]?.string)
            let file = try await client.send("GET", url)
            #expect(file.fields["content-type"] == "application/octet-stream")
            #expect(file.fields["content-disposition"] == "attachment")
            #expect(file.fields["x-content-type-options"] == "nosniff")
        }
    }

    @Test func `settings are switched and shown, and a malformed token is answered as the cloud does it`() async throws
    {
        try await SandboxClient.run { client in
            let values = JSON.fields([
                "flood_limits": true, "poll_surprises": true, "self_protection": true, "cloud_tokens": true,
                "inline_cache": false, "reaction_delay": 90,
            ])
            let settings = try await client.control("PATCH", "/settings", values)
            #expect(settings.json == values)
            let answer = try await client.send("GET", "/bot123/getMe")
            #expect(answer.text == #"{"ok":false,"error_code":404,"description":"Not Found"}"#)
            let unknown = try await client.send("GET", "/bot99:abc/getMe")
            #expect(unknown.status == 401)
        }
    }

    @Test func `the next update's number can be set`() async throws {
        try await SandboxClient.run { client in
            let next = JSON.fields(["next_update_id": .int(UpdateQueue.lastID - 1)])
            _ = try await client.control("PATCH", "/bots/4242", next)
            for _ in 0..<2 { _ = try await client.control("POST", "/chats/4242/start", .fields(["as": Self.member])) }
            let updates = try await client.call("getUpdates").json?["result"]?.elements ?? []
            #expect(updates.count == 1)
            #expect(updates.first?["update_id"]?.integer ?? .max <= 1_000_000_000)
            let refused = try await client.control("PATCH", "/bots/4242", .fields(["next_update_id": 5]))
            #expect(refused.status == 400)
        }
    }
}
