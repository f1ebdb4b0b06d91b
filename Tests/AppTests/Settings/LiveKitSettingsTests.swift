import Foundation
import Testing
import Web

@testable import App

@Suite struct LiveKitSettingsTests {
    private static let complete = [
        "LIVEKIT_URL": "wss://sound.example.org", "LIVEKIT_API_KEY": "APIclub", "LIVEKIT_API_SECRET": "s3cret",
    ]

    private func liveKit(_ values: [String: String]) throws(SettingsFault) -> Settings.LiveKit? {
        try Settings.liveKit(SettingsReader(environment: values, file: [:]))
    }

    @Test func `without LiveKit shows have no sound`() throws {
        #expect(try liveKit([:]) == nil)
    }

    @Test func `with all three they have, and the script is of one version`() throws {
        let liveKit = try #require(try liveKit(Self.complete))
        #expect(liveKit.server.address.absoluteString == "wss://sound.example.org")
        #expect(liveKit.clientAddress.absoluteString == Settings.liveKitClient)
    }

    @Test(arguments: ["LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"])
    func `one that is missing is named`(name: String) throws {
        var values = Self.complete
        values[name] = nil
        let fault = #expect(throws: SettingsFault.self) { try liveKit(values) }
        #expect(fault?.setting == name)
        #expect(fault.map { "\($0)".contains("s3cret") } == false)
    }

    @Test(arguments: [
        ("LIVEKIT_URL", "sound.example.org"), ("LIVEKIT_URL", "ftp://sound.example.org"),
        ("LIVEKIT_CLIENT_URL", "livekit-client.esm.mjs"), ("LIVEKIT_CLIENT_URL", "file:///etc/passwd"),
    ])
    func `a wrong address is named`(name: String, value: String) {
        let fault = #expect(throws: SettingsFault.self) { try liveKit(Self.complete.merging([name: value]) { $1 }) }
        #expect(fault?.setting == name)
    }
}
