import Domain
import Foundation
import TestSupport
import Testing

/// What follows from the end of a show: news, the episode, its recording.
struct EndOfShowTests {
    /// A show of an hour that has just ended; what was told so far is gone.
    private func ended(_ club: ShowClub) async throws -> LiveSession {
        let plan = ShowPlan(title: "Звук", startsAt: club.after(60), summary: "О тишине")
        let show = try await club.shows.schedule(plan, by: club.host, cause: Fixtures.cause(1))
        try await club.remind(club.members[0], of: show)
        _ = try await club.start(show)
        try await club.pass(.seconds(3_600))
        _ = try await club.news()
        return try await club.end(show)
    }

    private func post(
        _ message: Int64,
        _ caption: String = "",
        in club: ShowClub,
        album: AlbumID? = nil,
        belongsTo key: Podcast.Key? = nil
    ) async throws -> Podcast {
        var post = Fixtures.recordingPost(message, caption: caption, album: album, postedAt: club.clock.now)
        post.belongsTo = key
        return try await club.library.receive(post, cause: Fixtures.cause(1_000 + Int(message)))
    }

    @Test func `host, admins and those who asked are told of the end, and the channel`() async throws {
        let club = try await ShowClub()
        _ = try await ended(club)
        try await club.settle()
        let told = try await club.news()
        #expect(told.sorted() == ["1 ended", "2 ended", "3 ended", "channel endedPost", "channel post"])
    }

    @Test(arguments: 2...7)
    func `whatever crashes, the episode waits for its recording at once`(writes: Int) async throws {
        let club = try await ShowClub()
        let show = try await ended(club)
        try await club.settleCrashing(afterWrites: writes)
        let episodes = try await club.store.podcasts.list(
            PodcastQuery(status: .awaitingRecording),
            from: .first,
            limit: 9
        )
        let episode = try #require(episodes.items.first)
        #expect(episodes.items.count == 1)
        #expect(episode.id == show.podcastID)
        #expect(episode.show == show.id)
        #expect(episode.title == "Звук")
        #expect(episode.summary == "О тишине")
        #expect(episode.authorID == club.host.id)
        let ended = try await club.news().filter { $0.hasSuffix(" ended") }
        #expect(ended.sorted() == ["1 ended", "2 ended", "3 ended"])
    }

    @Test func `a recording within two hours completes the episode, with the show's words`() async throws {
        let club = try await ShowClub()
        let show = try await ended(club)
        try await club.settle()
        _ = try await club.news()
        try await club.pass(.seconds(7_199))
        let episode = try await post(70, "Запись эфира\nПодробно\n#звук S2E5", in: club)
        #expect(episode.id == show.podcastID)
        #expect(episode.status == .published)
        #expect(episode.title == "Звук")
        #expect(episode.summary == "О тишине")
        #expect(episode.tags == ["звук"])
        #expect(episode.number == "S2E5")
        #expect(episode.recordings.count == 1)
        #expect(try await club.show(show.id).status == .recorded)
        #expect(try await club.news() == ["channel post", "2 recorded"])
        try await club.pass(.seconds(3_600))
        #expect(try await club.news() == [])
    }

    @Test func `a recording of somebody who speaks without words takes none`() async throws {
        let club = try await ShowClub()
        let show = try await ended(club)
        let episode = try await post(70, in: club)
        #expect(episode.title == "Звук")
        let again = try await club.library.receive(
            Fixtures.recordingPost(70, caption: "", postedAt: club.clock.now),
            cause: Fixtures.cause(2_000)
        )
        #expect(again.title == "Звук")
        let edited = Fixtures.recordingPost(
            70,
            caption: "Другое название",
            postedAt: club.clock.now,
            editedAt: club.after(5)
        )
        #expect(try await club.library.receive(edited, cause: Fixtures.cause(2_001)).title == "Другое название")
        #expect(try await club.show(show.id).status == .recorded)
    }

