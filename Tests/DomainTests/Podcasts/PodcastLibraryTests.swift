import Domain
import Foundation
import TestSupport
import Testing

struct PodcastLibraryTests {
    let store: MemoryClubStore
    let clock = ManualClock()
    let library: PodcastLibrary
    let directory: MemberDirectory

    init() {
        store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        directory = MemberDirectory(store: store, clock: clock, ids: ids)
        library = PodcastLibrary(
            store: store,
            directory: directory,
            clock: clock,
            ids: ids,
            untitled: { date, _ in "untitled \(Int(date.timeIntervalSince1970))" }
        )
    }

    private func cause(_ text: String) -> Cause { Cause(rawValue: text) }

    private func count() async throws -> Int {
        try await library.count(PodcastQuery())
    }

    private func notices() async throws -> [Notice] {
        try await store.sendAll(now: clock.now).compactMap { draft in
            if case .notice(let notice) = draft.body { notice } else { nil }
        }
    }

    @Test func `a posted recording is a published episode, and the owner is told`() async throws {
        try await directory.ensureOwner(Fixtures.person(1), cause: cause("owner"))

        let post = Fixtures.recordingPost(7, caption: "Pilot\nAbout #music and more", signature: "Polina")
        let podcast = try await library.receive(post, cause: cause("club:1"))

        #expect(podcast.title == "Pilot")
        #expect(podcast.summary == "About #music and more")
        #expect(podcast.tags == ["music"])
        #expect(podcast.signature == "Polina")
        #expect(podcast.status == .published)
        #expect(podcast.recordings.map(\.media) == [.awaited])
        #expect(try await notices() == [.episodePublished(podcast.id)])
    }

    @Test func `the same update handled twice makes one episode and one notice`() async throws {
        try await directory.ensureOwner(Fixtures.person(1), cause: cause("owner"))
        let post = Fixtures.recordingPost(7)

        let first = try await library.receive(post, cause: cause("club:1"))
        let second = try await library.receive(post, cause: cause("club:1"))

        #expect(first.id == second.id)
        #expect(try await count() == 1)
        #expect(try await notices() == [.episodePublished(first.id)])
        #expect(try await notices() == [])
    }

    @Test func `an edited caption changes the episode and keeps its id`() async throws {
        let podcast = try await library.receive(Fixtures.recordingPost(7, caption: "Old"), cause: cause("1"))
        let edit = Fixtures.recordingPost(
            7,
            caption: "New\nMore",
            editedAt: Fixtures.start.addingTimeInterval(60)
        )

        let edited = try await library.receive(edit, cause: cause("2"))

        #expect(edited.id == podcast.id)
        #expect(edited.title == "New")
        #expect(edited.summary == "More")
        #expect(edited.publishedAt == podcast.publishedAt)
    }

    @Test func `people, number and chapters belong to the episode until an edit takes them away`() async throws {
        let caption = "S2E5 Pilot\nWith @anna\n00:00 Beginning"
        let podcast = try await library.receive(Fixtures.recordingPost(7, caption: caption), cause: cause("1"))
        let edit = Fixtures.recordingPost(7, caption: "Pilot", editedAt: Fixtures.start.addingTimeInterval(60))
        let edited = try await library.receive(edit, cause: cause("2"))

        #expect(podcast.people == ["anna"])
        #expect(podcast.number == "S2E5")
        #expect(podcast.chapters == [Chapter(start: .zero, title: "Beginning")])
        #expect(podcast.searchTokens.isSuperset(of: ["anna", "s2e5", "pilot"]))
        #expect(edited.people == [] && edited.number == nil && edited.chapters == [])
    }

    @Test func `an edit that was overtaken by a later one changes nothing`() async throws {
        let later = Fixtures.recordingPost(7, caption: "Later", editedAt: Fixtures.start.addingTimeInterval(60))
        _ = try await library.receive(later, cause: cause("2"))

        let stale = try await library.receive(Fixtures.recordingPost(7, caption: "Earlier"), cause: cause("1"))

        #expect(stale.title == "Later")
    }

    @Test func `an edit of a post that was never seen makes the episode`() async throws {
        let edit = Fixtures.recordingPost(7, caption: "Late", editedAt: Fixtures.start.addingTimeInterval(60))

        #expect(try await library.receive(edit, cause: cause("1")).title == "Late")
        #expect(try await count() == 1)
    }

