import Foundation
import TestSupport
import Testing

@testable import Domain

/// Members are told of new episodes.
struct AnnouncementTests {
    let clock = ManualClock()
    let store: MemoryClubStore
    let directory: MemberDirectory
    let library: PodcastLibrary

    init() {
        store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        directory = MemberDirectory(store: store, clock: clock, ids: ids)
        library = PodcastLibrary(store: store, directory: directory, clock: clock, ids: ids) { _, _ in "Untitled" }
    }

    @discardableResult
    private func add(
        _ number: Int64,
        _ edit: (inout Member) -> Void = { $0.settings.set(.newEpisodes, isWanted: true) }
    ) async throws -> Member {
        var member = Fixtures.member(number)
        edit(&member)
        let stored = member
        return try await store.members.change(.id(member.id), cause: Fixtures.cause(0)) { _ in Change(stored) }.state
    }

    /// Who was told, by their chats.
    private var told: [Int64] {
        store.storedDrafts.filter { if case .notice(.newEpisode) = $0.body { true } else { false } }
            .map(\.chat.rawValue)
    }

    private func receive(_ message: Int64 = 1) async throws -> Podcast {
        try await library.receive(Fixtures.recordingPost(message), cause: Fixtures.cause(Int(message)))
    }

    private func tellAll() async throws {
        while try await library.completeAlbums() != nil {}
    }

    @Test func `whoever wants it is told once, and nobody else`() async throws {
        try await add(1)
        try await add(2) { _ in }
        try await add(3) { member in
            member.settings.set(.newEpisodes, isWanted: true)
            member.isReachable = false
        }
        try await add(4) { member in
            member.settings.set(.newEpisodes, isWanted: true)
            member.membership = .left
        }
        _ = try await receive()
        try await tellAll()
        try await tellAll()
        #expect(told == [1])
        let draft = try #require(store.storedDrafts.last)
        #expect(draft.lane == .digests)
        #expect(draft.expiresAt == clock.after(PodcastLibrary.announcementLifetime))
    }

    @Test func `nobody is left out and nobody told twice where there are several pages`() async throws {
        let count = PodcastLibrary.announcementPage * 2 + 1
        for number in 1...Int64(count) { try await add(number) }
        _ = try await receive()
        try await tellAll()
        #expect(told.count == count)
        #expect(Set(told) == Set((1...count).map(Int64.init)))
    }

    @Test func `a crash after any write delays it, and tells everybody once`() async throws {
        let count = PodcastLibrary.announcementPage + 1
        for number in 1...Int64(count) { try await add(number) }
        let podcast = try await receive()
        var tries = 0
        repeat {
            store.crash(afterWrites: tries)
            do { try await tellAll() } catch ChangeFailure.store(.unavailable) {}
            store.crash(afterWrites: nil)
            tries += 1
            #expect(tries < 20)
        } while try await library.find(.id(podcast.id))?.completesAt != nil
        #expect(tries > 1)
        #expect(told.count == count)
        #expect(Set(told).count == count)
    }

    @Test func `an edit, a second post and publishing again tell nobody anew`() async throws {
        try await add(1)
        let podcast = try await receive()
        try await tellAll()
        var admin = Fixtures.member(9, role: .admin)
        admin.membership = .active
        for (number, isPublished) in [false, true].enumerated() {
            _ = try await library.setPublished(
                isPublished,
                .id(podcast.id),
                by: .member(admin),
                cause: Fixtures.cause(50 + number)
            )
            try await tellAll()
        }
        var again = Fixtures.recordingPost(2)
        again.file.uniqueID = Fixtures.recordingPost(1).file.uniqueID
        _ = try await library.receive(again, cause: Fixtures.cause(60))
        try await tellAll()
        #expect(told == [1])
    }

    @Test func `what is taken out before it was told is told when it comes back`() async throws {
        try await add(1)
        let podcast = try await receive()
        var admin = Fixtures.member(9, role: .admin)
        admin.membership = .active
        _ = try await library.setPublished(false, .id(podcast.id), by: .member(admin), cause: Fixtures.cause(50))
        try await tellAll()
        #expect(told.isEmpty)
        _ = try await library.setPublished(true, .id(podcast.id), by: .member(admin), cause: Fixtures.cause(51))
        try await tellAll()
        #expect(told == [1])
    }
}
