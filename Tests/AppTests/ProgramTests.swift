import Foundation
import Glibc
import Sandbox
import Testing

@testable import App

/// The program as a process: how it starts, stops, and survives being killed.
@Suite(.timeLimit(.minutes(4)), .serialized)
struct ProgramTests {
    let folder = TemporaryFolder()

    private func settings(_ telegram: Telegram) throws -> [String: String] {
        try ProgramSettings.of(folder.url, telegram)
    }

    @Test(arguments: [
        (["PORT": "nonsense"], "PORT"),
        (["MONGO_URL": "mongodb://127.0.0.1"], "MONGO_URL"),
        (["REDIS_URL": "redis://127.0.0.1"], "REDIS_URL"),
        (["TELEGRAM_BOT_TOKEN": "4242:secret-text"], "TELEGRAM_CHANNEL_ID"),
        (["RESOURCES_DIR": "/nowhere"], "RESOURCES_DIR"),
    ])
    func `a wrong setting gets one clear line and a non-zero exit`(
        settings: [String: String],
        name: String
    ) async throws {
        let program = try Program(settings)

        #expect(await program.end() == 78)
        let lines = program.errorText().split(separator: "\n")
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("fomo: \(name)") == true)
        #expect(lines.first?.contains("secret-text") == false)
    }

    @Test func `it tells its version`() async throws {
        let program = try Program([:], arguments: ["--version"])

        #expect(await program.end() == 0)
        #expect(program.outputText() == "\(Version.current)\n")
    }

    @Test func `a database that is none is named and left as it is`() async throws {
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        let file = folder.url.appending(path: "fomo.sqlite")
        try Data("not a database, and nobody shall overwrite it".utf8).write(to: file)
        let telegram = try await Telegram()
        let program = try Program(settings(telegram))

        #expect(await program.end() == 78)
        #expect(program.errorText().contains("fomo.sqlite' is no database of this program"))
        #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix("not a database"))
        await telegram.stop()
    }

    @Test func `what it keeps is for its own user only`() async throws {
        let telegram = try await Telegram()
        let program = try Program(settings(telegram))
        try await telegram.waitForPoll()
        program.send(SIGTERM)
        #expect(await program.end() == 0)

        for name in ["fomo.sqlite", "jwt-secret", "media"] {
            let path = folder.url.appending(path: name).path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode.map { $0 & 0o077 } == 0, "\(name)")
        }
        await telegram.stop()
    }

    @Test func `a port that is taken is named`() async throws {
        let telegram = try await Telegram()
        var settings = try settings(telegram)
        let port = try #require(telegram.address.port)
        settings["PORT"] = "\(port)"
        let program = try Program(settings)

        #expect(await program.end() == 78)
        #expect(program.errorText().contains("PORT: \(port) is used by another program"))
        await telegram.stop()
    }

    @Test func `SIGTERM ends it cleanly, and a second start on the same folder is refused meanwhile`() async throws {
        let telegram = try await Telegram()
        let settings = try settings(telegram)
        let program = try Program(settings)
        try await telegram.waitForPoll()

        let second = try Program(settings)
        #expect(await second.end() == 78)
        #expect(second.errorText().contains("another fomo"))

        program.send(SIGTERM)
        #expect(await program.end() == 0)
        await telegram.stop()
    }

    @Test func `killed at random while posts and commands come in, it loses and doubles nothing`() async throws {
        let telegram = try await Telegram()
        let settings = try settings(telegram)
        let kills = 6
        let perRound = 4
        var random = SystemRandomNumberGenerator()
        try await telegram.say("/start", as: SandboxClub.posterID)

        for round in 0..<kills {
            let program = try Program(settings)
            try await telegram.waitForPoll()
            for number in 0..<perRound {
                try await telegram.post("выпуск\(round)x\(number)", file: Recordings.voice(round * perRound + number))
                try await telegram.say("/search слово\(round)x\(number)", as: SandboxClub.posterID)
            }
            try await telegram.waitForCalls(Int.random(in: 0...(perRound * 2), using: &random))
            program.send(SIGKILL)
            #expect(await program.end() == -SIGKILL)
        }

        let program = try Program(settings)
        for round in 0..<kills {
            for number in 0..<perRound {
                _ = try await telegram.message(to: SandboxClub.posterID) {
                    $0.text.contains("«слово\(round)x\(number)»")
                }
                _ = try await telegram.message(to: SandboxClub.posterID) {
                    $0.text.contains("Опубликован") && $0.text.contains("выпуск\(round)x\(number)")
                }
            }
        }
        try await telegram.say("/library", as: SandboxClub.posterID)
        let library = try await telegram.message(to: SandboxClub.posterID) { $0.text.contains("Библиотека") }
        #expect(library.text.contains("· \(kills * perRound) "), "\(library.text.prefix(80))")

        // At most the sends in flight at each kill were repeated: one a conversation, and there is one.
        let answers = try await telegram.messages(to: SandboxClub.posterID).map(\.text)
        let repeated = Dictionary(grouping: answers.filter { $0.contains("x") }, by: { $0 }).values
            .reduce(0) { $0 + $1.count - 1 }
        #expect(repeated <= kills)
        program.send(SIGTERM)
        #expect(await program.end() == 0)
        await telegram.stop()
    }
}
