import Domain
import Foundation
import HTTPClient
import Logging
import NIOCore
import TestSupport
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct LiveKitScriptTests {
    private static let path = "/vendor/livekit-client.mjs"

    @Test func `the script is fetched once, kept, and served under its version`() async throws {
        try await withFolder { folder, http in
            try await serving { origin in
                let shelf = LiveKitScriptShelf(address: origin.address, folder: folder)
                let before = try shelf.kept()
                #expect(before == nil)
                let fetched = try await shelf.fetched(http)
                #expect(fetched == SoundClub.script)
                let kept = try shelf.kept()
                #expect(kept == SoundClub.script)
                #expect(origin.asked == 1)
            }
        }
    }

    @Test func `another script from the same address is refused`() async throws {
        try await withFolder { folder, http in
            try await serving { origin in
                let shelf = LiveKitScriptShelf(address: origin.address, folder: folder)
                _ = try await shelf.fetched(http)
                origin.change(to: Data("export const Room = 'another';".utf8))
                await #expect(throws: LiveKitScriptFault.changed) { try await shelf.fetched(http) }
                let kept = try shelf.kept()
                #expect(kept == SoundClub.script)
            }
        }
    }

    @Test func `a script that was changed on disk is not served, and fetched anew`() async throws {
        try await withFolder { folder, http in
            try await serving { origin in
                let shelf = LiveKitScriptShelf(address: origin.address, folder: folder)
                _ = try await shelf.fetched(http)
                try Data("changed".utf8).write(to: folder.appending(path: "livekit-client.mjs"))
                let kept = try shelf.kept()
                #expect(kept == nil)
                let fetched = try await shelf.fetched(http)
                #expect(fetched == SoundClub.script)
            }
        }
    }

    @Test func `an answer that is no script is not kept`() async throws {
        try await withFolder { folder, http in
            try await serving { origin in
                let nowhere = origin.address.deletingLastPathComponent().appending(path: "nowhere")
                let shelf = LiveKitScriptShelf(address: nowhere, folder: folder)
                await #expect(throws: LiveKitScriptFault.refused(status: 404)) { try await shelf.fetched(http) }
                let kept = try shelf.kept()
                #expect(kept == nil)
            }
        }
    }

    @Test func `browsers are told to come back while it is not there, and then get it for a year`() async throws {
        try await SoundClub.run { club async throws in
            let answer = try await club.web.http.send("GET", Self.path)
            #expect(answer.status == 503)
            #expect(answer.errorCode == "livekit_client_unavailable")
            #expect(answer["retry-after"] == "15")
        }
    }

    @Test func `as soon as it is there browsers get it`() async throws {
        try await withFolder { folder, http in
            try await serving { origin in
                let script = LiveKitScript(
                    address: origin.address,
                    folder: folder,
                    http: http,
                    clock: ManualClock(),
                    logger: Logger(label: "script") { _ in SwiftLogNoOpLogHandler() }
                )
                await script.fetch()
                let asset = try #require(script.wanted())
                #expect(Data(asset.bytes.readableBytesView) == SoundClub.script)
                #expect(script.link == "\(Self.path)?v=\(asset.version)")
                #expect(asset.mediaType == "text/javascript; charset=utf-8")
            }
        }
    }

    private func withFolder(_ body: (URL, HTTPClient) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "vendor-\(UUID().uuidString)")
        let http = try HTTPClient()
        try await body(folder, http)
        await http.shutdown()
        try? FileManager.default.removeItem(at: folder)
    }

    private func serving(_ body: @escaping @Sendable (ScriptOrigin) async throws -> Void) async throws {
        try await ScriptOrigin.run(body)
    }
}
