import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let library = [
        StoreCheck("a podcast is found by its recording, post and file") { bench in
            var podcast = Fixtures.podcast(1)
            podcast.recordings[0].posts.append(Fixtures.post(11))
            try await bench.add(podcast)
            try await bench.add(Fixtures.podcast(2))
            let file = FileUniqueID(rawValue: "file-1")
            let keys: [Podcast.Key] = [
                .recording(RecordingID(rawValue: "recording-1")), .post(Fixtures.post(1)), .post(Fixtures.post(11)),
                .file(file), .postOrFile(Fixtures.post(1), FileUniqueID(rawValue: "file-2")),
                .postOrFile(Fixtures.post(77), file),
            ]
            for key in keys {
                #expect(try await bench.store.podcasts.find(key) == podcast, "\(key)")
            }
            let elsewhere = PostReference(channel: ChatID(rawValue: -5), message: 1)
            #expect(try await bench.store.podcasts.find(.post(elsewhere)) == nil)
            #expect(try await bench.store.podcasts.find(.postOrFile(elsewhere, FileUniqueID(rawValue: "-"))) == nil)
        },
        StoreCheck("recordings without post and file id stand beside each other") { bench in
            for number in Int64(1)...2 {
                var podcast = Fixtures.podcast(number)
                podcast.authorID = Fixtures.member().id
                podcast.authorName = "Вера"
                podcast.recordings = [Fixtures.foreignRecording(number)]
                try await bench.add(podcast)
                #expect(try await bench.store.podcasts.find(.recording(podcast.recordings[0].id)) == podcast)
            }
            #expect(try await bench.store.podcasts.withRecordingsToFetch(limit: 9).isEmpty)
            #expect(try await numbers(PodcastQuery(words: ["вера"]), in: bench) == [2, 1])
        },
        StoreCheck("a recording's length is kept to the millisecond") { bench in
            var podcast = Fixtures.podcast(1)
            podcast.recordings[0].duration = .milliseconds(61_234)
            try await bench.add(podcast)
            let found = try #require(try await bench.store.podcasts.find(.id(podcast.id)))
            #expect(found.recordings[0].duration == .milliseconds(61_234))
        },
        StoreCheck("the library is listed newest first, then by the greatest id") { bench in
            for number in [3, 1, 5, 2, 4] { try await bench.add(Fixtures.podcast(Int64(number))) }
            for number in 6...7 { try await bench.add(Fixtures.podcast(Int64(number), publishedAt: bench.after(3))) }
            #expect(try await numbers(PodcastQuery(), in: bench) == [5, 4, 7, 6, 3, 2, 1])
        },
        StoreCheck("cursors lead through a list without a gap, whatever is added or taken away meanwhile") { bench in
            for number in Int64(1)...7 { try await bench.add(Fixtures.podcast(number, publishedAt: bench.now)) }
            let first = try await bench.store.podcasts.list(PodcastQuery(), from: .first, limit: 3)
            #expect(first.items.map(\.id.rawValue).map { $0.suffix(1) } == ["7", "6", "5"])
            try await bench.add(Fixtures.podcast(9))
            try await setStatus(.unpublished, of: 5, in: bench)
            let cursor = try #require(first.next)
            let second = try await bench.store.podcasts.list(PodcastQuery(), from: .after(cursor), limit: 3)
            #expect(second.items.map(\.id.rawValue).map { $0.suffix(1) } == ["4", "3", "2"])
            let next = try #require(second.next.flatMap { PageCursor(text: $0.text) })
            let third = try await bench.store.podcasts.list(PodcastQuery(), from: .after(next), limit: 3)
            #expect(third.items.map(\.id.rawValue).map { $0.suffix(1) } == ["1"])
            #expect(third.next == nil)
        },
        StoreCheck("a page that ends with the list has no next one") { bench in
            for number in Int64(1)...4 { try await bench.add(Fixtures.podcast(number)) }
            #expect(try await bench.store.podcasts.list(PodcastQuery(), from: .first, limit: 4).next == nil)
            #expect(try await bench.store.podcasts.list(PodcastQuery(), from: .first, limit: 3).next != nil)
            #expect(try await bench.store.podcasts.list(PodcastQuery(), from: .offset(2), limit: 2).next == nil)
        },
        StoreCheck("a list may begin at an offset") { bench in
            for number in Int64(1)...5 { try await bench.add(Fixtures.podcast(number)) }
            #expect(try await numbers(PodcastQuery(), from: .offset(0), limit: 2, in: bench) == [5, 4])
            #expect(try await numbers(PodcastQuery(), from: .offset(2), limit: 2, in: bench) == [3, 2])
            #expect(try await numbers(PodcastQuery(), from: .offset(4), limit: 2, in: bench) == [1])
            #expect(try await numbers(PodcastQuery(), from: .offset(9), limit: 2, in: bench) == [])
        },
        StoreCheck("lists keep to one status, and follow its changes") { bench in
            try await bench.add(Fixtures.podcast(1))
            try await bench.add(Fixtures.podcast(2, status: .draft))
            try await bench.add(Fixtures.podcast(3, tags: ["jazz"], status: .draft))
            #expect(try await numbers(PodcastQuery(), in: bench) == [1])
            #expect(try await numbers(PodcastQuery(status: .draft), in: bench) == [3, 2])
            try await setStatus(.published, of: 3, in: bench)
            #expect(try await numbers(PodcastQuery(), in: bench) == [3, 1])
            #expect(try await numbers(PodcastQuery(tag: "jazz"), in: bench) == [3])
            #expect(try await numbers(PodcastQuery(status: .draft, tag: "jazz"), in: bench) == [])
            #expect(try await bench.store.podcasts.count(PodcastQuery(status: .draft)) == 1)
            #expect(try await bench.store.podcasts.count(PodcastQuery(status: .awaitingRecording)) == 0)
        },
        StoreCheck("a tag has a list of its own") { bench in
            for number in Int64(1)...6 {
                let tags = number.isMultiple(of: 2) ? ["джаз", "live"] : ["live"]
                try await bench.add(Fixtures.podcast(number, tags: tags))
            }
            let query = PodcastQuery(tag: "джаз")
            #expect(try await numbers(query, in: bench) == [6, 4, 2])
            #expect(try await numbers(query, from: .offset(1), limit: 1, in: bench) == [4])
            #expect(try await bench.store.podcasts.count(query) == 3)
            #expect(try await bench.store.podcasts.count(PodcastQuery(tag: "джа")) == 0)
        },
        StoreCheck("a limit may be as great or as small as a number can be") { bench in
            try await bench.add(Fixtures.podcast(1))
            try await bench.add(Fixtures.podcast(2))
            for start in [PageStart.first, .offset(0)] {
                let all = try await bench.store.podcasts.list(PodcastQuery(), from: start, limit: .max)
                #expect(all.items.count == 2)
                #expect(all.next == nil)
                let none = try await bench.store.podcasts.list(PodcastQuery(), from: start, limit: .min)
                #expect(none.items.isEmpty)
            }
            let behind = try await bench.store.podcasts.list(PodcastQuery(), from: .offset(.max), limit: .max)
            #expect(behind.items.isEmpty)
            #expect(try await bench.store.podcasts.withRecordingsToFetch(limit: .max).count == 2)
            try await bench.add(Fixtures.member(1, membership: .pending))
            #expect(try await bench.store.members.pending(limit: .max).count == 1)
            #expect(try await bench.store.members.pending(limit: .min).isEmpty)
        },
        StoreCheck("recordings to fetch are listed, the oldest first") { bench in
            let stored = Recording.Media.stored(MediaKey(rawValue: "a"), bytes: 1)
            try await bench.add(Fixtures.podcast(3))
            try await bench.add(Fixtures.podcast(1, status: .unpublished))
            try await bench.add(Fixtures.podcast(2))
            try await bench.add(Fixtures.podcast(4, media: stored))
            try await bench.add(Fixtures.podcast(5, media: .messengerOnly(.tooLarge)))
            let ids = try await bench.store.podcasts.withRecordingsToFetch(limit: 10).map(\.id.rawValue)
            #expect(ids == ["podcast-0001", "podcast-0002", "podcast-0003"])
            #expect(try await bench.store.podcasts.withRecordingsToFetch(limit: 1).count == 1)
            _ = try await bench.store.podcasts.change(.id(Fixtures.podcast(1).id), cause: Fixtures.cause(1)) { known in
                var podcast = known ?? Fixtures.podcast(1)
                podcast.recordings[0].media = stored
                return Change(podcast)
            }
            let rest = try await bench.store.podcasts.withRecordingsToFetch(limit: 10).map(\.id.rawValue)
            #expect(rest == ["podcast-0002", "podcast-0003"])
        },
    ]

    /// The numbers of the fixtures that a list holds, in its order.
    static func numbers(
        _ query: PodcastQuery,
        from start: PageStart = .first,
        limit: Int = 100,
        in bench: StoreBench
    ) async throws -> [Int] {
        let page = try await bench.store.podcasts.list(query, from: start, limit: limit)
        return page.items.compactMap { Int($0.id.rawValue.suffix(4)) }
    }

    private static func setStatus(_ status: Podcast.Status, of number: Int64, in bench: StoreBench) async throws {
        _ = try await bench.store.podcasts.change(.id(Fixtures.podcast(number).id), cause: Fixtures.cause(1)) {
            (podcast) throws(Refusal) in
            guard var podcast else { throw .notFound }
            podcast.status = status
            return Change(podcast)
        }
    }
}
