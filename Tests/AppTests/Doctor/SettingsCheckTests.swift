import Foundation
import Testing

@testable import App

struct SettingsCheckTests {
    private func findings(_ values: [String: String]) -> [Finding] {
        let given = values.merging(["RESOURCES_DIR": Project.resources.path]) { mine, _ in mine }
        return SettingsCheck(reader: SettingsReader(environment: given, file: [:])).findings
    }

    private func finding(_ name: String, _ values: [String: String]) -> Finding? {
        findings(values).first { $0.subject == name }
    }

    @Test func `without any setting there is no fault, and every setting is named`() throws {
        let findings = findings([:])
        let example = try String(contentsOf: Project.root.appending(path: ".env.example"), encoding: .utf8)
        let described = example.matches(of: /(?m)^#([A-Z_]+)=/).map { String($0.1) }

        #expect(findings.allSatisfy { $0.verdict == .ok })
        #expect(!described.isEmpty)
        #expect(Set(described).isSubset(of: Set(findings.map(\.subject))))
    }

    @Test func `all wrong settings are told at once, each with what to do`() {
        let wrong = [
            "TELEGRAM_BOT_TOKEN": "nonsense", "TELEGRAM_RECORDING_BOT_TOKEN": "nonsense", "PORT": "x",
            "SANDBOX_PORT": "0", "TELEGRAM_PROXY": "nonsense", "PUBLIC_URL": "nonsense", "TRUSTED_PROXIES": "nonsense",
            "TELEGRAM_API_URL": "nonsense", "OWNER_TELEGRAM_ID": "me", "MONGO_URL": "nonsense", "DB_NAME": "a b",
            "REDIS_URL": "redis://x", "JWT_SECRET_KEY": "short", "DEFAULT_LANGUAGE": "xx", "LOG_LEVEL": "xx",
            "RESOURCES_DIR": "/nowhere",
        ]
        let faults = findings(wrong).filter { $0.verdict == .fault }

        // The channel is missing.
        #expect(Set(faults.map(\.subject)) == Set(wrong.keys).union(["TELEGRAM_CHANNEL_ID"]))
        #expect(faults.allSatisfy { $0.advice?.isEmpty == false })
    }

    @Test func `no secret is shown, right or wrong`() {
        let secrets = [
            "TELEGRAM_BOT_TOKEN": "42:s3cret-token", "TELEGRAM_RECORDING_BOT_TOKEN": "43 s3cret token",
            "TELEGRAM_PROXY": "socks5://me:s3cret@127.0.0.1:9050", "MONGO_URL": "mongodb://me:s3cret@db.test",
            "JWT_SECRET_KEY": "s3cret-s3cret-s3cret-s3cret-s3cret", "TELEGRAM_CHANNEL_ID": "-1",
        ]
        let text = findings(secrets).map(\.text).joined(separator: "\n")

        #expect(!text.contains("s3cret"))
        #expect(text.contains("socks5://127.0.0.1:9050") && text.contains("MongoDB, db.test/fomo"))
    }

    @Test(arguments: ["VAPID_SUBJECT", "LIVEKIT_CLIENT_URL", "DB_NAME", "TELEGRAM_FILES_DIR"])
    func `what is set and means nothing is a warning`(name: String) {
        let finding = finding(name, [name: "x"])

        #expect(finding?.verdict == .warning)
        #expect(finding?.advice != nil)
    }

    @Test func `settings with the recording bot's token alone are the recorder's`() {
        let values = [
            "TELEGRAM_RECORDING_BOT_TOKEN": "43:token", "TELEGRAM_CHANNEL_ID": "-1", "MONGO_URL": "mongodb://db.test",
        ]

        #expect(findings(values).allSatisfy { $0.verdict == .ok })
    }

    @Test func `a public address without a token is told by the token's name`() {
        #expect(finding("TELEGRAM_BOT_TOKEN", ["PUBLIC_URL": "https://club.test"])?.verdict == .fault)
    }
}
