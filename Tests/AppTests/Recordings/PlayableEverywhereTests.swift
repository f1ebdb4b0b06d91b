import Foundation
import Glibc
import HTTPClient
import Sandbox
import Testing

@testable import App

/// The whole program with the real ffmpeg.
@Suite(.timeLimit(.minutes(3)), .serialized)
struct PlayableEverywhereTests {
    private let path = ProcessInfo.processInfo.environment["PATH"] ?? ""

    /// Asks until the answer is as wanted, at most 60 seconds.
    private func wait<Value>(for what: String, _ ask: () async throws -> Value?) async throws -> Value {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if let value = try await ask() { return value }
            await Task.yield()
        }
        Issue.record("\(what) did not come")
        throw CocoaError(.fileNoSuchFile)
    }

    /// The only recording of the club's only episode, once `isWanted`.
    private func recording(
        _ club: RunningClub,
        _ session: String,
        where isWanted: ([String: Any]) -> Bool
    ) async throws -> [String: Any] {
        try await wait(for: "the recording") {
            let list = try await club.json("/api/podcasts", session: session)
            guard let id = (list["items"] as? [[String: Any]])?.first?["id"] as? String else { return nil }
            let podcast = try await club.json("/api/podcasts/\(id)", session: session)
            return (podcast["recordings"] as? [[String: Any]])?.first.flatMap { isWanted($0) ? $0 : nil }
        }
    }

    @Test func `a voice note is AAC on the site, with its true length and a waveform, and the original is kept`()
        async throws
    {
        let club = try await RunningClub(others: ["PATH": path])
        let session = try await club.signIn(as: SandboxClub.posterID)
        let voice = Recordings.voice(1)
        try await club.telegram.post("Голос", file: voice)
        let seen = try await recording(club, session) { $0["waveform"] != nil }

        #expect((seen["waveform"] as? [Int])?.count == 200)
        #expect(seen["audio_media_type"] as? String == "audio/mp4")
        #expect(seen["media_type"] as? String == "audio/ogg")
        #expect(try #require(seen["duration_seconds"] as? Double) < 0.1)
        let copy = try await club.get(try #require(seen["audio_url"] as? String))
        #expect(copy.status == 200)
        #expect(copy.headers["content-type"] == "audio/mp4")
        #expect(copy.body.dropFirst(4).prefix(4) == Data("ftyp".utf8))
        let original = try await club.get(try #require(seen["original_url"] as? String))
        #expect(original.headers["content-type"] == "audio/ogg")
        #expect(original.body == voice)
        #expect(original.headers["etag"] != copy.headers["etag"])
        await club.stop()
    }

    @Test func `text that is named like a recording is refused, and the poster is told`() async throws {
        let club = try await RunningClub(others: ["PATH": path])
        try await club.telegram.post("Не звук", file: Data("These are only words.\n".utf8))
        let notice = try await club.telegram.message(to: SandboxClub.posterID) { $0.text.contains("нет звука") }
        #expect(notice.text.contains("Не звук"))
        let session = try await club.signIn(as: SandboxClub.posterID)
        let seen = try await recording(club, session) { $0["availability"] as? String == "messenger_only" }
        #expect(seen["messenger_only_reason"] as? String == "not_sound")
        await club.stop()
    }

    @Test func `killed while a copy is made, the program makes it after its next start`() async throws {
        let folder = TemporaryFolder()
        let tools = TemporaryFolder()
        let telegram = try await Telegram()
        let hanging = tools.url.appending(path: "ffmpeg")
        try FileManager.default.createDirectory(at: tools.url, withIntermediateDirectories: true)
        // Writes the beginning of a copy, and stays.
        let lines = "#!/bin/sh\necho $$ > '\(tools.url.path)/pid'\nprintf '\\0\\0'\nexec sleep 600\n"
        try Data(lines.utf8).write(to: hanging)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: hanging.path)
        var settings = try ProgramSettings.of(folder.url, telegram)
        settings["PATH"] = "\(tools.url.path):\(path)"
        let killed = try Program(settings)
        try await telegram.waitForPoll()
        try await telegram.post("Голос", file: Recordings.voice(1))
        let pid = try await wait(for: "ffmpeg") {
            let text = try? String(contentsOf: tools.url.appending(path: "pid"), encoding: .utf8)
            return text.flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
        killed.send(SIGKILL)
        #expect(await killed.end() == -SIGKILL)
        kill(pid, SIGKILL)
        await telegram.stop()

        let club = try await RunningClub(folder: folder, others: ["PATH": path])
        let session = try await club.signIn(as: SandboxClub.posterID)
        let seen = try await recording(club, session) { $0["waveform"] != nil }
        let copy = try await club.get(try #require(seen["audio_url"] as? String))
        #expect(copy.headers["content-type"] == "audio/mp4")
        await club.stop()
    }

    @Test func `without ffmpeg the original is served, and the log says so once`() async throws {
        let folder = TemporaryFolder()
        let telegram = try await Telegram()
        var settings = try ProgramSettings.of(folder.url, telegram)
        settings["LOG_LEVEL"] = "warning"
        settings["PATH"] = "/nowhere"
        let program = try Program(settings)
        try await telegram.waitForPoll()
        try await telegram.post("Голос", file: Recordings.voice(1))
        _ = try await telegram.message(to: SandboxClub.posterID) { $0.text.contains("Голос") }
        program.send(SIGTERM)
        #expect(await program.end() == 0)
        let lines = program.errorText().split(separator: "\n").filter {
            $0.contains("Recordings are served as they were posted")
        }
        #expect(lines.count == 1)
        #expect(lines.first?.contains("apt-get install") == true)
        await telegram.stop()
    }
}
