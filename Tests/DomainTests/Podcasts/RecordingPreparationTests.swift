import Domain
import Foundation
import TestSupport
import Testing

@Suite struct RecordingPreparationTests {
    let clock = ManualClock()
    let store: MemoryClubStore
    let library: PodcastLibrary
    static let file = MediaKey(rawValue: "a")

    init() {
        store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        let directory = MemberDirectory(store: store, clock: clock, ids: ids)
        library = PodcastLibrary(store: store, directory: directory, clock: clock, ids: ids) { _, _ in "Untitled" }
    }

    private func keep(_ podcast: Podcast) async throws {
        _ = try await store.podcasts.change(.id(podcast.id), cause: Fixtures.cause(1)) { _ in Change(podcast) }
        _ = try await store.members.change(.id(Fixtures.member().id), cause: Fixtures.cause(1)) { _ in
            Change(Fixtures.member(role: .owner))
        }
    }

    private func note(_ result: PreparationResult, file: MediaKey = Self.file) async throws -> Podcast {
        let id = RecordingID(rawValue: "recording-1")
        return try await library.note(result, of: id, file: file, cause: Fixtures.cause(2))
    }

    @Test func `a file with a copy has its true length, and nobody is told`() async throws {
        try await keep(Fixtures.podcast(media: .stored(Self.file, bytes: 9)))
        let rendition = try Fixtures.rendition()
        let podcast = try await note(.ready(rendition, duration: .milliseconds(61_234)))
        #expect(podcast.recordings[0].rendition == rendition)
        #expect(podcast.recordings[0].media == .stored(Self.file, bytes: 9))
        #expect(podcast.duration == .milliseconds(61_234))
        #expect(try await library.recordingsToPrepare(limit: 9).isEmpty)
        #expect(try await store.outbox.counts(bot: .club).queued == 0)
    }

    @Test func `a posted file without sound stays in the messenger, and the admins are told once`() async throws {
        try await keep(Fixtures.podcast(media: .stored(Self.file, bytes: 9)))
        let podcast = try await note(.originalOnly(.notSound))
        #expect(podcast.recordings[0].media == .messengerOnly(.notSound))
        #expect(podcast.status == .published)
        _ = try await note(.originalOnly(.notSound))
        let rows = try await store.outbox.claim(bot: .club, lanes: [.alerts], excluding: [], limit: 9, now: clock.now)
        let notice = Notice.recordingNotFetched(podcast.id, podcast.recordings[0].id)
        #expect(rows.map(\.draft.body) == [.notice(notice)])
    }

    @Test func `a file without sound changes its card in the admins' chat, which is told beside it`() async throws {
        let group = ChatID(rawValue: -500)
        try await keep(Fixtures.podcast(media: .stored(Self.file, bytes: 9)))
        let owner = Fixtures.member(role: .owner)
        try await library.adminsChat.set(Fixtures.place(group), by: owner, cause: Fixtures.cause(9))
        let podcast = try await note(.originalOnly(.notSound))
        let told = try await store.sendAll(now: clock.now)
        let notice = Notice.recordingNotFetched(podcast.id, podcast.recordings[0].id)
        #expect(told.map(\.body) == [.notice(.episodeCard(podcast.id)), .notice(notice)])
        #expect(told.map(\.chat) == [group, group])
    }

    @Test func `whoever posted a file without sound is told as well`() async throws {
        var podcast = Fixtures.podcast(media: .stored(Self.file, bytes: 9))
        podcast.authorID = Fixtures.member(5).id
        try await keep(podcast)
        _ = try await store.members.change(.id(Fixtures.member(5).id), cause: Fixtures.cause(1)) { _ in
            Change(Fixtures.member(5, role: .host))
        }
        _ = try await note(.originalOnly(.notSound))
        let own = try await store.sendAll(now: clock.now).filter { $0.chat.rawValue == 5 }
        #expect(own.map(\.body) == [.notice(.ownRecordingMissed(podcast.id, podcast.recordings[0].id))])
    }

    @Test func `a file without sound that was never posted stays where it is`() async throws {
        var podcast = Fixtures.podcast()
        podcast.recordings = [Fixtures.foreignRecording(1, media: .stored(Self.file, bytes: 9))]
        try await keep(podcast)
        let noted = try await note(.originalOnly(.notSound))
        #expect(noted.recordings[0].media == .stored(Self.file, bytes: 9))
        #expect(noted.recordings[0].preparation == .originalOnly(.notSound))
    }

    @Test func `what is known of a file that was replaced meanwhile is not written to the new one`() async throws {
        try await keep(Fixtures.podcast(media: .stored(Self.file, bytes: 9)))
        let podcast = try await note(.originalOnly(.notSound), file: MediaKey(rawValue: "b"))
        #expect(podcast.recordings[0].fileToPrepare == Self.file)
    }

    @Test func `a replaced file is looked into anew`() async throws {
        try await keep(Fixtures.podcast(media: .stored(Self.file, bytes: 9)))
        _ = try await note(.ready(try Fixtures.rendition(), duration: .seconds(9)))
        let edited = Fixtures.recordingPost(1, file: Fixtures.file("file-new"), editedAt: Fixtures.start + 100)
        let podcast = try await library.receive(edited, cause: Fixtures.cause(3))
        #expect(podcast.recordings[0].media == .awaited)
        #expect(podcast.recordings[0].preparation == nil)
    }

    @Test func `documents from before there were copies are read`() throws {
        let old = Fixtures.podcast(media: .stored(Self.file, bytes: 9))
        let json = try JSONEncoder().encode(old)
        #expect(!String(decoding: json, as: UTF8.self).contains("preparation"))
        #expect(try JSONDecoder().decode(Podcast.self, from: json).recordings[0].fileToPrepare == Self.file)
    }
}
