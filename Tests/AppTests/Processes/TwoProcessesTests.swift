import Foundation
import Glibc
import Sandbox
import TestSupport
import Testing

/// `fomo serve --no-recorder` and `fomo recorder`, two processes on one store.
@Suite(.timeLimit(.minutes(5)), .serialized)
struct TwoProcessesTests {
    let folder = TemporaryFolder()
    let owner = SandboxClub.posterID

    /// A stand-in with both bots, and the settings of both processes.
    private func stage() async throws -> (Telegram, backend: [String: String], recorder: [String: String]) {
        let telegram = try await Telegram(bots: [.club, Telegram.recorder])
        let settings = try ProgramSettings.of(folder.url, telegram, recorder: true)
        return (telegram, settings, ProgramSettings.ofRecorder(settings))
    }

    private func backend(_ settings: [String: String]) throws -> Program {
        try Program(settings, arguments: ["serve", "--no-recorder"])
    }

    private func recorder(_ settings: [String: String]) throws -> Program {
        try Program(settings, arguments: ["recorder"])
    }

    private func expectCleanEnd(of programs: Program...) async {
        for program in programs { program.send(SIGTERM) }
        for program in programs {
            #expect(await program.end() == 0, "\(program.errorText())")
        }
    }

    /// What both do together: a post that only the recording bot sees is an episode of which the club's bot tells.
    private func expectWorkTogether(_ telegram: Telegram) async throws {
        try await telegram.waitForPoll()
        try await telegram.waitForPoll(of: Telegram.recorderID)
        try await telegram.setStanding(of: SandboxClub.botID, "left")
        try await telegram.post("Ночной поезд", file: Recordings.voice(1))
        let notice = try await telegram.message(to: owner) { $0.text.contains("Ночной поезд") }
        #expect(notice.text.contains("Опубликован выпуск"))
        #expect(try await telegram.callers(of: "getFile", count: 1) == [Telegram.recorderID])

        // Each answers for itself.
        try await telegram.say("привет", as: owner, to: Telegram.recorderID)
        let answer = try await telegram.message(to: owner, from: Telegram.recorderID) { _ in true }
        #expect(answer.text.contains("только"), "\(answer.text)")
        try await telegram.say("/library", as: owner)
        _ = try await telegram.message(to: owner) { $0.text.contains("Библиотека") }
    }

    @Test func `on one SQLite file each does its own part, and both stop cleanly`() async throws {
        let (telegram, settings, recorderSettings) = try await stage()
        let backend = try backend(settings)
        let recorder = try recorder(recorderSettings)

        try await expectWorkTogether(telegram)

        await expectCleanEnd(of: backend, recorder)
        await telegram.stop()
    }

    @Test(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"))
    func `on MongoDB each does its own part, and both stop cleanly`() async throws {
        let server = try WireServer()
        let (telegram, settings, recorderSettings) = try await stage()
        let backend = try backend(settings.merging(["MONGO_URL": server.url]) { $1 })
        let recorder = try recorder(recorderSettings.merging(["MONGO_URL": server.url]) { $1 })

        try await expectWorkTogether(telegram)

        await expectCleanEnd(of: backend, recorder)
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "fomo.sqlite").path))
        await telegram.stop()
        withExtendedLifetime(server) {}
    }

    @Test func `either may be killed at any moment, and nothing is lost or doubled`() async throws {
        let (telegram, settings, recorderSettings) = try await stage()
        var both = (backend: try backend(settings), recorder: try recorder(recorderSettings))
        let rounds = 6

        for round in 0..<rounds {
            try await telegram.waitForPoll()
            try await telegram.waitForPoll(of: Telegram.recorderID)
            try await telegram.post("выпуск\(round)", file: Recordings.voice(round))
            try await telegram.say("/search слово\(round)", as: owner)
            try await telegram.waitForCalls(round)
            if round.isMultiple(of: 2) {
                both.recorder.send(SIGKILL)
                #expect(await both.recorder.end() == -SIGKILL)
                both.recorder = try recorder(recorderSettings)
            } else {
                both.backend.send(SIGKILL)
                #expect(await both.backend.end() == -SIGKILL)
                both.backend = try backend(settings)
            }
        }

        for round in 0..<rounds {
            _ = try await telegram.message(to: owner) { $0.text.contains("«слово\(round)»") }
            _ = try await telegram.message(to: owner) {
                $0.text.contains("Опубликован") && $0.text.contains("выпуск\(round)")
            }
        }
        try await telegram.say("/library", as: owner)
        let library = try await telegram.message(to: owner) { $0.text.contains("Библиотека") }
        #expect(library.text.contains("· \(rounds) "), "\(library.text.prefix(80))")
        await expectCleanEnd(of: both.backend, both.recorder)
        await telegram.stop()
    }

    @Test func `a club that runs the recording bot itself leaves no place for a second one`() async throws {
        let (telegram, settings, recorderSettings) = try await stage()
        let everything = try Program(settings)
        try await telegram.waitForPoll(of: Telegram.recorderID)

        let second = try recorder(recorderSettings)

        #expect(await second.end() == 78)
        let text = second.errorText()
        #expect(text.contains("`fomo serve`, process \(everything.pid)") && text.contains("--no-recorder"))
        await expectCleanEnd(of: everything)
        await telegram.stop()
    }

    @Test func `without a token of its own there is no recording bot to run or to leave out`() async throws {
        let telegram = try await Telegram()
        let settings = try ProgramSettings.of(folder.url, telegram)
        let alone = try recorder(settings)
        #expect(await alone.end() == 78)
        #expect(alone.errorText().hasPrefix("fomo: TELEGRAM_RECORDING_BOT_TOKEN: it is missing"))

        let backend = try backend(settings)
        try await telegram.waitForPoll()
        await expectCleanEnd(of: backend)
        #expect(backend.outputText().contains("There is no recording bot to leave out"))
        await telegram.stop()
    }
}
