import Foundation
import Glibc
import Sandbox
import TestSupport
import Testing

/// One process fetches a bot's updates, whatever machine or folder it runs in.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct SecondPollerTests {
    let folder = TemporaryFolder()
    let elsewhere = TemporaryFolder()

    /// Starts the program until it fetches updates, and ends it by a signal.
    private func runOnce(_ settings: [String: String], _ telegram: Telegram, endedBy signal: Int32) async throws {
        let program = try Program(settings)
        try await telegram.waitForPoll()
        program.send(signal)
        _ = await program.end()
    }

    /// The same store at another place.
    private func copyElsewhere(_ settings: [String: String]) throws -> [String: String] {
        try FileManager.default.copyItem(at: folder.url, to: elsewhere.url)
        return settings.merging(["DATA_DIR": elsewhere.url.path]) { $1 }
    }

    @Test func `a start beside a living process is refused in one line that says where and until when`() async throws {
        let telegram = try await Telegram()
        let settings = try ProgramSettings.of(folder.url, telegram)
        try await runOnce(settings, telegram, endedBy: SIGKILL)

        let second = try Program(try copyElsewhere(settings))

        #expect(await second.end() == 75)
        let lines = second.errorText().split(separator: "\n")
        #expect(lines.count == 1)
        let line = try #require(lines.first)
        #expect(line.hasPrefix("fomo: TELEGRAM_BOT_TOKEN: another process fetches this bot's updates, at "))
        #expect(line.contains("\(folder.url.path)/fomo.lock"))
        #expect(line.contains(try Regex("until 20[0-9-]+T[0-9:]+Z")))
        await telegram.stop()
    }

    @Test func `what a crash left at the same place is taken over at once`() async throws {
        let telegram = try await Telegram()
        let settings = try ProgramSettings.of(folder.url, telegram)
        try await runOnce(settings, telegram, endedBy: SIGKILL)

        try await runOnce(settings, telegram, endedBy: SIGTERM)
        await telegram.stop()
    }

    @Test func `after a clean stop another place may go on`() async throws {
        let telegram = try await Telegram()
        let settings = try ProgramSettings.of(folder.url, telegram)
        try await runOnce(settings, telegram, endedBy: SIGTERM)

        try await runOnce(try copyElsewhere(settings), telegram, endedBy: SIGTERM)
        await telegram.stop()
    }

    @Test func `a start that failed keeps the bot from nobody`() async throws {
        let telegram = try await Telegram()
        var settings = try ProgramSettings.of(folder.url, telegram)
        settings["PORT"] = "\(try #require(telegram.address.port))"
        let failing = try Program(settings)
        #expect(await failing.end() == 78)
        settings["PORT"] = "\(try Program.freePort())"

        try await runOnce(try copyElsewhere(settings), telegram, endedBy: SIGTERM)
        await telegram.stop()
    }

    @Test(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"))
    func `on MongoDB the second of two living processes is refused, and may start when the first has ended`()
        async throws
    {
        let server = try WireServer()
        let telegram = try await Telegram()
        let settings = try ProgramSettings.of(folder.url, telegram).merging(["MONGO_URL": server.url]) { $1 }
        let first = try Program(settings)
        try await telegram.waitForPoll()
        var other = settings
        other["DATA_DIR"] = elsewhere.url.path
        other["PORT"] = "\(try Program.freePort())"

        let second = try Program(other)
        #expect(await second.end() == 75)
        #expect(second.errorText().contains("\(folder.url.path)/fomo.lock"))

        first.send(SIGTERM)
        #expect(await first.end() == 0)
        try await runOnce(other, telegram, endedBy: SIGTERM)
        await telegram.stop()
        withExtendedLifetime(server) {}
    }
}
