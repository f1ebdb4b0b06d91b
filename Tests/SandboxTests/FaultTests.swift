import Foundation
import FoundationNetworking
import Testing

@testable import Sandbox

/// Disturbing bots by the control API, over real sockets.
@Suite struct FaultTests {
    private static let member = JSON.int(SandboxClub.memberID)

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

    @Test func `a fault can meet every third call only`() async throws {
        try await SandboxClient.run { client in
            let fault = JSON.fields([
                "kind": "too_many_requests", "method": "getMe", "count": .int(2), "every": .int(3),
            ])
            _ = try await client.control("POST", "/faults", fault)
            var statuses: [Int] = []
            for _ in 1...9 { statuses.append(try await client.call("getMe").status) }
            #expect(statuses == [200, 200, 429, 200, 200, 429, 200, 200, 200])
            let refused = try await client.control("POST", "/faults", .fields(["kind": "drop", "every": .int(0)]))
            #expect(refused.status == 400)
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
}
