import Foundation
import Testing

@testable import Sandbox

@Suite struct LocalServerTests {
    @Test func `a local server names the file where it lies, whatever its size`() async throws {
        try await withFolder { folder in
            let large = Data(repeating: 7, count: TelegramWorld.downloadLimit + 1)
            try await SandboxClient.run {
                $0.localFiles = folder
            } _: { client in
                let posted = try await client.postVoice(large)
                let id = try #require(posted.json?.at("message.voice.file_id"))
                let answer = try await client.call("getFile", .fields(["file_id": id]))
                let path = try #require(answer.json?.at("result.file_path")?.string)
                #expect(path.hasPrefix(folder.path + "/" + SandboxClub.botToken + "/voice/file_0"))
                #expect(answer.json?.at("result.file_size")?.integer == Int64(large.count))
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == large)
                let again = try await client.call("getFile", .fields(["file_id": id]))
                #expect(again.json?.at("result.file_path")?.string == path)
            }
        }
    }

    @Test func `a local server takes an upload beyond the cloud's limit`() async throws {
        try await withFolder { folder in
            let large = Data(count: BotAPIRoutes.uploadLimit + 1)
            try await SandboxClient.run {
                $0.localFiles = folder
            } _: { client in
                let answer = try await client.upload(
                    "/bot\(SandboxClub.botToken)/sendDocument",
                    ["chat_id": "\(SandboxClub.memberID)"],
                    file: ("document", "large.bin", large)
                )
                #expect(answer.json?.at("result.document.file_size")?.integer == Int64(large.count))
            }
        }
    }

    @Test func `a local server serves no files over HTTP, and a reset takes those away that it placed`() async throws {
        try await withFolder { folder in
            try await SandboxClient.run {
                $0.localFiles = folder
            } _: { client in
                let id = try #require(try await client.postVoice(Data([1, 2])).json?.at("message.voice.file_id"))
                let answer = try await client.call("getFile", .fields(["file_id": id]))
                let path = try #require(answer.json?.at("result.file_path")?.string)
                let name = path.dropFirst(folder.path.count + SandboxClub.botToken.count + 2)
                #expect(try await client.send("GET", "/file/bot\(SandboxClub.botToken)/\(name)").status == 404)
                _ = try await client.control("POST", "/reset")
                #expect(!FileManager.default.fileExists(atPath: path))
            }
        }
    }

    @Test func `a local server takes files by their path, alone and in albums`() async throws {
        try await withFolder { folder in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let own = folder.appendingPathComponent("my talk.mp3")
            try Data([1, 2, 3]).write(to: own)
            try await SandboxClient.run {
                $0.localFiles = folder.appendingPathComponent("served")
            } _: { client in
                let chat = JSON.fields(["chat_id": .int(SandboxClub.memberID)])
                let address = JSON.string(own.absoluteString)
                let sent = try await client.call("sendAudio", chat.followed(by: .fields(["audio": address])))
                #expect(sent.json?.at("result.audio.file_name") == "my talk.mp3")
                #expect(sent.json?.at("result.audio.file_size") == 3)
                let part = JSON.fields(["type": "audio", "media": address])
                let album = JSON.fields(["media": .array([part, part])])
                let parts = try await client.call("sendMediaGroup", chat.followed(by: album))
                #expect(parts.json?.at("result.1.audio.file_size") == 3)
                for wrong in ["file:///nowhere/x.mp3", folder.absoluteString] {
                    let values = chat.followed(by: .fields(["audio": .string(wrong)]))
                    let refused = try await client.call("sendAudio", values)
                    #expect(
                        refused.json?["description"] == "Bad Request: wrong file identifier/HTTP URL specified"
                    )
                }
            }
            try await SandboxClient.run { client in
                let values = JSON.fields([
                    "chat_id": .int(SandboxClub.memberID), "audio": .string(own.absoluteString),
                ])
                let refused = try await client.call("sendAudio", values)
                #expect(refused.json?["description"] == "Bad Request: wrong file identifier/HTTP URL specified")
            }
        }
    }

    private func withFolder(_ work: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "local-\(UUID().uuidString)",
            isDirectory: false
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        try await work(folder)
    }
}
