import Foundation
import Glibc
import HTTPClient
import Sandbox
import TestSupport
import Testing

/// The program while its MongoDB server hangs.
@Suite(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"), .timeLimit(.minutes(3)), .serialized)
struct StoreAwayTests {
    let folder = TemporaryFolder()

    private func ready(_ settings: [String: String], _ http: HTTPClient) async throws -> HTTPResponse {
        let port = try #require(settings["PORT"])
        let url = try #require(URL(string: "http://127.0.0.1:\(port)/readyz"))
        return try await http.send(HTTPRequest(url: url, deadline: .seconds(9)))
    }

    @Test func `it says so in time, lives on, and loses nothing of what comes meanwhile`() async throws {
        let server = try WireServer()
        let telegram = try await Telegram()
        let http = try HTTPClient()
        var settings = try ProgramSettings.of(folder.url, telegram).merging(["MONGO_URL": server.url]) { $1 }
        settings["LOG_LEVEL"] = "notice"
        let program = try Program(settings)
        try await telegram.waitForPoll()
        #expect(try await ready(settings, http).status == 200)

        server.hang()
        try await telegram.post("В тишине", file: Recordings.voice(1))
        try await telegram.say("/search слово", as: SandboxClub.posterID)
        let answer = try await ready(settings, http)
        #expect(answer.status == 503)
        let body = try #require(try JSONSerialization.jsonObject(with: answer.body) as? [String: Any])
        #expect(body["store"] as? String == "MongoDB")
        #expect((body["error"] as? [String: Any])?["code"] as? String == "not_ready")

        server.goOn()
        _ = try await telegram.message(to: SandboxClub.posterID) { $0.text.contains("«слово»") }
        _ = try await telegram.message(to: SandboxClub.posterID) { $0.text.contains("В тишине") }
        #expect(try await ready(settings, http).status == 200)
        program.send(SIGTERM)
        #expect(await program.end() == 0)
        #expect(!program.errorText().contains(server.url))
        await http.shutdown()
        await telegram.stop()
    }

    @Test func `asked to stop while the server hangs, it ends in time`() async throws {
        let server = try WireServer()
        let telegram = try await Telegram()
        let settings = try ProgramSettings.of(folder.url, telegram).merging(["MONGO_URL": server.url]) { $1 }
        let program = try Program(settings)
        try await telegram.waitForPoll()
        server.hang()
        try await telegram.say("/search слово", as: SandboxClub.posterID)
        let asked = ContinuousClock.now

        program.send(SIGTERM)
        let status = await program.end()

        #expect(ContinuousClock.now - asked < .seconds(12))
        #expect([0, 1].contains(status))
        await telegram.stop()
    }

    @Test func `a start while the server is away is refused for later, one with a wrong password for good`()
        async throws
    {
        let telegram = try await Telegram()
        let settings = try ProgramSettings.of(folder.url, telegram)
        let port = try Program.freePort()
        let early = try Program(settings.merging(["MONGO_URL": "mongodb://127.0.0.1:\(port)"]) { $1 })
        #expect(await early.end() == 75)
        #expect(early.errorText().hasPrefix("fomo: MONGO_URL: MongoDB, 127.0.0.1:\(port)/fomo does not answer"))

        let server = try WireServer(user: "fomo", password: "right-one")
        let address = server.url.replacing("mongodb://", with: "mongodb://fomo:wrong-one@")
        let wrong = try Program(settings.merging(["MONGO_URL": address]) { $1 })
        #expect(await wrong.end() == 78)
        let line = wrong.errorText()
        #expect(line.contains("refuses user or password"), "\(line)")
        #expect(!line.contains("wrong-one") && line.split(separator: "\n").count == 1)

        let corrected = address.replacing("wrong-one", with: "right-one")
        let right = try Program(settings.merging(["MONGO_URL": corrected]) { $1 })
        try await telegram.waitForPoll()
        right.send(SIGTERM)
        #expect(await right.end() == 0)
        await telegram.stop()
    }
}
