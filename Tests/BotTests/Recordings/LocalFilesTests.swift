import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Files of a Bot API server of one's own, on the same disk.
struct LocalFilesTests {
    /// A folder that is gone when the test is over.
    final class Place: Sendable {
        let url: URL

        init() throws {
            let temporary = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            url = temporary.appending(path: "local-files-\(UUID())")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }

        deinit {
            try? FileManager.default.removeItem(at: url)
        }

        @discardableResult
        func write(_ path: String, _ content: String) throws -> URL {
            let file = url.appending(path: path)
            let folder = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(content.utf8).write(to: file)
            return file
        }

        func inode(_ path: String) throws -> Int {
            let facts = try FileManager.default.attributesOfItem(atPath: url.appending(path: path).path)
            return try #require(facts[.systemFileNumber] as? Int)
        }
    }

    let place: Place

    init() throws {
        place = try Place()
    }

    private func take(_ path: String, folder: String? = "files") async throws -> Int64 {
        let files = LocalFiles(folder: folder.map { place.url.appending(path: $0) })
        return try await files.take(path, to: place.url.appending(path: "target"))
    }

    private func target() throws -> String {
        String(decoding: try Data(contentsOf: place.url.appending(path: "target")), as: UTF8.self)
    }

    @Test(arguments: [
        "/var/lib/telegram-bot-api/42:secret/music/file_0.mp3", "/42:secret/music/file_0.mp3", "/srv/music/file_0.mp3",
    ])
    func `the server's path is looked for below the folder, whatever the server calls it`(path: String) async throws {
        let bot = path.contains("secret") ? "42:secret/" : ""
        try place.write("files/\(bot)music/file_0.mp3", "sound")
        try place.write("target", "what was there before")

        #expect(try await take(path) == 5)
        #expect(try target() == "sound")
    }

    @Test func `a path that is below the folder already is used as it is`() async throws {
        let file = try place.write("files/42/file_0.mp3", "sound")

        #expect(try await take(file.path) == 5)
        #expect(try target() == "sound")
    }

    @Test func `on one disk the file is linked, not copied`() async throws {
        try place.write("files/file_0.mp3", "sound")
        _ = try await take("/x/file_0.mp3")

        #expect(try place.inode("target") == place.inode("files/file_0.mp3"))
    }

    @Test func `from another disk the kernel copies it`() async throws {
        // The system's memory disk; there is none on every machine.
        let other = URL(filePath: "/dev/shm/local-files-\(UUID())")
        let content = String(repeating: "sound", count: 100_000)
        try #require(FileManager.default.createFile(atPath: other.path, contents: Data(content.utf8)))
        defer { try? FileManager.default.removeItem(at: other) }

        #expect(try await take(other.path, folder: nil) == Int64(content.utf8.count))
        #expect(try target() == content)
    }

    @Test func `paths that leave the folder are refused`() async throws {
        let secret = try place.write("secret", "secret")
        try place.write("files/file_0.mp3", "sound")
        try FileManager.default.createSymbolicLink(
            at: place.url.appending(path: "files/link.mp3"),
            withDestinationURL: secret
        )
        for path in ["/x/../secret", "/x/link.mp3", "relative/file_0.mp3", "/", ""] {
            await #expect(throws: LocalFiles.Fault.outside, "\(path)") { _ = try await take(path) }
        }
        await #expect(throws: LocalFiles.Fault.unreadable(ENOENT)) { _ = try await take(secret.path) }
        #expect(!FileManager.default.fileExists(atPath: place.url.appending(path: "target").path))
    }

    @Test func `what is not there, or no file, is said`() async throws {
        try place.write("files/folder/file", "x")

        await #expect(throws: LocalFiles.Fault.unreadable(ENOENT)) { _ = try await take("/x/gone.mp3") }
        await #expect(throws: LocalFiles.Fault.unreadable(EISDIR)) { _ = try await take("/x/folder") }
    }

    @Test func `a folder that is away or not mounted is no fault of the file`() async throws {
        let empty = place.url.appending(path: "empty")
        try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
        let lost = place.url.appending(path: "gone/music/file_0.mp3").path

        for (path, folder) in [("/x/y.mp3", "nowhere"), ("/x/y.mp3", "empty"), (lost, nil)] {
            do {
                _ = try await take(path, folder: folder)
                Issue.record("taken from \(folder ?? "nowhere")")
            } catch let fault as LocalFiles.Fault {
                #expect(!fault.isOfTheFile, "\(folder ?? "none")")
            }
        }
    }

