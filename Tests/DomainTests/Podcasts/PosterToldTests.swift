import Domain
import Foundation
import TestSupport
import Testing

/// What whoever posted a recording is told.
struct PosterToldTests {
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

    private func notices() async throws -> [Notice] {
        try await store.sendAll(now: clock.now).compactMap { draft in
            if case .notice(let notice) = draft.body { notice } else { nil }
        }
    }

    private func note(_ reason: Recording.MessengerOnlyReason, _ podcast: Podcast) async throws {
        let (recording, media) = (podcast.recordings[0], Recording.Media.messengerOnly(reason))
        let file = try #require(recording.fileUniqueID)
        for number in 1...2 {
            _ = try await library.note(media, of: recording.id, file: file, cause: cause("\(reason) \(number)"))
        }
    }

    private func keep(_ member: Member) async throws {
        _ = try await store.members.change(.id(member.id), cause: cause("keep \(member.id)")) { _ in Change(member) }
    }

    /// What the person with this number was told.
    private func told(_ number: Int64) async throws -> [Notice] {
        try await store.sendAll(now: clock.now).filter { $0.chat.rawValue == number }.compactMap { draft in
            if case .notice(let notice) = draft.body { notice } else { nil }
        }
    }

    @Test(arguments: [Recording.MessengerOnlyReason.tooLarge, .damaged, .gone], [true, false])
    func `whoever posted a recording is told once why it was not fetched`(
        reason: Recording.MessengerOnlyReason,
        isSigned: Bool
    ) async throws {
        let poster = Fixtures.member(5, role: .host)
        try await keep(poster)
        let post = Fixtures.recordingPost(7, signature: isSigned ? "person 5" : nil)
        let podcast = try await library.receive(post, cause: cause("1"))
        if !isSigned { _ = try await library.claim(.id(podcast.id), by: poster, cause: cause("mine")) }

        try await note(reason, podcast)

        #expect(try await told(5) == [.ownRecordingMissed(podcast.id, podcast.recordings[0].id)])
    }

    @Test func `an admin is told as an admin only, and nobody whose name two have`() async throws {
        for number in Int64(5)...6 {
            var twin = Fixtures.member(number)
            twin.name = "Twin"
            try await keep(twin)
        }
        try await keep(Fixtures.member(8, role: .admin))
        let own = try await library.receive(Fixtures.recordingPost(7, signature: "Person 8"), cause: cause("1"))
        let twins = try await library.receive(Fixtures.recordingPost(8, signature: "Twin"), cause: cause("2"))
        _ = try await notices()

        try await note(.tooLarge, own)
        try await note(.damaged, twins)

        let wanted = [own, twins].map { Notice.recordingNotFetched($0.id, $0.recordings[0].id) }
        #expect(try await notices() == wanted)
    }

    @Test func `what only an admin can mend is not told the poster`() async throws {
        try await keep(Fixtures.member(5))
        let podcast = try await library.receive(Fixtures.recordingPost(7, signature: "Person 5"), cause: cause("1"))
        try await note(.unreadable, podcast)
        #expect(try await told(5) == [])
    }
}
