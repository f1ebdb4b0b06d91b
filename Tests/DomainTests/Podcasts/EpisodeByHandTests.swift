import Domain
import Foundation
import TestSupport
import Testing

/// What people do to episodes by hand: what is written down about it, and how long their words stay.
struct EpisodeByHandTests {
    let store: MemoryClubStore
    let clock = ManualClock()
    let library: PodcastLibrary

    init() {
        store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        let directory = MemberDirectory(store: store, clock: clock, ids: ids)
        library = PodcastLibrary(store: store, directory: directory, clock: clock, ids: ids) { _, _ in "Untitled" }
    }

    private func cause(_ text: String) -> Cause { Cause(rawValue: text) }

    @Test func `who did what to an episode is written down once, what changed nothing is not`() async throws {
        let admin = Fixtures.member(role: .admin)
        let id = try await library.receive(Fixtures.recordingPost(7), cause: cause("1")).id
        let key = Podcast.Key.id(id)
        let cover = Cover(fileUniqueID: FileUniqueID(rawValue: "c"), fileID: "c", bot: .club, announcedBytes: nil)
        for number in 1...2 {
            _ = try await library.setPublished(false, key, by: .channel, cause: cause("off \(number)"))
            _ = try await library.setPublished(true, key, by: .member(admin), cause: cause("on"))
            _ = try await library.claim(key, by: admin, cause: cause("mine \(number)"))
            _ = try await library.rewrite(key, as: "New", by: .member(admin), cause: cause("edit \(number)"))
            _ = try await library.setCover(cover, of: key, by: .member(admin), cause: cause("cover \(number)"))
            _ = try await library.setPublished(true, key, by: .member(admin), cause: cause("on again \(number)"))
            clock.advance(by: .seconds(1))
        }

        let entries = try await store.audit.list(after: nil, limit: 99).items

        #expect(entries.allSatisfy { $0.subject == .episode(id) })
        let byAdmin = entries.filter { $0.actor == admin.id }.map(\.action)
        let others = Set<AuditAction>([.episodeClaimed, .episodeCoverSet, .episodeRewritten])
        #expect(Set(byAdmin) == others.union([.episodePublished]) && byAdmin.count == 5)
        #expect(byAdmin.count { $0 == .episodePublished } == 2)
        let byChannel = entries.filter { $0.actor == nil }
        #expect(byChannel.map(\.action) == [.episodeUnpublished, .episodeUnpublished])
        #expect(byChannel.map(\.details) == [["via": "channel"], ["via": "channel"]])
    }

    @Test func `an edit of the same second changes only what was not written by hand`() async throws {
        let owner = Fixtures.member(role: .owner)
        let podcast = try await library.receive(Fixtures.recordingPost(7, caption: "One\nAbout"), cause: cause("1"))
        _ = try await library.rewrite(.id(podcast.id), as: "Two\nAbout", by: .member(owner), cause: cause("2"))

        let edit = Fixtures.recordingPost(7, caption: "Three\nMore #sound", editedAt: Fixtures.start)
        let edited = try await library.receive(edit, cause: cause("3"))

        #expect(edited.title == "Two")
        #expect(edited.summary == "More" && edited.tags == ["sound"])
    }

    @Test func `a file that was replaced after an edit by hand is taken by a machine whose clock is ahead`()
        async throws
    {
        clock.advance(by: .seconds(86_400))
        let owner = Fixtures.member(role: .owner)
        let podcast = try await library.receive(Fixtures.recordingPost(7), cause: cause("1"))
        _ = try await library.rewrite(.id(podcast.id), as: "Better", by: .member(owner), cause: cause("2"))
        let edit = Fixtures.recordingPost(
            7,
            caption: "New",
            file: Fixtures.file("other"),
            editedAt: Fixtures.start.addingTimeInterval(60)
        )

        let edited = try await library.receive(edit, cause: cause("3"))

        #expect(edited.recordings[0].fileUniqueID?.rawValue == "other")
        #expect(edited.title == "New")
    }
}
