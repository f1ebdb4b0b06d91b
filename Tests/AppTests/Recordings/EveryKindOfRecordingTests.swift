import Foundation
import HTTPClient
import Sandbox
import Testing

/// Every kind of recording, from the post to the site, by the whole program.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct EveryKindOfRecordingTests {
    let poster = SandboxClub.posterID

    /// The only episode of the club, as the site shows it, once it is as wanted; asked for at most 60 seconds.
    private func episode(
        _ club: RunningClub,
        where isWanted: ([[String: Any]]) -> Bool
    ) async throws -> [String: Any] {
        let session = try await club.signIn(as: poster)
        let end = ContinuousClock.now + .seconds(60)
        var last: [String: Any] = [:]
        while ContinuousClock.now < end {
            let list = try await club.json("/api/podcasts", session: session)
            let items = list["items"] as? [[String: Any]] ?? []
            if items.count == 1, let id = items[0]["id"] as? String {
                last = try await club.json("/api/podcasts/\(id)", session: session)
                if isWanted(last["recordings"] as? [[String: Any]] ?? []) { return last }
            }
            await Task.yield()
        }
        Issue.record("the episode did not become what it should: \(last)")
        return last
    }

    private func isFetched(_ recordings: [[String: Any]], _ count: Int) -> Bool {
        recordings.count == count && recordings.allSatisfy { $0["original_url"] is String }
    }

    @Test func `an album with its caption on the second part is one episode, in the order of its parts`() async throws {
        let club = try await RunningClub()
        let files = (1...3).map { Recordings.voice($0) }
        try await club.telegram.postAlbum(
            [("", files[0]), ("Большой разговор\nВ трёх частях #долго", files[1]), ("", files[2])],
            order: [2, 0, 1]
        )
        let notice = try await club.telegram.message(to: poster) { $0.text.contains("Опубликован выпуск") }
        #expect(notice.text.contains("Большой разговор"))

        let episode = try await episode(club) { isFetched($0, 3) }
        #expect(episode["title"] as? String == "Большой разговор")
        let recordings = try #require(episode["recordings"] as? [[String: Any]])
        for (recording, file) in zip(recordings, files) {
            let original = try await club.get(try #require(recording["original_url"] as? String))
            #expect(original.body == file)
        }
        await club.stop()
    }

    @Test(arguments: [("video_note", "sendVideoNote"), ("video", "sendVideo")])
    func `a video is an episode that is played as a video`(kind: String, method: String) async throws {
        let club = try await RunningClub()
        let bytes = Data("\0\0\0\u{18}ftypmp42".utf8) + Recordings.voice(1)
        try await club.telegram.post(
            kind: kind,
            kind == "video" ? "Кино" : "",
            type: "video/mp4",
            content: .bytes(bytes, fileName: "a.mp4", contentType: "video/mp4")
        )
        _ = try await club.telegram.message(to: poster) { $0.text.contains("Опубликован выпуск") }
        let episode = try await episode(club) { isFetched($0, 1) }
        let recordings = try #require(episode["recordings"] as? [[String: Any]])
        let original = try await club.get(try #require(recordings.first?["original_url"] as? String))
        #expect(original.body == bytes)

        try await club.telegram.say("/latest", as: poster)
        let card = try await club.telegram.message(to: poster) {
            $0.buttons["▶️ Слушать"] != nil && !$0.text.contains("Опубликован выпуск")
        }
        try await club.telegram.tap("▶️ Слушать", under: card, as: poster)
        #expect(try await club.telegram.callers(of: method, count: 1) == [SandboxClub.botID])
        await club.stop()
    }

    @Test func `the admins' chat has one card, from received to unpublished, also as a supergroup`() async throws {
        let club = try await RunningClub()
        let telegram = club.telegram
        let group = try await telegram.makeGroup("Редакция")
        try await telegram.say("/adminschat", as: poster, to: group)
        _ = try await telegram.message(to: poster, from: group) { _ in true }
        // The file waits for Telegram, so that each state is seen.
        try await telegram.disturb(["kind": "html502", "method": "getFile", "count": "all"])
        try await telegram.post("Пилот", file: Recordings.voice(1))
        let card = try await telegram.message(to: poster, from: group) { $0.text.contains("забираю файл") }
        #expect(card.text.contains("Пилот") && card.text.contains("Опубликован"))
        _ = try await telegram.call(.delete, "/sandbox/faults")
        let fetched = try await telegram.message(to: poster, from: group) { $0.text.contains("Файл на месте") }
        #expect(fetched.id == card.id)
        try await telegram.tap("🙈 Снять", under: fetched, in: group, as: poster)
        let gone = try await telegram.message(to: poster, from: group) { $0.text.contains("Снят с публикации") }
        #expect(gone.id == card.id)

        let supergroup = try await telegram.migrate(group)
        try await telegram.post("Второй", file: Recordings.voice(2))
        let second = try await telegram.message(to: poster, from: supergroup) { $0.text.contains("Второй") }
        #expect(second.text.contains("Опубликован"))
        await club.stop()
    }

    // MARK: Large files

    /// A file of 21 MiB that takes no room on the disk.
    private func largeFile(in folder: TemporaryFolder) throws -> URL {
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        let file = folder.url.appending(path: "large.mp3")
        try Data("ID3".utf8).write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: 21 << 20)
        try handle.close()
        return file
    }

    private func postLarge(_ club: RunningClub, _ folder: TemporaryFolder) async throws {
        try await club.telegram.post(
            kind: "audio",
            "Длинный",
            type: "audio/mpeg",
            content: .file(try largeFile(in: folder), fileName: "large.mp3", contentType: "audio/mpeg")
        )
    }

    /// The regular files below a folder that have a size, by how many names they have.
    private func names(of size: Int, below folder: URL) throws -> [Int] {
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return try paths.compactMap { path in
            let facts = try FileManager.default.attributesOfItem(atPath: folder.appending(path: path).path)
            guard facts[.type] as? FileAttributeType == .typeRegular, facts[.size] as? Int == size else { return nil }
            return facts[.referenceCount] as? Int
        }
    }

    @Test func `from a server of one's own a file over 20 MiB is linked, and heard on the site`() async throws {
        let (upload, shared) = (TemporaryFolder(), TemporaryFolder())
        let club = try await RunningClub(localFiles: shared.url)
        try await postLarge(club, upload)
        let episode = try await episode(club) { isFetched($0, 1) }

        let recording = try #require((episode["recordings"] as? [[String: Any]])?.first)
        let part = try await club.get(try #require(recording["original_url"] as? String), range: "bytes=0-2")
        #expect(part.body == Data("ID3".utf8))
        #expect(part.headers["content-range"] == "bytes 0-2/\(21 << 20)")
        // The same bytes have a name in the server's folder and one in the club's: nothing was copied.
        let links = try names(of: 21 << 20, below: club.folder.url)
        #expect(links.count == 1)
        #expect(try #require(links.first) >= 2)
        await club.stop()
    }

    @Test func `without one it is published at once, heard in Telegram, and the poster is told what fits`() async throws
    {
        let upload = TemporaryFolder()
        let club = try await RunningClub()
        try await postLarge(club, upload)
        let notice = try await club.telegram.message(to: poster) { $0.text.contains("20 МБ") }
        #expect(notice.text.contains("Длинный"))
        let episode = try await episode(club) { $0.first?["messenger_only_reason"] as? String == "too_large" }
        #expect(episode["title"] as? String == "Длинный")

        try await club.telegram.say("/latest", as: poster)
        let card = try await club.telegram.message(to: poster) {
            $0.buttons["▶️ Слушать"] != nil && !$0.text.contains("Опубликован выпуск") && !$0.text.contains("20 МБ")
        }
        try await club.telegram.tap("▶️ Слушать", under: card, as: poster)
        #expect(try await club.telegram.callers(of: "sendAudio", count: 1) == [SandboxClub.botID])
        await club.stop()
    }
}
