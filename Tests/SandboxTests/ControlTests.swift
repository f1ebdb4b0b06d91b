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

    @Test(arguments: [
        (
            #"{"kind":"status","code":500}"#, 500,
            #"{"ok":false,"error_code":500,"description":"Internal Server Error"}"#
        ),
        (#"{"kind":"status","code":503,"body":"gone"}"#, 503, "gone"),
        (
            #"{"kind":"too_many_requests","retry_after":7}"#, 429,
            #"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","#
                + #""parameters":{"retry_after":7}}"#
        ),
    ])
    func `a fault meets the named method once`(_ fault: String, _ status: Int, _ body: String) async throws {
        try await SandboxClient.run { client in
            let named = try #require(JSON(parsing: fault)).followed(by: .fields(["method": "getMe"]))
            _ = try await client.control("POST", "/faults", named)
            let other = try await client.call("getUpdates")
            #expect(other.status == 200)
            let hit = try await client.call("getMe")
            #expect(hit.status == status)
            #expect(hit.text == body)
            if status == 429 { #expect(hit.fields["retry-after"] == "7") }
            let after = try await client.call("getMe")
            #expect(after.status == 200)
        }
    }

    @Test(arguments: ["html502", "garbage"])
    func `a fault can answer what is no JSON`(_ kind: String) async throws {
        try await SandboxClient.run { client in
            _ = try await client.control("POST", "/faults", .fields(["kind": .string(kind), "count": "all"]))
            for _ in 0..<2 { #expect(try await client.call("getMe").json == nil) }
            _ = try await client.control("DELETE", "/faults")
            let after = try await client.call("getMe")
            #expect(after.status == 200)
        }
    }

    @Test(arguments: [true, false])
    func `a dropped call may have taken effect`(_ applied: Bool) async throws {
        try await SandboxClient.run { client in
            _ = try await client.control("POST", "/chats/4242/start", .fields(["as": Self.member]))
            let fault = JSON.fields(["kind": "drop", "apply": .bool(applied), "method": "sendMessage"])
            _ = try await client.control("POST", "/faults", fault)
            let connection = try RawConnection(port: client.port)
            connection.get("/bot\(SandboxClub.botToken)/sendMessage?chat_id=\(SandboxClub.memberID)&text=x")
            let answer = await connection.readToEnd()
            #expect(answer == "")
            connection.hangUp()
            let shown = try await client.control("GET", "/chats/4242/messages?as=\(SandboxClub.memberID)").json
            let texts = shown?["messages"]?.elements?.compactMap { $0.at("message.text")?.string } ?? []
            #expect(texts.contains("x") == applied)
            let calls = try await client.control("GET", "/calls?method=sendMessage").json
            #expect(calls?.at("calls.0.fault") == "drop")
        }
    }

    @Test func `a download breaks off and goes on`() async throws {
        try await SandboxClient.run { client in
            let bytes = Data((0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
            _ = try await client.postVoice(bytes)
            let id = try #require(try await client.call("getUpdates").json?.at("result.0.channel_post.voice.file_id"))
            let file = try await client.call("getFile", .fields(["file_id": id]))
            let path = "/file/bot\(SandboxClub.botToken)/\(try #require(file.json?.at("result.file_path")?.string))"
            _ = try await client.control(
                "POST",
                "/faults",
                .fields(["kind": "drop", "method": "file", "after": 150_000])
            )
            let connection = try RawConnection(port: client.port)
            connection.get(path)
            let begun = try #require(await connection.readToEnd())
            connection.hangUp()
            #expect(begun.contains("Content-Length: 400000"))
            let rest = try await client.send("GET", path, fields: ["Range": "bytes=150000-"])
            #expect(rest.body == bytes[150_000...])
        }
    }

    @Test func `a revoked token is refused until it is restored`() async throws {
        try await SandboxClient.run { client in
            _ = try await client.control("POST", "/faults", .fields(["kind": "revoke_token", "bot": 4242]))
            #expect(
                try await client.call("getMe").text == #"{"ok":false,"error_code":401,"description":"Unauthorized"}"#
            )
            _ = try await client.control("POST", "/faults", .fields(["kind": "restore_token", "bot": 4242]))
            let after = try await client.call("getMe")
            #expect(after.status == 200)
        }
    }

    @Test func `new people and rooms can be made`() async throws {
        try await SandboxClient.run { client in
            let person = try await client.control("POST", "/people", .fields(["first_name": "Anna"])).json
            let id = try #require(person?["id"])
            let room = JSON.fields([
                "type": "group", "title": "Friends", "owner": id, "members": .array([Self.member]),
                "bots": .array([4242]),
            ])
            let made = try await client.control("POST", "/chats", room).json
            let chat = try #require(made?["id"]?.integer)
            #expect(made?["members"]?.elements?.count == 3)
            _ = try await client.control("POST", "/chats/\(chat)/messages", .fields(["as": id, "text": "hi"]))
            let stranger = JSON.fields(["as": .int(SandboxClub.strangerID)])
            _ = try await client.control("POST", "/chats/\(chat)/join-requests", stranger)
            let updates = try await client.call("getUpdates").json?["result"]?.elements ?? []
            #expect(updates.map { $0.members?.last?.name } == ["message", "chat_join_request"])
        }
    }

    @Test func `a second bot can be made, and be made an admin of the channel`() async throws {
        try await SandboxClient.run { client in
            let made = try await client.control(
                "POST",
                "/bots",
                .fields(["token": "5151:another-token", "username": "Recorder_bot", "name": "Recorder"])
            )
            #expect(made.json?["id"]?.integer == 5151)
            let me = try await client.send("POST", "/bot5151:another-token/getMe")
            #expect(me.json?["result"]?["username"]?.string == "Recorder_bot")
            let admitted = try await client.control(
                "POST",
                "/chats/\(SandboxClub.channelID)/members",
                .fields(["user": 5151, "status": "administrator", "by": .int(SandboxClub.posterID)])
            )
            #expect(admitted.status == 200)
            let state = try await client.control("GET", "/state").json
            #expect(state?["bots"]?.elements?.count == 2)
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
}
