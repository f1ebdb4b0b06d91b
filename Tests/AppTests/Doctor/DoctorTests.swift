import Foundation
import Glibc
import Sandbox
import Testing

/// `fomo doctor` as a person runs it.
@Suite(.timeLimit(.minutes(2)))
struct DoctorTests {
    let folder = TemporaryFolder()

    private func run(_ settings: [String: String], _ arguments: String...) async throws -> (status: Int32, text: String)
    {
        let program = try Program(settings, arguments: ["doctor"] + arguments)
        let status = await program.end()
        return (status, program.outputText() + program.errorText())
    }

    @Test func `a club that is well has no fault, and nothing is made`() async throws {
        let telegram = try await Telegram(bots: [.club, Telegram.recorder])
        var settings = try ProgramSettings.of(folder.url, telegram, recorder: true)
        settings["PATH"] = ProcessInfo.processInfo.environment["PATH"]
        let (status, text) = try await run(settings)

        #expect(status == 0)
        #expect(text.contains("Faults: 0. Warnings: 0."), "\(text)")
        #expect(text.contains("recording channel, @\(Telegram.recorder.username)"))
        #expect(!text.contains("not-a-secret"))
        #expect(!FileManager.default.fileExists(atPath: folder.url.path))
        await telegram.stop()
    }

    @Test func `a fault is one line with a second one that says what to do, and the status is 1`() async throws {
        let telegram = try await Telegram()
        var settings = try ProgramSettings.of(folder.url, telegram)
        settings["PATH"] = ProcessInfo.processInfo.environment["PATH"]
        settings["LOG_LEVEL"] = "loud"
        settings["TELEGRAM_CHANNEL_ID"] = "-100777"
        let (status, text) = try await run(settings)

        #expect(status == 1)
        #expect(text.contains("fault    LOG_LEVEL: cannot be used as it is\n         → 'loud' is unknown"))
        #expect(text.contains("fault    recording channel, @Podcast_FOMO_bot: "))
        #expect(text.contains("warning  channel of shows, @Podcast_FOMO_bot: "))
        #expect(text.contains("Faults: 2. Warnings: 1."))
        await telegram.stop()
    }

    @Test func `a running club can be looked at`() async throws {
        let telegram = try await Telegram()
        let settings = try ProgramSettings.of(folder.url, telegram)
        let club = try Program(settings)
        try await telegram.waitForPoll()
        let (status, text) = try await run(settings)

        #expect(status == 0, "\(text)")
        #expect(text.contains("the club is run by `fomo serve`, process \(club.pid)"))
        club.send(SIGTERM)
        #expect(await club.end() == 0)
        await telegram.stop()
    }

    @Test func `offline nobody is asked`() async throws {
        let telegram = try await Telegram()
        let settings = try ProgramSettings.of(folder.url, telegram)
        await telegram.stop()
        let (status, text) = try await run(settings, "--offline")

        #expect(status == 0)
        #expect(text.contains("not asked (--offline)"))
    }

    @Test func `a proxy that is not there is told, and Telegram is not waited for`() async throws {
        let telegram = try await Telegram()
        var settings = try ProgramSettings.of(folder.url, telegram)
        settings["TELEGRAM_PROXY"] = "socks5h://me:s3cret@127.0.0.1:\(try Program.freePort())"
        let (status, text) = try await run(settings)

        #expect(status == 1)
        #expect(text.contains("fault    TELEGRAM_PROXY: nobody listens at socks5h://127.0.0.1"))
        #expect(!text.contains("s3cret"))
        await telegram.stop()
    }
}
