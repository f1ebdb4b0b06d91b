import Foundation
import FoundationNetworking
import Testing

@testable import Sandbox

@Suite struct PersistenceTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kept-\(UUID().uuidString)")

    @Test func `posts, files, queues and settings of bots outlive a restart`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let bytes = Data((0..<5_000).map { UInt8(truncatingIfNeeded: $0) })
        var updates: JSON?
        try await SandboxClient.run(folder: folder) { client in
            _ = try await client.postVoice(bytes, caption: "Evening")
            let kinds = JSON.fields(["allowed_updates": .array(["channel_post"])])
            updates = try await client.call("getUpdates", kinds).json
        }
        try await SandboxClient.run(folder: folder) { client in
            #expect(try await client.call("getUpdates").json == updates)
            let id = try #require(updates?.at("result.0.channel_post.voice.file_id"))
            let path = try await client.call("getFile", .fields(["file_id": id])).json?.at("result.file_path")?.string
            let file = try await client.send("GET", "/file/bot\(SandboxClub.botToken)/\(try #require(path))")
            #expect(file.body == bytes)
            _ = try await client.control("POST", "/chats/4242/start", .fields(["as": .int(SandboxClub.memberID)]))
            #expect(try await client.call("getUpdates").json == updates)
        }
    }

    @Test func `a state that cannot be read is put aside`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("{broken".utf8).write(to: folder.appendingPathComponent("state.json"))
        try await SandboxClient.run(folder: folder) { client in
            let after = try await client.call("getMe")
            #expect(after.status == 200)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.contains { $0.hasPrefix("state-unreadable-") })
    }

    @Test func `what was uploaded for a refused call does not stay on disk`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try await SandboxClient.run(folder: folder) { client in
            let answer = try await client.upload(
                "/bot\(SandboxClub.botToken)/sendVoice",
                ["chat_id": "5"],
                file: ("voice", "x.ogg", Data([1]))
            )
            #expect(answer.status == 400)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("files").path)
            #expect(files.isEmpty)
        }
    }

    @Test func `a reset brings the beginning back`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try await SandboxClient.run(folder: folder) { client in
            _ = try await client.postVoice(Data([1]))
            let before = try await client.call("getUpdates").json?.at("result.0")
            _ = try await client.control("POST", "/reset")
            #expect(try await client.call("getUpdates").json?["result"] == .array([]))
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("files").path)
            #expect(files.isEmpty)
            // A bot that remembers must not take what comes for what it saw.
            _ = try await client.postVoice(Data([2]))
            let after = try await client.call("getUpdates").json?.at("result.0")
            #expect(after?.at("channel_post.message_id") == 2)
            let ids = try [before, after].map { try #require($0?["update_id"]?.integer) }
            #expect(ids[1] == ids[0] + 1)
        }
    }
}
