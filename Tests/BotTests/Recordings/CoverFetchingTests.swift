import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// The picture of an episode, on its way from Telegram.
struct CoverFetchingTests {
    let stage: FetchingStage

    init() async throws {
        stage = try await FetchingStage()
    }

    /// An episode whose recording is here, with a cover that is not.
    private func episode() async throws -> Podcast {
        let podcast = try await stage.post()
        return try await stage.talk.change(podcast) { podcast in
            podcast.recordings[0].media = .messengerOnly(.tooLarge)
            podcast.cover = Cover(
                fileUniqueID: FileUniqueID(rawValue: "photo"),
                fileID: "photo-for-club",
                bot: .club,
                announcedBytes: nil
            )
        }
    }

    private func fetch(_ content: String) async throws -> Recording.Media? {
        let podcast = try await episode()
        stage.scriptLocation("photos/file_0.jpg")
        stage.telegram.downloads.script(.file(content))
        try await stage.fetching { await stage.pass(.seconds(1)) }
        return try await stage.talk.club.library.find(.id(podcast.id))?.cover?.media
    }

    @Test(arguments: [([0xFF, 0xD8, 0xFF, 0xE0], true), ([0x89, 0x50, 0x4E, 0x47], false), ([], false)])
    func `a cover is a JPEG picture, a recording may be anything`(bytes: [UInt8], isPicture: Bool) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "cover-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        let id = FileUniqueID(rawValue: "photo")
        let cover = AwaitedFile(subject: .cover(PodcastID(rawValue: "p")), file: id, fileID: "f")
        let recording = AwaitedFile(subject: .recording(RecordingID(rawValue: "r")), file: id, fileID: "f")

        #expect(try cover.isWhatItShouldBe(file) == isPicture)
        #expect(try recording.isWhatItShouldBe(file))
    }

    @Test func `what is no picture is not kept as a cover`() async throws {
        #expect(try await fetch("<script>") == .messengerOnly(.damaged))
        #expect(stage.telegram.calls.first?.parameter("file_id") == "photo-for-club")
    }
}
