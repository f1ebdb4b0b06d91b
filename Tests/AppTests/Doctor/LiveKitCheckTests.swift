import Domain
import Foundation
import TestSupport
import Testing

@testable import App

@Suite struct LiveKitCheckTests {
    private func check(_ address: String, isOnline: Bool) throws -> LiveKitCheck {
        let values = [
            "LIVEKIT_URL": address, "LIVEKIT_API_KEY": "APIclub", "LIVEKIT_API_SECRET": "s3cret",
            "LIVEKIT_CLIENT_URL": "http://127.0.0.1:9/livekit-client.esm.mjs",
        ]
        let settings = try Settings.liveKit(SettingsReader(environment: values, file: [:]))
        return LiveKitCheck(
            settings: try #require(settings),
            dataFolder: FileManager.default.temporaryDirectory.appending(path: "no-\(UUID().uuidString)"),
            isOnline: isOnline,
            clock: ManualClock()
        )
    }

    @Test func `a server or a script that is not there is told with what to do`() async throws {
        // Port 9 is nobody's here.
        let findings = try await check("ws://127.0.0.1:9", isOnline: true).findings()
        #expect(findings.map(\.verdict) == [.fault, .fault])
        #expect(findings[0].advice?.contains("LIVEKIT_URL") == true)
        #expect(findings[1].advice?.contains("LIVEKIT_CLIENT_URL") == true)
        #expect(!findings.map(\.text).joined().contains("s3cret"))
    }

    @Test func `offline nobody is asked`() async throws {
        let findings = try await check("ws://127.0.0.1:9", isOnline: false).findings()
        #expect(findings.map(\.verdict) == [.ok, .ok])
    }
}