    @Test func `an album completes the episode as a whole`() async throws {
        let club = try await ShowClub()
        let show = try await ended(club)
        for message in Int64(70)...72 {
            let part = try await post(message, in: club, album: Fixtures.albumID())
            #expect(part.id == show.podcastID)
            #expect(part.status == .awaitingRecording)
        }
        club.clock.advance(by: Album.patience)
        _ = try await club.library.completeAlbums()
        let episode = try #require(try await club.library.find(.album(Fixtures.albumID())))
        #expect(episode.status == .published)
        #expect(episode.title == "Звук")
        #expect(episode.recordings.compactMap(\.posts.first?.message) == [70, 71, 72])
        #expect(try await club.show(show.id).status == .recorded)
    }

    @Test func `further parts come by reply, others are episodes of their own`() async throws {
        let club = try await ShowClub()
        let show = try await ended(club)
        _ = try await post(70, in: club)
        let second = try await post(71, in: club, belongsTo: .post(Fixtures.post(70)))
        #expect(second.id == show.podcastID)
        #expect(second.recordings.count == 2)
        #expect(try await post(72, in: club).id != show.podcastID)
        try await club.pass(.seconds(7_201))
        #expect(try await post(73, in: club, belongsTo: .post(Fixtures.post(70))).id != show.podcastID)
    }

    @Test func `after two hours the host is told, and a link or a reply still completes the episode`() async throws {
        for byReply in [true, false] {
            let club = try await ShowClub()
            let show = try await ended(club)
            try await club.settle()
            let place = CardPlace(chat: Fixtures.channel, message: 44)
            try await club.shows.remember(place, of: show.id)
            _ = try await club.news()
            try await club.pass(.seconds(7_199))
            #expect(try await club.news() == [])
            try await club.pass(.seconds(1))
            #expect(try await club.news() == ["2 withoutRecording"])
            try await club.pass(.seconds(86_400))
            #expect(try await post(70, in: club).id != show.podcastID)
            let id = try #require(show.podcastID)
            let key = byReply ? Podcast.Key.post(Fixtures.post(44)) : .id(id)
            let episode = try await post(71, "https://example.org/podcast/\(id)", in: club, belongsTo: key)
            #expect(episode.id == id)
            #expect(episode.title == "Звук")
            #expect(try await club.show(show.id).status == .recorded)
            #expect(try await club.news() == ["channel post", "2 recorded"])
        }
    }

    @Test func `a recording from before the end is an episode of its own`() async throws {
        let club = try await ShowClub()
        let early = club.after(30)
        let show = try await ended(club)
        let post = Fixtures.recordingPost(70, postedAt: early)
        #expect(try await club.library.receive(post, cause: Fixtures.cause(9)).id != show.podcastID)
        #expect(try await club.show(show.id).status == .ended)
    }

    @Test func `of two shows the one that ended last gets the recording`() async throws {
        let club = try await ShowClub()
        let first = try await ended(club)
        let second = try await club.plan(in: 60, by: club.owner, cause: 50)
        _ = try await club.shows.start(second.id, by: club.owner, cause: Fixtures.cause(51))
        club.clock.advance(by: .seconds(600))
        let last = try await club.shows.end(second.id, by: club.owner, cause: Fixtures.cause(52))
        #expect(try await post(70, in: club).id == last.podcastID)
        #expect(try await post(71, in: club).id == first.podcastID)
    }

    @Test func `who came in during the show is counted`() async throws {
        let club = try await ShowClub()
        let plan = try await club.plan()
        club.clock.advance(by: .seconds(60))
        let show = try await club.start(plan)
        club.clock.advance(by: .seconds(60))
        try await club.add(Fixtures.member(8, now: club.clock.now))
        club.clock.advance(by: .seconds(60))
        _ = try await club.end(show)
        club.clock.advance(by: .seconds(60))
        try await club.add(Fixtures.member(9, now: club.clock.now))
        try await club.settle()
        #expect(try await club.show(show.id).newMembers == 1)
    }

    @Test func `a show that nobody ends ends by itself`() async throws {
        let club = try await ShowClub()
        let show = try await club.start(try await club.plan())
        try await club.pass(.seconds(12 * 3_600 - 1))
        #expect(try await club.show(show.id).status == .live)
        try await club.pass(.seconds(1))
        #expect(try await club.show(show.id).status == .ended)
        #expect(try await club.show(show.id).duration == .seconds(12 * 3_600))
    }
}
