import Domain
import Foundation
import TestSupport
import Testing

@testable import App

struct EpisodeImportTests {
    private let post = PostReference(channel: ImportBench.channel, message: 1)

    @Test func `an episode comes in with its words, its author and its file`() async throws {
        let bench = try ImportBench(users: [LegacyFixtures.user(1)], podcasts: [LegacyFixtures.podcast(1)])
        try bench.addFile("audio/pod1.ogg")

        let report = try await bench.run()

        let podcast = try await bench.podcast("pod1")
        #expect(podcast.title == "Quiet sound 1")
        #expect(podcast.summary == "About silence.\n\nAnd more.")
        #expect(podcast.tags == ["sound", "deep_talk"])
        #expect(podcast.authorID?.rawValue == "user1")
        #expect(podcast.byline == "Vera Orlova")
        #expect(podcast.status == .published)
        #expect(Timestamp.milliseconds(podcast.createdAt) == 1_700_000_000_000)
        #expect(podcast.publishedAt.map(Timestamp.milliseconds) == 1_700_051_400_123)
        let recording = try #require(podcast.recordings.first)
        #expect(recording.duration == .milliseconds(61_500))
        #expect(recording.mediaType == "audio/ogg")
        #expect(recording.posts == [post])
        #expect(recording.fileUniqueID == nil)
        guard case .stored(let key, let bytes) = recording.media else {
            Issue.record("the file is not kept")
            return
        }
        #expect(bytes == 15)
        #expect(bench.media.file(key) != nil)
        for note in [ImportNote.podcasts, .files, .covers, .counters, .sessionLinks] {
            #expect(report[note].count == 1, "\(note)")
        }
        #expect(report[.authorUnknown].count == 0)
    }

    @Test func `what came in is listed, found by words and author, and opened by a member`() async throws {
        let podcasts = (1...3).map { LegacyFixtures.podcast($0) }
        let bench = try ImportBench(users: [LegacyFixtures.user(1)], podcasts: podcasts)
        try await bench.run()

        let page = try await bench.library.list(PodcastQuery(), from: .first, limit: 10)
        #expect(page.items.map(\.id.rawValue) == ["pod3", "pod2", "pod1"])
        for words in [["orlov"], ["quiet", "silence"], ["deep_talk"].flatMap { SearchTokeniser.query($0) }] {
            #expect(try await bench.library.count(PodcastQuery(words: words)) == 3, "\(words)")
        }
        #expect(try await bench.library.count(PodcastQuery(tag: "deep_talk")) == 3)
        let vera = try await bench.member("user1")
        #expect(try await bench.library.podcast(.post(post), for: vera).id.rawValue == "pod1")
    }

    @Test func `without the file an episode is heard in Telegram, by its post`() async throws {
        let bench = try ImportBench(podcasts: [LegacyFixtures.podcast(1)])

        let report = try await bench.run()

        let podcast = try await bench.podcast("pod1")
        #expect(podcast.status == .published)
        #expect(podcast.recordings.map(\.media) == [.messengerOnly(.onlyPostKnown)])
        #expect(podcast.recordings.map(\.posts) == [[post]])
        #expect(report[.heardInTelegram].ids == ["pod1"])
        #expect(report[.fileNotFound].ids == ["pod1"])
        #expect(try await bench.library.recordingsToFetch(limit: 9).isEmpty)
    }

    @Test func `with neither file nor post an episode waits for its recording`() async throws {
        let bench = try ImportBench(podcasts: [LegacyFixtures.podcast(1, ["telegram_message_id": nil])])

        let report = try await bench.run(hasFiles: false)

        #expect(try await bench.podcast("pod1").status == .awaitingRecording)
        #expect(try await bench.podcast("pod1").recordings.isEmpty)
        #expect(report[.awaitingRecording].ids == ["pod1"])
        #expect(report[.noMediaFolder].ids == ["pod1"])
    }

    @Test func `without the channel's number posts are of no use, and the report says so`() async throws {
        let bench = try ImportBench(podcasts: [LegacyFixtures.podcast(1)])

        let report = try await bench.run { $0.channel = nil }

        #expect(report[.channelUnknown].ids == ["pod1"])
        #expect(try await bench.podcast("pod1").recordings.isEmpty)
    }

