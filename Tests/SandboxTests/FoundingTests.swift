import Foundation
import FoundationNetworking
import Testing

@testable import Sandbox

/// People, bots and rooms made by the control API.
@Suite struct FoundingTests {
    private static let member = JSON.int(SandboxClub.memberID)

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
}
