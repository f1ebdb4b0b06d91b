import Foundation
import FoundationNetworking
import Testing

@testable import Sandbox

/// The Bot API over real sockets.
@Suite struct TransportTests {
    private static let bot = "/bot\(SandboxClub.botToken)"
    private static let chat = "\(SandboxClub.memberID)"

    @Test(
        arguments: [
            ("/bot123/getMe", 401, "Unauthorized: invalid token specified"),
            ("/bot0123:abc/getMe", 401, "Unauthorized: invalid token specified"),
            ("/bot1:\(String(repeating: "x", count: 80))/getMe", 401, "Unauthorized: invalid token specified"),
            ("/bot99:abc/getMe", 401, "Unauthorized"),
            ("\(bot)/getme", 200, nil),
            ("\(bot)/test/GETME", 200, nil),
            ("\(bot)/?method=getMe", 200, nil),
            ("/bot4242%3Asandbox-token-not-a-secret/getMe", 200, nil),
            (
                "\(bot)/SENDPAIDMEDIA", 400,
                "Bad Request: the sandbox has not got the method sendPaidMedia, which Telegram's Bot API has"
            ),
            ("\(bot)/nonsense", 404, "Not Found: method not found"),
            ("\(bot)/", 404, "Not Found"),
            ("\(bot)/a/b", 404, "Not Found"),
            ("/nowhere", 404, "Not Found"),
            ("/file\(bot)/voice/file_0.oga", 404, "Not Found"),
        ] as [(String, Int, String?)]
    )
    func `a path is answered as the server does`(_ path: String, _ status: Int, _ description: String?) async throws {
        try await SandboxClient.run { client in
            let answer = try await client.send("GET", path)
            #expect(answer.status == status)
            #expect(answer.fields["content-type"] == "application/json")
            #expect(answer.json?["ok"] == .bool(status == 200))
            if let description {
                #expect(
                    answer.text == "{\"ok\":false,\"error_code\":\(status),\"description\":\"\(description)\"}"
                )
            }
        }
    }

    @Test(arguments: [
        ("application/x-www-form-urlencoded", "chat_id=\(chat)&text=%D0%9F+%26"),
        ("application/json; charset=utf-8", #"{"chat_id":\#(chat),"text":"П &"}"#),
        (
            "multipart/form-data; boundary=B",
            "--B\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n\(chat)\r\n"
                + "--B\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nП &\r\n--B--\r\n"
        ),
    ])
    func `parameters come in three kinds of bodies`(_ type: String, _ body: String) async throws {
        try await SandboxClient.run { client in
            _ = try await client.control("POST", "/chats/4242/start", .fields(["as": .int(SandboxClub.memberID)]))
            let path = Self.bot + "/sendMessage"
            let answer = try await client.send("POST", path, fields: ["Content-Type": type], body: Data(body.utf8))
            #expect(answer.text.contains("\"text\":\"\\u041f &\""))
        }
    }

    @Test func `a body that is no JSON counts as empty`() async throws {
        try await SandboxClient.run { client in
            let fields = ["Content-Type": "application/json"]
            let answer = try await client.send(
                "POST",
                Self.bot + "/sendMessage",
                fields: fields,
                body: Data("{oops".utf8)
            )
            #expect(answer.json?["description"] == "Bad Request: message text is empty")
        }
    }

    @Test func `more than a mebibyte of parameters is too much`() async throws {
        try await SandboxClient.run { client in
            let text = String(repeating: "x", count: 1 << 20)
            let answer = try await client.call("sendMessage", .fields(["text": .string(text)]))
            #expect(answer.status == 413)
            #expect(answer.json?["error_code"] == 413)
        }
    }

    @Test(arguments: [(50 << 20, 200), ((50 << 20) + 1, 413)])
    func `a bot uploads 50 MB, not more`(_ size: Int, _ status: Int) async throws {
        try await SandboxClient.run { client in
            _ = try await client.control("POST", "/chats/4242/start", .fields(["as": .int(SandboxClub.memberID)]))
            let answer = try await client.upload(
                Self.bot + "/sendDocument",
                ["chat_id": Self.chat],
                file: ("document", "big.bin", Data(repeating: 1, count: size))
            )
            #expect(answer.status == status)
        }
    }

    @Test func `a posted voice note is downloaded whole and in parts`() async throws {
        try await SandboxClient.run { client in
            let bytes = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            _ = try await client.postVoice(bytes, caption: "Привет")
            let update = try await client.call("getUpdates")
            let post = try #require(update.json?.at("result.0.channel_post"))
            #expect(post["caption"] == "Привет")
            let id = try #require(post.at("voice.file_id"))
            let file = try await client.call("getFile", .fields(["file_id": id]))
            let path = try #require(file.json?.at("result.file_path")?.string)
            #expect(path == "voice/file_0.oga")
            let whole = try await client.send("GET", "/file\(Self.bot)/\(path)")
            #expect(whole.body == bytes)
            #expect(whole.fields["content-type"] == "application/octet-stream")
            let rest = try await client.send("GET", "/file\(Self.bot)/\(path)", fields: ["Range": "bytes=200000-"])
            #expect(rest.status == 206)
            #expect(rest.fields["content-range"] == "bytes 200000-299999/300000")
            #expect(rest.body == bytes[200_000...])
            let beyond = try await client.send("GET", "/file\(Self.bot)/\(path)", fields: ["Range": "bytes=300000-"])
            #expect(beyond.status == 416)
        }
    }

    @Test(
        arguments: [
            ("0-0", 0..<1), ("5-", 5..<10), ("-3", 7..<10), ("-30", 0..<10), ("2-99", 2..<10), ("10-", nil),
            ("5-4", nil),
            ("x-1", nil), ("", nil), ("-0", nil),
        ] as [(String, Range<Int>?)]
    )
    func `a range names a part of a file`(_ text: String, _ range: Range<Int>?) {
        #expect(FileResponse.range(text[...], of: 10) == range)
    }

    @Test func `a poll whose caller hung up is over`() async throws {
        try await SandboxClient.run { client in
            let connection = try RawConnection(port: client.port)
            connection.get(Self.bot + "/getUpdates?timeout=50")
            try await client.awaitPoll()
            connection.hangUp()
            let calls = try await client.control("GET", "/calls?method=getUpdates&wait=20")
            #expect(calls.json?.at("calls.0.answer.result") == .array([]))
            let poll = try await client.control("GET", "/bots/4242/poll")
            #expect(poll.json?["held"] == false)
        }
    }

    @Test func `a caller who only stops sending still gets an answer`() async throws {
        try await SandboxClient.run { client in
            let connection = try RawConnection(port: client.port)
            connection.get(Self.bot + "/getUpdates?timeout=50")
            try await client.awaitPoll()
            connection.finishSending()
            let answer = await connection.readToEnd()
            #expect(answer?.hasSuffix(#"{"ok":true,"result":[]}"#) == true)
            connection.hangUp()
        }
    }

    @Test func `a connection serves one request after another, also after a held one`() async throws {
        try await SandboxClient.run { client in
            let poll = Task { try await client.call("getUpdates", .fields(["timeout": 50])) }
            try await client.awaitPoll()
            _ = try await client.control("POST", "/chats/4242/start", .fields(["as": .int(SandboxClub.memberID)]))
            let answer = try await poll.value
            #expect(answer.json?.at("result.0.message.text") == "/start")
            #expect(answer.fields["connection"] == nil)
            let after = try await client.call("getMe")
            #expect(after.status == 200)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `ending the server ends what is held`() async throws {
        var held: Task<SandboxClient.Answer, any Error>?
        try await SandboxClient.run { client in
            held = Task { try await client.call("getUpdates", .fields(["timeout": 50])) }
            try await client.awaitPoll()
        }
        let ending = ContinuousClock().now
        _ = try? await held?.value
        #expect(ContinuousClock().now - ending < .seconds(1))
    }
}
