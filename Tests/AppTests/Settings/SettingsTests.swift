import Bot
import Domain
import Foundation
import Testing

@testable import App

struct SettingsTests {
    static let secret = "4242:a-secret-that-nobody-shows"

    private func settings(_ values: [String: String]) throws(SettingsFault) -> Settings {
        var values = values
        values["RESOURCES_DIR"] = values["RESOURCES_DIR"] ?? Project.resources.path
        return try Settings(SettingsReader(environment: values, file: [:]))
    }

    private func fault(of values: [String: String]) -> SettingsFault? {
        do {
            _ = try settings(values)
            return nil
        } catch {
            return error
        }
    }

    @Test func `without any setting the sandbox club is served`() throws {
        let settings = try settings([:])

        #expect(settings.isSandbox)
        #expect(settings.port == 8001)
        #expect(settings.sandboxPort == 8081)
        #expect(settings.clubFolder.lastPathComponent == "sandbox")
        #expect(settings.language == .ru)
        #expect(settings.publicURL.absoluteString == "http://127.0.0.1:8001")
    }

    @Test func `the environment goes before the file, and an empty value is none`() throws {
        let reader = SettingsReader(
            environment: ["PORT": "9000", "SANDBOX_PORT": "", "RESOURCES_DIR": Project.resources.path],
            file: ["PORT": "9001", "SANDBOX_PORT": "9002"]
        )
        let settings = try Settings(reader)

        #expect(settings.port == 9000)
        #expect(settings.sandboxPort == 9002)
    }

    @Test(arguments: [
        (["PORT": "0"], "PORT"), (["PORT": "eighty"], "PORT"), (["SANDBOX_PORT": "65536"], "SANDBOX_PORT"),
        (["MONGO_URL": "mongodb://x"], "MONGO_URL"), (["REDIS_URL": "redis://x"], "REDIS_URL"),
        (["PUBLIC_URL": "club.example.org"], "PUBLIC_URL"), (["PUBLIC_URL": "ftp://club.example.org"], "PUBLIC_URL"),
        (["PUBLIC_URL": "https://club.example.org"], "TELEGRAM_BOT_TOKEN"),
        (["TELEGRAM_BOT_TOKEN": "nonsense"], "TELEGRAM_BOT_TOKEN"),
        (["TELEGRAM_BOT_TOKEN": secret], "TELEGRAM_CHANNEL_ID"),
        (["TELEGRAM_BOT_TOKEN": secret, "TELEGRAM_CHANNEL_ID": "12"], "TELEGRAM_CHANNEL_ID"),
        (["TELEGRAM_BOT_TOKEN": secret, "TELEGRAM_CHANNEL_ID": "@a/b"], "TELEGRAM_CHANNEL_ID"),
        (
            ["TELEGRAM_BOT_TOKEN": secret, "TELEGRAM_CHANNEL_ID": "-1", "TELEGRAM_NOTIFICATIONS_CHANNEL_ID": "news"],
            "TELEGRAM_NOTIFICATIONS_CHANNEL_ID"
        ),
        (
            ["TELEGRAM_BOT_TOKEN": secret, "TELEGRAM_CHANNEL_ID": "-1", "TELEGRAM_RECORDING_BOT_TOKEN": secret],
            "TELEGRAM_RECORDING_BOT_TOKEN"
        ),
        (
            ["TELEGRAM_BOT_TOKEN": secret, "TELEGRAM_CHANNEL_ID": "-1", "TELEGRAM_PROXY": "socks5://u:pass-word@"],
            "TELEGRAM_PROXY"
        ),
        (["JWT_SECRET_KEY": "short"], "JWT_SECRET_KEY"), (["OWNER_TELEGRAM_ID": "@me"], "OWNER_TELEGRAM_ID"),
        (["DEFAULT_LANGUAGE": "fr"], "DEFAULT_LANGUAGE"), (["LOG_LEVEL": "loud"], "LOG_LEVEL"),
        (["SOCKETS_PER_ADDRESS": "0"], "SOCKETS_PER_ADDRESS"), (["SOCKETS_PER_ADDRESS": "x"], "SOCKETS_PER_ADDRESS"),
        (["RESOURCES_DIR": "/nowhere"], "RESOURCES_DIR"), (["TRUSTED_PROXIES": "10.0.0.0/8, x"], "TRUSTED_PROXIES"),
    ])
    func `a wrong setting is named in one line, and no secret is shown`(values: [String: String], name: String) throws {
        let fault = try #require(self.fault(of: values))

        #expect(fault.setting == name)
        #expect(!fault.description.contains("\n"))
        #expect(!fault.description.contains("a-secret-that-nobody-shows"))
        #expect(!fault.description.contains("pass-word"))
    }

    @Test func `a real club has its token, channel and proxy`() throws {
        let settings = try settings([
            "TELEGRAM_BOT_TOKEN": Self.secret, "TELEGRAM_CHANNEL_ID": "@fomo_recordings",
            "TELEGRAM_NOTIFICATIONS_CHANNEL_ID": "-1005",
            "TELEGRAM_PROXY": "socks5://user:pw@127.0.0.1:1080", "TELEGRAM_BOT_USERNAME": "@Club_bot",
            "PUBLIC_URL": "https://club.example.org", "OWNER_TELEGRAM_ID": "5",
        ])

        guard case .telegram(let telegram) = settings.club else {
            Issue.record("it is the sandbox")
            return
        }
        #expect(telegram.token.botID == 4242)
        #expect(telegram.line.channel == .name("@fomo_recordings"))
        #expect(telegram.line.notificationsChannel == .id(ChatID(rawValue: -1005)))
        #expect(telegram.username == "Club_bot")
        #expect(telegram.line.proxy != nil)
        #expect(settings.isPublic)
        #expect(settings.socketsPerAddress == 50)
        #expect(settings.ownerTelegramID == TelegramUserID(rawValue: 5))
    }

    @Test func `an office behind one address may have more places in rooms`() throws {
        #expect(try settings(["SOCKETS_PER_ADDRESS": "400"]).socketsPerAddress == 400)
    }

    @Test func `settings of later parts are said to be unused`() throws {
        #expect(try settings(["VAPID_SUBJECT": "mailto:x"]).unused == ["VAPID_SUBJECT"])
        #expect(try settings(["LIVEKIT_CLIENT_URL": "https://x/y.mjs"]).unused == ["LIVEKIT_CLIENT_URL"])
        #expect(try settings(["DB_NAME": "club"]).unused == ["DB_NAME"])
    }
}
