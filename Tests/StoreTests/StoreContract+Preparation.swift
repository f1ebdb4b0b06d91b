import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    /// Files that are still to be looked into.
    static let preparation: [StoreCheck] = [
        StoreCheck("files to look into are listed, the newest episode first") { bench in
            let stored = Recording.Media.stored(MediaKey(rawValue: "a"), bytes: 1)
            try await bench.add(Fixtures.podcast(1, media: stored))
            try await bench.add(Fixtures.podcast(3, status: .unpublished, media: stored))
            try await bench.add(Fixtures.podcast(2, media: stored))
            try await bench.add(Fixtures.podcast(4))
            try await bench.add(Fixtures.podcast(5, media: .messengerOnly(.notSound)))
            #expect(try await toPrepare(bench) == ["podcast-0003", "podcast-0002", "podcast-0001"])
            #expect(try await toPrepare(bench, limit: 1) == ["podcast-0003"])
            #expect(try await toPrepare(bench, limit: .min).isEmpty)
            #expect(try await toPrepare(bench, limit: .max).count == 3)
        },
        StoreCheck("a file that was looked into is not listed any more, and what was seen is kept") { bench in
            let stored = Recording.Media.stored(MediaKey(rawValue: "a"), bytes: 1)
            let rendition = try Fixtures.rendition()
            let outcomes: [Recording.Preparation] =
                [.ready(rendition)] + Recording.OriginalOnlyReason.allCases.map { .originalOnly($0) }
            for (number, preparation) in outcomes.enumerated() {
                let podcast = Fixtures.podcast(Int64(number) + 1, media: stored)
                try await bench.add(podcast)
                _ = try await bench.store.podcasts.change(.id(podcast.id), cause: Fixtures.cause(9)) { known in
                    var podcast = known ?? podcast
                    podcast.recordings[0].preparation = preparation
                    return Change(podcast)
                }
                let kept = try await bench.store.podcasts.find(.id(podcast.id))
                #expect(kept?.recordings.map(\.preparation) == [preparation])
            }
            #expect(try await toPrepare(bench).isEmpty)
            _ = try await bench.store.podcasts.change(.id(Fixtures.podcast(2).id), cause: Fixtures.cause(10)) { known in
                var podcast = known ?? Fixtures.podcast(2)
                podcast.recordings.append(Fixtures.foreignRecording(20))
                return Change(podcast)
            }
            #expect(try await toPrepare(bench) == ["podcast-0002"])
        },
    ]

    private static func toPrepare(_ bench: StoreBench, limit: Int = 10) async throws -> [String] {
        try await bench.store.podcasts.withRecordingsToPrepare(limit: limit).map(\.id.rawValue)
    }
}