    @Test(arguments: [
        (#""published""#, #""public""#, Podcast.Status.published), (#""Published ""#, "null", .published),
        (#""draft""#, #""public""#, .draft), (#""archived""#, #""public""#, .unpublished),
        (#""published""#, #""members""#, .unpublished), (#""draft""#, #""private""#, .unpublished),
        ("null", #""public""#, .unpublished), ("7", "null", .unpublished),
    ])
    func `only what was published for all is seen by members`(
        status: String,
        visibility: String,
        expected: Podcast.Status
    ) async throws {
        let bench = try ImportBench(podcasts: [
            LegacyFixtures.podcast(1, ["status": status, "visibility": visibility])
        ])

        try await bench.run()

        #expect(try await bench.podcast("pod1").status == expected)
    }

    @Test(
        arguments: [
            (["author": #"{"id":"user1","name":"V. O."}"#, "author_id": nil, "author_name": nil], "user1", "V. O."),
            (["author": #"{"_id":{"$oid":"65a1b2c3d4e5f60718293a11"}}"#, "author_id": nil], "user1", "Vera Orlova"),
            (["author_id": #""gone""#], nil, "Vera Orlova"),
            (["author": #""By hand""#, "author_id": nil, "author_name": #"" ""#], nil, "By hand"),
            (["author_id": nil, "author_name": nil], nil, nil),
        ] as [([String: String?], String?, String?)]
    )
    func `an author is found however they were written down`(
        changes: [String: String?],
        id: String?,
        name: String?
    ) async throws {
        let bench = try ImportBench(users: [LegacyFixtures.user(1)], podcasts: [LegacyFixtures.podcast(1, changes)])

        let report = try await bench.run()

        let podcast = try await bench.podcast("pod1")
        #expect(podcast.authorID?.rawValue == id)
        #expect(podcast.authorName == name)
        #expect(report[.authorUnknown].count == (id == nil && name != nil ? 1 : 0))
    }

    @Test(arguments: [
        (##""Deep Talk, jazz;#Soul""##, ["deep_talk", "jazz", "soul"]),
        (##"["#a","B-c",7,null,["x"]]"##, ["a", "b_c", "7"]),
        ("null", []), ("7", ["7"]),
    ])
    func `tags are kept as captions have them`(json: String, tags: [String]) async throws {
        let bench = try ImportBench(podcasts: [LegacyFixtures.podcast(1, ["tags": json])])

        try await bench.run()

        #expect(try await bench.podcast("pod1").tags == tags)
    }

    @Test(arguments: [("-5", nil), ("0", nil), (#""90""#, 90), (#"{"$numberDouble":"NaN"}"#, nil), ("1e12", nil)])
    func `a length that cannot be is unknown`(json: String, seconds: Int?) async throws {
        let bench = try ImportBench(podcasts: [LegacyFixtures.podcast(1, ["duration": json])])

        try await bench.run()

        #expect(try await bench.podcast("pod1").duration == seconds.map { .seconds($0) })
    }

    @Test func `of two episodes with one post the first has it`() async throws {
        let bench = try ImportBench(podcasts: [
            LegacyFixtures.podcast(1), LegacyFixtures.podcast(2, ["telegram_message_id": "1"]),
        ])

        let report = try await bench.run()

        #expect(try await bench.podcast("pod1").recordings.map(\.posts) == [[post]])
        #expect(try await bench.podcast("pod2").status == .awaitingRecording)
        #expect(report[.sharedPosts].ids == ["pod2"])
    }

    @Test func `an episode that the bot has made of its post meanwhile is not made twice`() async throws {
        let bench = try ImportBench(podcasts: [LegacyFixtures.podcast(1)])
        let made = try await bench.library.receive(Fixtures.recordingPost(1), cause: Fixtures.cause(1))

        let report = try await bench.run()

        #expect(report[.knownPosts].ids == ["pod1"])
        #expect(try await bench.library.count(PodcastQuery()) == 1)
        #expect(try await bench.library.find(.post(post)) == made)
    }

    @Test func `an episode that says nothing is named by its date`() async throws {
        let bench = try ImportBench(podcasts: [LegacyFixtures.podcast(1, ["title": #"" ""#])])

        let report = try await bench.run()

        #expect(try await bench.podcast("pod1").title == "Episode 1700000000000")
        #expect(report[.untitled].ids == ["pod1"])
    }

    @Test func `long ids become short ones, so that every button holds them`() async throws {
        let id = "8a6e0804-2bd0-4672-b79d-d97027f9071a"
        let bench = try ImportBench(podcasts: [LegacyFixtures.podcast(1, ["id": "\"\(id)\""])])

        try await bench.run()

        let podcast = try #require(try await bench.library.find(.post(post)))
        #expect(podcast.id.rawValue.wholeMatch(of: /[0-9a-f]{12}/) != nil)
        #expect(try await bench.run()[.knownPodcasts].ids == [id])
    }
}
