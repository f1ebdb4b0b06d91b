import Foundation
import HTTPClient
import Sandbox
import TestSupport
import Testing

/// `fomo backup` and `fomo restore` as people use them, and the whole club on what was restored.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct RestoredClubTests {
    private let backups = TemporaryFolder()
    private var backup: String { backups.url.appending(path: "monday").path }

    init() throws {
        try FileManager.default.createDirectory(at: backups.url, withIntermediateDirectories: true)
    }

    /// Runs the program for the club in a data folder.
    private func run(
        _ arguments: String...,
        folder: TemporaryFolder,
        others: [String: String] = [:]
    ) async throws -> (code: Int32, text: String) {
        let settings = [
            "TELEGRAM_BOT_TOKEN": SandboxClub.botToken,
            "TELEGRAM_CHANNEL_ID": "\(SandboxClub.channelID)",
            "DATA_DIR": folder.url.path,
        ]
        let program = try Program(settings.merging(others) { _, other in other }, arguments: arguments)
        let code = await program.end()
        return (code, program.outputText() + program.errorText())
    }

    /// Runs the club in a data folder, which is free again behind it.
    private func serving<Value>(
        _ folder: TemporaryFolder,
        others: [String: String] = [:],
        _ body: (RunningClub) async throws -> Value
    ) async throws -> Value {
        let club = try await RunningClub(folder: folder, others: others)
        let value = try await body(club)
        await club.stop()
        return value
    }

    /// Asks for the newest episode's audio until its file has come from Telegram.
    private func audio(_ club: RunningClub, session: String) async throws -> Data {
        let list = try await club.json("/api/podcasts?q=пилот".addingPercentEncoding(), session: session)
        let items = try #require(list["items"] as? [[String: Any]])
        let id = try #require(items.first?["id"] as? String)
        var response = try await club.get("/api/podcasts/\(id)/audio", session: session)
        for _ in 1...200 where response.status == 409 {
            await Task.yield()
            response = try await club.get("/api/podcasts/\(id)/audio", session: session)
        }
        #expect(response.status == 200)
        return response.body
    }

    @Test func `a club that was backed up while it ran goes on elsewhere, and whoever was signed in still is`()
        async throws
    {
        let file = Recordings.voice(1)
        let club = try await RunningClub()
        try await club.telegram.post("Пилот\nО чём мы #старт", file: file)
        _ = try await club.telegram.message(to: SandboxClub.posterID) { $0.text.contains("Пилот") }
        let session = try await club.signIn(as: SandboxClub.posterID)
        #expect(try await audio(club, session: session) == file)

        let written = try await run("backup", backup, folder: club.folder)
        #expect(written.code == 0, "\(written.text)")
        await club.stop()
        let elsewhere = TemporaryFolder()
        let restored = try await run("restore", backup, folder: elsewhere)
        #expect(restored.code == 0, "\(restored.text)")

        let again = try await RunningClub(folder: elsewhere)
        #expect(try await audio(again, session: session) == file)
        try await again.telegram.say("/latest", as: SandboxClub.posterID)
        let card = try await again.telegram.message(to: SandboxClub.posterID) { $0.text.contains("Пилот") }
        #expect(card.text.contains("О чём мы"))
        await again.stop()
    }

    @Test(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"))
    func `a club moves to MongoDB and goes on there, and back`() async throws {
        let file = Recordings.voice(1)
        let folder = TemporaryFolder()
        let session = try await serving(folder) { club in
            try await club.telegram.post("Пилот", file: file)
            _ = try await club.telegram.message(to: SandboxClub.posterID) { $0.text.contains("Пилот") }
            let session = try await club.signIn(as: SandboxClub.posterID)
            #expect(try await audio(club, session: session) == file)
            return session
        }

        let server = try WireServer()
        let mongo = ["MONGO_URL": server.url, "DB_NAME": "moved"]
        let there = try await run("store", "copy", "sqlite", "mongodb", folder: folder, others: mongo)
        #expect(there.code == 0, "\(there.text)")
        try await serving(folder, others: mongo) { club in
            #expect(try await audio(club, session: session) == file)
            _ = try await club.signIn(as: SandboxClub.posterID)
        }

        for end in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(at: folder.url.appending(path: "fomo.sqlite\(end)"))
        }
        let back = try await run("store", "copy", "mongodb", "sqlite", folder: folder, others: mongo)
        #expect(back.code == 0, "\(back.text)")
        let second = backups.url.appending(path: "tuesday").path
        #expect(try await run("backup", backup, folder: folder, others: mongo).code == 0)
        #expect(try await run("backup", second, folder: folder).code == 0)
        for name in ["users", "podcasts", "auth_sessions", "inbox", "outbox", "outbox_keys"] {
            let files = try [backup, second].map { folder in
                try Data(contentsOf: URL(filePath: "\(folder)/collections/\(name).jsonl"))
            }
            #expect(files[0] == files[1], "\(name)")
        }
    }

    @Test func `a wrong place gets one line, and nothing is made there`() async throws {
        let empty = TemporaryFolder()
        let nothing = try await run("backup", backup, folder: empty)
        #expect(nothing.code == 1)
        #expect(nothing.text.hasPrefix("fomo: SQLite, "))
        #expect(nothing.text.split(separator: "\n").count == 1)
        #expect(!FileManager.default.fileExists(atPath: empty.url.path))
        #expect(!FileManager.default.fileExists(atPath: backup))

        let none = try await run("restore", backup, folder: empty)
        #expect(none.code == 1)
        #expect(none.text == "fomo: '\(backup)' is no backup: it has no manifest.json.\n")
        #expect(!FileManager.default.fileExists(atPath: empty.url.path))

        let copy = try await run("store", "copy", "sqlite", "mongodb", folder: empty)
        #expect(copy.code == 78)
        #expect(copy.text.hasPrefix("fomo: MONGO_URL"))
        let same = try await run("store", "copy", "sqlite", "sqlite", folder: empty)
        #expect(same.code == 64)
        #expect(!FileManager.default.fileExists(atPath: empty.url.path))
    }

    @Test func `nothing is restored into the folder of a club that runs`() async throws {
        let club = try await RunningClub()
        let written = try await run("backup", backup, folder: club.folder)
        #expect(written.code == 0, "\(written.text)")
        let restored = try await run("restore", backup, folder: club.folder)
        #expect(restored.code == 78)
        #expect(restored.text.contains("another fomo works with"))
        await club.stop()
    }
}

extension String {
    /// For a path with a query: what is not ASCII is written as %XX.
    fileprivate func addingPercentEncoding() throws -> String {
        try #require(addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed))
    }
}