    @Test func `replaced media are fetched anew under the same recording`() async throws {
        let podcast = try await library.receive(Fixtures.recordingPost(7), cause: cause("1"))
        let recording = podcast.recordings[0]
        let stored = Recording.Media.stored(MediaKey(rawValue: "aa"), bytes: 5)
        _ = try await library.note(stored, of: recording.id, file: Fixtures.file("file-7").uniqueID, cause: cause("2"))
        let edit = Fixtures.recordingPost(
            7,
            file: Fixtures.file("other"),
            editedAt: Fixtures.start.addingTimeInterval(60)
        )

        let edited = try await library.receive(edit, cause: cause("3"))

        #expect(edited.recordings.map(\.id) == [recording.id])
        #expect(edited.recordings.map(\.fileUniqueID?.rawValue) == ["other"])
        #expect(edited.recordings.map(\.media) == [.awaited])
    }

    @Test func `what was fetched of a file that was replaced meanwhile is not taken`() async throws {
        let podcast = try await library.receive(Fixtures.recordingPost(7), cause: cause("1"))
        let old = podcast.recordings[0]
        let edit = Fixtures.recordingPost(
            7,
            file: Fixtures.file("other"),
            editedAt: Fixtures.start.addingTimeInterval(60)
        )
        _ = try await library.receive(edit, cause: cause("2"))

        let stored = Recording.Media.stored(MediaKey(rawValue: "aa"), bytes: 5)
        let file = Fixtures.file("file-7").uniqueID
        let noted = try await library.note(stored, of: old.id, file: file, cause: cause("3"))

        #expect(noted.recordings.map(\.media) == [.awaited])
    }

    @Test func `posting the same file again makes no second episode`() async throws {
        try await directory.ensureOwner(Fixtures.person(1), cause: cause("owner"))
        let file = Fixtures.file("same")
        let first = try await library.receive(Fixtures.recordingPost(7, caption: "One", file: file), cause: cause("1"))
        _ = try await notices()

        let again = try await library.receive(Fixtures.recordingPost(8, caption: "Two", file: file), cause: cause("2"))

        #expect(again.id == first.id)
        #expect(again.title == "One")
        #expect(try await count() == 1)
        #expect(try await notices() == [.episodePostedAgain(first.id)])
    }

    @Test func `a second post that gets another file becomes an episode of its own`() async throws {
        let file = Fixtures.file("same")
        let first = try await library.receive(Fixtures.recordingPost(7, caption: "One", file: file), cause: cause("1"))
        _ = try await library.receive(Fixtures.recordingPost(8, caption: "Two", file: file), cause: cause("2"))
        let edit = Fixtures.recordingPost(
            8,
            caption: "Three",
            file: Fixtures.file("new"),
            editedAt: Fixtures.start.addingTimeInterval(60)
        )

        let second = try await library.receive(edit, cause: cause("3"))

        #expect(second.id != first.id)
        #expect(second.title == "Three")
        #expect(try await library.find(.id(first.id))?.recordings[0].fileUniqueID?.rawValue == "same")
        #expect(try await count() == 2)
    }

    @Test func `a file of another episode is not taken over by an edit, and the owner is told`() async throws {
        try await directory.ensureOwner(Fixtures.person(1), cause: cause("owner"))
        let one = try await library.receive(Fixtures.recordingPost(7, caption: "One"), cause: cause("1"))
        let two = try await library.receive(Fixtures.recordingPost(8, caption: "Two"), cause: cause("2"))
        _ = try await notices()
        _ = try await notices()
        let edit = Fixtures.recordingPost(
            8,
            caption: "Two, new words",
            file: Fixtures.file("file-7"),
            editedAt: Fixtures.start.addingTimeInterval(60)
        )

        let edited = try await library.receive(edit, cause: cause("3"))

        #expect(edited.id == two.id)
        #expect(edited.title == "Two, new words")
        #expect(edited.recordings.map(\.fileUniqueID?.rawValue) == ["file-8"])
        #expect(try await notices() == [.episodePostedAgain(one.id)])
    }

    @Test(arguments: [
        (Recording.Media.messengerOnly(.onlyPostKnown), Recording.Media.awaited),
        (.stored(MediaKey(rawValue: "aa"), bytes: 5), .stored(MediaKey(rawValue: "aa"), bytes: 5)),
    ])
    func `an edit of an old post shows bots the file, which is fetched where it is not here`(
        before: Recording.Media,
        after: Recording.Media
    ) async throws {
        var podcast = Fixtures.podcast(1, title: "Old")
        podcast.recordings = [Fixtures.foreignRecording(1, posts: [Fixtures.post(7)], media: before)]
        let old = podcast
        _ = try await store.podcasts.change(.id(old.id), cause: cause("old")) { _ in Change(old) }
        let edit = Fixtures.recordingPost(7, caption: "New", editedAt: Fixtures.start.addingTimeInterval(60))

        let edited = try await library.receive(edit, cause: cause("1"))

        #expect(edited.id == old.id)
        #expect(edited.title == "New")
        #expect(edited.recordings.map(\.media) == [after])
        #expect(edited.recordings.map(\.fileUniqueID?.rawValue) == ["file-7"])
        #expect(edited.recordings[0].fileID(of: .club) == "file-7-for-club")
        #expect(try await count() == 1)
    }

