import Foundation
import Testing

@testable import Sandbox

@Suite struct OutageTests {
    private static let message = JSON.fields(["chat_id": .int(SandboxClub.memberID), "text": "x"])

    @Test func `a truncated answer is no JSON, and the call took effect`() async throws {
        try await SandboxClient.run { client in
            _ = try await client.control("POST", "/faults", .fields(["kind": "truncated"]))
            let cut = try await client.call("sendMessage", Self.message)
            #expect(cut.status == 200 && cut.json == nil && cut.text.hasPrefix("{\"ok\":true"))
            #expect(try await sent(client) == 1)
        }
    }

    @Test func `an answer that breaks off in the middle has taken effect`() async throws {
        try await SandboxClient.run { client in
            let fault = JSON.fields(["kind": "drop", "apply": true, "after": 20])
            _ = try await client.control("POST", "/faults", fault)
            await #expect(throws: (any Error).self) { try await client.call("sendMessage", Self.message) }
            #expect(try await sent(client) == 1)
        }
    }

    @Test func `a late answer may have taken effect before`() async throws {
        let clock = ManualClock()
        try await SandboxClient.run {
            $0.clock = clock
        } _: { client in
            let fault = JSON.fields(["kind": "delay", "seconds": 60, "apply": true])
            _ = try await client.control("POST", "/faults", fault)
            async let late = client.call("sendMessage", Self.message)
            let shown = try await client.control("GET", "/chats/4242/messages?as=700000002&since=0&wait=20")
            #expect(shown.json?["messages"]?.elements?.count == 1)
            await clock.sleepers(atLeast: 1)
            clock.advance(by: 60)
            #expect(try await late.status == 200)
        }
    }

    @Test func `a status may come with words of its own`() async throws {
        try await SandboxClient.run { client in
            let fault = JSON.fields(["kind": "status", "code": 400, "description": "Bad Request: PEER_ID_INVALID"])
            _ = try await client.control("POST", "/faults", fault)
            #expect(try await client.call("getMe").json?["description"] == "Bad Request: PEER_ID_INVALID")
        }
    }

    @Test func `a second program takes the poll away and loses no update`() async throws {
        try await SandboxClient.run { client in
            async let held = client.call("getUpdates", .fields(["timeout": 30]))
            try await client.awaitPoll()
            _ = try await client.control("POST", "/bots/4242/second-poller", .fields(["seconds": 30]))
            #expect(try await held.status == 409)
            _ = try await client.control("DELETE", "/faults")
            _ = try await client.control("POST", "/chats/4242/start", .fields(["as": .int(SandboxClub.memberID)]))
            let updates = try await client.call("getUpdates", .fields(["timeout": 10]))
            #expect(updates.json?.at("result.0.message.text") == "/start")
        }
    }

    @Test func `a restart ends the poll, keeps the queue, and answers nobody until it is over`() async throws {
        let clock = ManualClock()
        try await SandboxClient.run {
            $0.clock = clock
        } _: { client in
            async let held = client.call("getUpdates", .fields(["timeout": 30]))
            try await client.awaitPoll()
            _ = try await client.control("POST", "/restart", .fields(["seconds": 5]))
            let ended = try await held
            #expect(ended.status == 500)
            #expect(ended.json?["description"] == "Internal Server Error: restart")
            _ = try await client.control("POST", "/chats/4242/start", .fields(["as": .int(SandboxClub.memberID)]))
            await #expect(throws: (any Error).self) { try await client.call("getMe") }
            clock.advance(by: 5)
            let updates = try await client.call("getUpdates")
            #expect(updates.json?.at("result.0.message.text") == "/start")
        }
    }

    private func sent(_ client: SandboxClient) async throws -> Int {
        let shown = try await client.control("GET", "/chats/4242/messages?as=700000002&since=0")
        return shown.json?["messages"]?.elements?.count ?? 0
    }
}
