import Domain
import Foundation
import TestSupport
import Testing

/// Posts that make one episode together.
struct AlbumTests {
    let store: MemoryClubStore
    let clock = ManualClock()
    let library: PodcastLibrary
    let directory: MemberDirectory

    init() async throws {
        store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        directory = MemberDirectory(store: store, clock: clock, ids: ids)
        library = PodcastLibrary(store: store, directory: directory, clock: clock, ids: ids) { _, _ in "untitled" }
        try await directory.ensureOwner(Fixtures.person(1), cause: Cause(rawValue: "owner"))
    }

    @discardableResult
    private func post(
        _ message: Int64,
        _ caption: String = "",
        file: PostedFile? = nil,
        group: String? = "album",
        postedAt: Date = Fixtures.start,
        editedAfter seconds: Double? = nil,
        cause: String? = nil
    ) async throws -> Podcast {
        let post = Fixtures.recordingPost(
            message,
            caption: caption,
            file: file,
            album: group.map { Fixtures.albumID($0) },
            postedAt: postedAt,
            editedAt: seconds.map { Fixtures.start.addingTimeInterval($0) }
        )
        let cause = Cause(rawValue: cause ?? "\(message) \(seconds ?? 0)")
        return try await library.receive(post, cause: cause)
    }

    private func complete() async throws -> Podcast {
        clock.advance(by: Album.patience)
        _ = try await library.completeAlbums()
        return try #require(try await store.podcasts.find(.album(Fixtures.albumID())))
    }

    private func messages(_ podcast: Podcast) -> [Int64] {
        podcast.recordings.compactMap(\.posts.first?.message)
    }

    private func notices() -> [Notice] {
        store.storedDrafts.compactMap { draft in
            if case .notice(let notice) = draft.body, notice != .menuChanged { notice } else { nil }
        }
    }

    @Test(arguments: [[1, 2, 3], [3, 2, 1], [2, 3, 1]], [1, 2, 3])
    func `parts in any order make one episode in their order, with the words of the part that has some`(
        order: [Int],
        speaker: Int
    ) async throws {
        for number in order {
            try await post(Int64(number), number == speaker ? "Pilot\nAbout #sound" : "")
        }

        let podcast = try await complete()

        #expect(messages(podcast) == [1, 2, 3])
        #expect(podcast.title == "Pilot")
        #expect(podcast.tags == ["sound"])
        #expect(podcast.status == .published)
        #expect(try await library.count(PodcastQuery()) == 1)
        #expect(notices() == [.episodePublished(podcast.id)])
    }

    @Test func `an album is not published before it was quiet for a while`() async throws {
        try await post(1)
        clock.advance(by: .seconds(1))
        try await post(2)
        clock.advance(by: .seconds(1))

        let due = try await library.completeAlbums()

        #expect(try await library.count(PodcastQuery()) == 0)
        #expect(due == clock.now.addingTimeInterval(0.5))
        #expect(notices() == [])
        #expect(try await complete().status == .published)
        #expect(try await library.completeAlbums() == nil)
    }

    @Test func `an album that was gathering when the program ended is published after the next start`() async throws {
        try await post(1, "Pilot")
        try await post(2)
        clock.advance(by: .seconds(3_600))
        let restarted = PodcastLibrary(store: store, directory: directory, clock: clock, ids: Fixtures.ids(seed: 9)) {
            _,
            _ in "untitled"
        }

        _ = try await restarted.completeAlbums()

        #expect(try await library.count(PodcastQuery()) == 1)
    }

    @Test func `a part that comes late joins the episode, and nobody is told twice`() async throws {
        try await post(2, "Pilot")
        let podcast = try await complete()
        let late = try await post(1, postedAt: Fixtures.start.addingTimeInterval(-1))

        #expect(late.id == podcast.id)
        #expect(messages(late) == [1, 2])
        #expect(late.title == "Pilot")
        #expect(late.publishedAt == podcast.publishedAt)
        #expect(notices() == [.episodePublished(podcast.id)])
    }

    @Test func `the caption may come with a late part that was posted earlier`() async throws {
        try await post(2)
        _ = try await complete()

        let late = try await post(1, "Pilot", postedAt: Fixtures.start.addingTimeInterval(-1))

        #expect(late.title == "Pilot")
    }

    @Test func `the caption can be edited on any part, and moved to another one`() async throws {
        try await post(1, "Pilot")
        try await post(2)
        _ = try await complete()

        #expect(try await post(1, "Better", editedAfter: 60).title == "Better")
        #expect(try await post(2, "Second", editedAfter: 90).title == "Better")
        #expect(try await post(1, "", editedAfter: 120).title == "Second")
        #expect(try await post(2, "", editedAfter: 150).title == "untitled")
    }

    @Test func `an edit that was overtaken by a later one changes nothing`() async throws {
        try await post(1, "Pilot")
        try await post(2)
        try await post(1, "Later", editedAfter: 60)

        #expect(try await post(1, "Earlier", editedAfter: 30).title == "Later")
    }

    @Test func `words by hand stay when a late part joins, and give way to an edit of any part`() async throws {
        _ = try await post(1, "Title")
        let album = try await complete()
        let owner = Fixtures.member(role: .owner)
        _ = try await library.rewrite(
            .id(album.id),
            as: "Better",
            by: .member(owner),
            cause: Cause(rawValue: "rewrite")
        )

        #expect(try await post(2, "").title == "Better")
        #expect(try await post(2, "Edited", editedAfter: 150).title == "Title")
    }

    @Test func `without words the files give the title`() async throws {
        try await post(2, file: Fixtures.file("b", performer: "Band", title: "Second"))
        try await post(1, file: Fixtures.file("a", performer: "Band", title: "First"))

        #expect(try await complete().title == "Band – First")
    }

    @Test func `the same update handled twice, or by both bots, adds no part`() async throws {
        try await post(1)
        try await post(2, cause: "twice")
        try await post(2, cause: "twice")
        let podcast = try await post(2, file: Fixtures.file("file-2", bot: .recorder), cause: "other bot")

        #expect(messages(podcast) == [1, 2])
        #expect(podcast.recordings[1].fileIDs.count == 2)
    }

    @Test func `a part whose file is an episode already does not become one again`() async throws {
        let known = try await post(1, "Old", group: nil)
        try await post(10, file: Fixtures.file("file-1"))
        try await post(11, "New")

        let album = try await complete()

        #expect(album.id != known.id)
        #expect(messages(album) == [11])
        #expect(notices().contains(.episodePostedAgain(known.id)))
    }

    @Test func `two albums at once are two episodes`() async throws {
        try await post(1, "One", group: "a")
        try await post(2, "Two", group: "b")
        try await post(3, group: "a")
        try await post(4, group: "b")
        clock.advance(by: Album.patience)
        _ = try await library.completeAlbums()

        let page = try await library.list(PodcastQuery(), from: .first, limit: 9)

        #expect(page.items.map(\.title) == ["Two", "One"])
        #expect(page.items.map(messages) == [[2, 4], [1, 3]])
    }
}