    @Test func `an author stands in the signature's place, and is found`() async throws {
        var podcast = Fixtures.podcast(1)
        podcast.signature = "Channel"
        #expect(podcast.byline == "Channel")

        podcast.authorName = "Vera Orlova"

        #expect(podcast.byline == "Vera Orlova")
        #expect(podcast.searchTokens.isSuperset(of: ["vera", "orlova", "channel"]))
    }

    @Test func `two bots that see one post keep an id each of its file`() async throws {
        let club = Fixtures.recordingPost(7, file: Fixtures.file("f", bot: .club))
        let recorder = Fixtures.recordingPost(7, file: Fixtures.file("f", bot: .recorder))

        _ = try await library.receive(club, cause: cause("club:1"))
        let podcast = try await library.receive(recorder, cause: cause("recorder:1"))

        #expect(podcast.recordings.count == 1)
        #expect(podcast.recordings[0].fileID(of: .club) == "f-for-club")
        #expect(podcast.recordings[0].fileID(of: .recorder) == "f-for-recorder")
        #expect(try await count() == 1)
    }

    @Test(
        arguments: [
            ("", "Band", "Song", "Band – Song"),
            ("", nil, "Song", "Song"),
            ("", nil, nil, "untitled \(Int(Fixtures.start.timeIntervalSince1970))"),
            ("Caption", "Band", "Song", "Caption"),
        ] as [(String, String?, String?, String)]
    )
    func `without a caption the file names the episode, without that its date`(
        caption: String,
        performer: String?,
        title: String?,
        expected: String
    ) async throws {
        let file = Fixtures.file("f", kind: .audio, performer: performer, title: title)

        let podcast = try await library.receive(
            Fixtures.recordingPost(7, caption: caption, file: file),
            cause: cause("1")
        )

        #expect(podcast.title == expected)
    }

    @Test func `a recording that cannot be fetched is told to the owner`() async throws {
        try await directory.ensureOwner(Fixtures.person(1), cause: cause("owner"))
        let podcast = try await library.receive(Fixtures.recordingPost(7), cause: cause("1"))
        _ = try await notices()
        let recording = podcast.recordings[0]

        _ = try await library.note(
            .messengerOnly(.tooLarge),
            of: recording.id,
            file: Fixtures.file("file-7").uniqueID,
            cause: cause("2")
        )

        #expect(try await notices() == [.recordingNotFetched(podcast.id, recording.id)])
        #expect(try await library.recordingsToFetch(limit: 10).isEmpty)
    }

    @Test func `what is not published is seen by admins only`() async throws {
        try await directory.ensureOwner(Fixtures.person(1), cause: cause("owner"))
        let member = try await directory.admit(Fixtures.person(2), cause: cause("member"))
        let owner = try #require(try await directory.find(.telegram(Fixtures.person(1).telegramID)))
        let draft = Fixtures.podcast(1, status: .draft)
        _ = try await store.podcasts.change(.id(draft.id), cause: cause("draft")) { _ in Change(draft) }

        #expect(try await library.podcast(.id(draft.id), for: owner).id == draft.id)
        await #expect(throws: ChangeFailure.refused(.notFound)) {
            try await library.podcast(.id(draft.id), for: member)
        }
    }

    @Test func `a second post without words, seen by two bots, takes no words away`() async throws {
        let file = { (bot: BotName) in Fixtures.file("same", bot: bot) }
        let later = Fixtures.start.addingTimeInterval(3600)
        for (number, bot) in [BotName.club, .recorder].enumerated() {
            let first = Fixtures.recordingPost(7, caption: "Title\nSummary #tag", file: file(bot))
            _ = try await library.receive(first, cause: cause("first \(number)"))
        }

        var podcast: Podcast?
        for (number, bot) in [BotName.club, .recorder].enumerated() {
            let second = Fixtures.recordingPost(8, caption: "", file: file(bot), postedAt: later)
            podcast = try await library.receive(second, cause: cause("second \(number)"))
        }

        #expect(podcast?.title == "Title")
        #expect(podcast?.summary == "Summary")
        #expect(podcast?.tags == ["tag"])
    }
}
