import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let albums = [
        StoreCheck("a podcast is found by its album, and two cannot have one") { bench in
            var podcast = Fixtures.podcast(1)
            podcast.album = Fixtures.album(1, gathersUntil: bench.after(1))
            try await bench.add(podcast)
            try await bench.add(Fixtures.podcast(2))
            #expect(try await bench.store.podcasts.find(.album(Fixtures.albumID())) == podcast)
            #expect(try await bench.store.podcasts.find(.album(Fixtures.albumID("other"))) == nil)
            var double = Fixtures.podcast(3)
            double.album = podcast.album
            let state = double
            await #expect(throws: ChangeFailure.store(.conflict(collection: "podcasts"))) {
                _ = try await bench.store.podcasts.change(.id(state.id), cause: Fixtures.cause(1)) { _ in
                    Change(state)
                }
            }
        },
        StoreCheck("what an album is changed by its parts for is one podcast") { bench in
            for number in Int64(1)...2 {
                _ = try await bench.store.podcasts.change(
                    .album(Fixtures.albumID()),
                    cause: Fixtures.cause(Int(number))
                ) { known in
                    var podcast = known ?? Fixtures.podcast(1)
                    podcast.album = podcast.album ?? Fixtures.album(1, gathersUntil: Fixtures.start)
                    podcast.tags.append("part\(number)")
                    return Change(podcast)
                }
            }
            #expect(try await bench.store.podcasts.find(.album(Fixtures.albumID()))?.tags == ["part1", "part2"])
            #expect(try await bench.store.podcasts.count(PodcastQuery()) == 1)
        },
        StoreCheck("albums that gather are listed, first the one that is complete first") { bench in
            for (number, seconds) in [(1, 3.0), (2, 1.0), (3, 1.0), (4, nil)] {
                var podcast = Fixtures.podcast(Int64(number), status: .draft)
                podcast.album = seconds.map { seconds in
                    Fixtures.album(Int64(number), group: "album-\(number)", gathersUntil: bench.after(seconds))
                }
                try await bench.add(podcast)
            }
            #expect(try await gathering(bench) == ["podcast-0002", "podcast-0003", "podcast-0001"])
            #expect(try await bench.store.podcasts.incomplete(limit: 1).count == 1)
            #expect(try await bench.store.podcasts.incomplete(limit: .max).count == 3)
            #expect(try await bench.store.podcasts.incomplete(limit: .min).isEmpty)
            _ = try await bench.store.podcasts.change(.id(Fixtures.podcast(2).id), cause: Fixtures.cause(1)) { known in
                var podcast = known ?? Fixtures.podcast(2)
                podcast.album = nil
                return Change(podcast)
            }
            #expect(try await gathering(bench) == ["podcast-0003", "podcast-0001"])
        },
        StoreCheck("a cover that is still to be fetched counts as a file to fetch") { bench in
            var podcast = Fixtures.podcast(1, media: .messengerOnly(.tooLarge))
            podcast.cover = Cover(
                fileUniqueID: FileUniqueID(rawValue: "photo"),
                fileID: "photo-for-club",
                bot: .club,
                announcedBytes: nil
            )
            try await bench.add(podcast)
            #expect(try await bench.store.podcasts.withRecordingsToFetch(limit: 9) == [podcast])
            _ = try await bench.store.podcasts.change(.id(podcast.id), cause: Fixtures.cause(1)) { known in
                var podcast = known ?? Fixtures.podcast(1)
                podcast.cover?.media = .stored(MediaKey(rawValue: "a"), bytes: 1)
                return Change(podcast)
            }
            #expect(try await bench.store.podcasts.withRecordingsToFetch(limit: 9).isEmpty)
        },
    ]

    private static func gathering(_ bench: StoreBench) async throws -> [String] {
        try await bench.store.podcasts.incomplete(limit: 9).map(\.id.rawValue)
    }
}
