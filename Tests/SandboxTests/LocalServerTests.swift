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

    private func withFolder(_ work: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "local-\(UUID().uuidString)",
            isDirectory: false
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        try await work(folder)
    }
}