    // MARK: The fetcher with a server of one's own

    private func stage(_ folder: String? = "files") async throws -> FetchingStage {
        try await FetchingStage(access: .ownServer(folder: folder.map { place.url.appending(path: $0) }))
    }

    @Test func `a recording beyond Telegram's limit is taken whole from a server of one's own`() async throws {
        let stage = try await stage()
        try place.write("files/42/music/file_0.mp3", "a long talk")
        stage.scriptLocation("/srv/bot/42/music/file_0.mp3")
        try await stage.fetching {
            try await stage.post(bytes: nil)
            await stage.pass(.seconds(1))
        }

        try await stage.expect(stage.stored("a long talk"))
        #expect(stage.telegram.downloads.calls.isEmpty)
    }

    @Test func `a size beyond Telegram's limit does not keep it from asking a server of one's own`() async throws {
        let stage = try await stage()
        try place.write("files/file_0.mp3", "short")
        stage.scriptLocation("/x/file_0.mp3", bytes: 5)
        try await stage.fetching {
            try await stage.post(bytes: FileSource.cloudLimit + 1)
            await stage.pass(.seconds(1))
        }

        try await stage.expect(stage.stored("short"))
    }

    @Test func `a server of one's own without --local hands files out over the network`() async throws {
        let stage = try await stage()
        stage.scriptLocation("music/file_0.mp3")
        stage.telegram.downloads.script(.file("sound"))
        try await stage.fetching {
            try await stage.post()
            await stage.pass(.seconds(1))
        }

        try await stage.expect(stage.stored("sound"))
    }

    @Test func `a recording waits as long as the server's folder is away, and comes when it is back`() async throws {
        let stage = try await stage()
        stage.scriptLocation("/x/file_0.mp3", times: 9)
        try await stage.fetching {
            try await stage.post()
            for _ in 1...8 { await stage.pass(FetchingStage.longPause) }
            try await stage.expect(.awaited)
            let told = try await stage.toldOfFiles()
            #expect(told.isEmpty)
            try place.write("files/file_0.mp3", "sound")
            await stage.pass(FetchingStage.longPause)
        }

        try await stage.expect(stage.stored("sound"))
        #expect(stage.lines.all.count { $0.hasPrefix("The folder of the local") } == 2)
    }

    @Test func `with a server of one's own, recordings that were too large are fetched, once`() async throws {
        let stage = try await stage()
        for number in Int64(1)...2 {
            try await stage.talk.change(stage.post(number)) { $0.recordings[0].media = .messengerOnly(.tooLarge) }
        }
        try place.write("files/file_0.mp3", "sound")
        stage.scriptLocation("/x/file_0.mp3")
        stage.telegram.script("getFile", .refusal(400, "Bad Request: file is too big"))

        try await stage.fetching { await stage.pass(FetchingStage.longPause) }
        // Both are asked for at the same time: either may get the answer.
        let found = [try await stage.media(1), try await stage.media(2)]
        #expect(found.contains(stage.stored("sound")) && found.contains(.messengerOnly(.tooLarge)))
        try await stage.fetching { await stage.pass(FetchingStage.longPause) }

        #expect(stage.asked.count == 2)
    }

    @Test func `what is too large for a server of one's own is left`() async throws {
        let stage = try await stage()
        try await stage.talk.change(stage.post(bytes: FileSource.ownLimit + 1)) {
            $0.recordings[0].media = .messengerOnly(.tooLarge)
        }
        try await stage.fetching { await stage.pass(FetchingStage.longPause) }

        #expect(stage.asked.isEmpty)
        try await stage.expect(.messengerOnly(.tooLarge))
    }

    @Test func `a file that cannot be read here is told after some tries, and posting it again heals it`() async throws
    {
        let stage = try await stage()
        try place.write("files/another.mp3", "another")
        stage.scriptLocation("/x/file_0.mp3", times: 6)
        try await stage.fetching {
            try await stage.post(file: "lost")
            for _ in 1...5 { await stage.pass(FetchingStage.longPause) }
            try await stage.expect(.messengerOnly(.unreadable))
            let told = try await stage.talk.told().map { try $0.text }
            #expect(told.contains { $0.contains("TELEGRAM_FILES_DIR") })
            try place.write("files/file_0.mp3", "sound")
            try await stage.post(2, file: "lost")
            await stage.pass(.seconds(1))
        }

        try await stage.expect(stage.stored("sound"))
    }
}
