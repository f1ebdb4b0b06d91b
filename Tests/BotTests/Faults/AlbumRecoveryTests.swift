import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Albums while the store fails or the program ends between two steps. Telegram delivers an update again until it was
/// stored, and the inbox hands it out again until it was handled: here each is handled until that succeeds.
struct AlbumRecoveryTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    /// Handles an update with a store that takes so many more changes and then none; after the crash it is handled
    /// once more, as the inbox does it.
    private func handle(_ entry: InboxEntry, crashingAfter writes: Int) async throws {
        talk.club.store.crash(afterWrites: writes)
        _ = try? await talk.handle(entry)
        talk.club.store.crash(afterWrites: nil)
        _ = try await talk.handle(entry)
    }

    private func part(_ message: Int64, caption: String = "", edit: Int64? = nil) throws -> InboxEntry {
        var post: [String: Any] = ["media_group_id": "g"]
        if let edit { post["edit_date"] = Int64(Fixtures.start.timeIntervalSince1970) + message * 60 + edit }
        let kind = edit == nil ? "channel_post" : "edited_channel_post"
        return try talk.recording(message, caption: caption, post: post, update: kind)
    }

    private func complete() async throws -> Podcast {
        talk.club.clock.advance(by: Album.patience)
        _ = try await talk.club.library.completeAlbums()
        return try await talk.podcast(1)
    }

    private func published() async throws -> Int {
        try await talk.told().count { try $0.text.hasPrefix(talk.words(.episodePublished)) }
    }

    @Test(arguments: [[1, 2, 3], [3, 1, 2], [2, 3, 1]] as [[Int64]], [0, 1, 2])
    func `parts that come with a crash at each of them make one whole episode, announced once`(
        order: [Int64],
        writes: Int
    ) async throws {
        for message in order {
            try await handle(part(message, caption: message == 2 ? "Whole" : ""), crashingAfter: writes)
        }

        let podcast = try await complete()

        #expect(podcast.title == "Whole")
        #expect(podcast.recordings.flatMap(\.posts).map(\.message) == [1, 2, 3])
        #expect(try await talk.club.library.count(PodcastQuery()) == 1)
        #expect(try await published() == 1)
    }

    @Test(arguments: [0, 1])
    func `an album that could not be published at its time is published once, later`(writes: Int) async throws {
        for message in Int64(1)...2 { _ = try await talk.handle(part(message, caption: "Whole")) }
        talk.club.clock.advance(by: Album.patience)
        talk.club.store.crash(afterWrites: writes)
        _ = try? await talk.club.library.completeAlbums()
        talk.club.store.crash(afterWrites: nil)
        _ = try await talk.club.library.completeAlbums()

        #expect(try await talk.podcast(1).status == .published)
        #expect(try await published() == 1)
    }

    @Test(arguments: [0, 1, 2])
    func `the caption of any part can be edited with a crash in between`(writes: Int) async throws {
        for message in Int64(1)...3 {
            _ = try await talk.handle(part(message, caption: message == 2 ? "Before" : ""))
        }
        _ = try await complete()
        try await handle(part(2, caption: "After", edit: 10), crashingAfter: writes)

        let podcast = try await talk.podcast(3)
        #expect(podcast.title == "After")
        #expect(podcast.recordings.count == 3)
    }

    @Test(arguments: 0...6)
    func `a parting that is broken off at any step is finished, with every recording in one episode`(
        writes: Int
    ) async throws {
        for message in Int64(1)...3 { _ = try await talk.handle(part(message, caption: "Part \(message)")) }
        let album = try await complete()
        let entry = try talk.message(from: .owner, ["text": "/split \(album.id)"])
        talk.club.store.crash(afterWrites: writes)
        _ = try? await talk.handle(entry)
        talk.club.store.crash(afterWrites: nil)
        let seen = try await talk.handle(entry)
        _ = try await talk.club.library.completeAlbums()

        #expect(try seen.screen.text.contains("«Part 1»"))
        #expect(try await talk.club.library.count(PodcastQuery()) == 3)
        for message in Int64(1)...3 {
            let podcast = try await talk.podcast(message)
            #expect(podcast.recordings.flatMap(\.posts).map(\.message) == [message])
            #expect(podcast.title == "Part \(message)")
            #expect(podcast.status == .published)
        }
    }

    @Test(arguments: 0...4)
    func `a parting is finished also where nobody asks for it again`(writes: Int) async throws {
        for message in Int64(1)...3 { _ = try await talk.handle(part(message, caption: "Part \(message)")) }
        let album = try await complete()
        talk.club.store.crash(afterWrites: writes)
        _ = try? await talk.says("/split \(album.id)", .owner)
        talk.club.store.crash(afterWrites: nil)
        _ = try await talk.club.library.completeAlbums()

        let count = try await talk.club.library.count(PodcastQuery())
        #expect(count == 1 || count == 3)
        for message in Int64(1)...3 {
            let posts = try await talk.podcast(message).recordings.flatMap(\.posts).map(\.message)
            #expect(posts == (count == 1 ? [1, 2, 3] : [message]))
        }
    }
}
