import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let browsing = [
        StoreCheck("tags come with the number of their published podcasts, the largest first") { bench in
            try await bench.add(Fixtures.podcast(1, tags: ["jazz", "live"]))
            try await bench.add(Fixtures.podcast(2, tags: ["live", "блюз"]))
            try await bench.add(Fixtures.podcast(3, tags: ["live", "jazz", "эхо"]))
            try await bench.add(Fixtures.podcast(4, tags: ["live", "draft"], status: .draft))
            try await bench.add(Fixtures.podcast(5, tags: ["jazz", "gone"], status: .unpublished))
            try await bench.add(Fixtures.podcast(6))
            #expect(try await counts(in: bench) == ["live 3", "jazz 2", "блюз 1", "эхо 1"])
            #expect(try await counts(from: 1, limit: 2, in: bench) == ["jazz 2", "блюз 1"])
            #expect(try await counts(from: 4, in: bench) == [])
            #expect(try await counts(limit: .min, in: bench) == [])
            #expect(try await counts(from: .min, limit: .max, in: bench).count == 4)
        },
        StoreCheck("the counts of tags follow what becomes of a podcast") { bench in
            try await bench.add(Fixtures.podcast(1, tags: ["jazz", "live"]))
            try await bench.add(Fixtures.podcast(2, tags: ["live"]))
            try await change(1, in: bench) { $0.status = .unpublished }
            #expect(try await counts(in: bench) == ["live 1"])
            try await change(1, in: bench) { $0.status = .published }
            #expect(try await counts(in: bench) == ["live 2", "jazz 1"])
            try await change(1, in: bench) { $0.tags = ["news"] }
            #expect(try await counts(in: bench) == ["live 1", "news 1"])
            try await change(1, in: bench) { $0.title = "Another title" }
            #expect(try await counts(in: bench) == ["live 1", "news 1"])
            try await change(2, in: bench) { $0.tags = [] }
            #expect(try await counts(in: bench) == ["news 1"])
        },
        StoreCheck("a tag is one tag, however it is written") { bench in
            try await bench.add(Fixtures.podcast(1, tags: ["ёлка"]))
            try await bench.add(Fixtures.podcast(2, tags: ["елка", "ёлка"]))
            try await bench.add(Fixtures.podcast(3, tags: ["Е\u{308}лка", "чай\u{306}"]))
            #expect(try await counts(in: bench).first == "елка 3")
            for written in ["ёлка", "Елка", "#ЁЛКА", "е\u{308}лка"] {
                #expect(try await numbers(PodcastQuery(tag: written), in: bench) == [3, 2, 1], "\(written)")
                #expect(try await bench.store.podcasts.count(PodcastQuery(tag: written)) == 3)
            }
            let found = try #require(try await bench.store.podcasts.find(.id(Fixtures.podcast(1).id)))
            #expect(found.tags == ["ёлка"])
        },
        StoreCheck("every published podcast is drawn by as many numbers as any other") { bench in
            #expect(try await bench.store.podcasts.random(Draw(bits: 7)) == nil)
            try await bench.add(Fixtures.podcast(9, status: .draft))
            #expect(try await bench.store.podcasts.random(Draw(bits: .max)) == nil)
            for number in Int64(1)...5 { try await bench.add(Fixtures.podcast(number)) }
            try await bench.add(Fixtures.podcast(8, status: .unpublished))
            #expect(try await drawn(in: bench) == [1: 8, 2: 8, 3: 8, 4: 8, 5: 8])
            for number in [Int64(2), 4, 5] { try await change(number, in: bench) { $0.status = .unpublished } }
            #expect(try await drawn(in: bench) == [1: 20, 3: 20])
            for number in [Int64(4), 9] { try await change(number, in: bench) { $0.status = .published } }
            try await change(3, in: bench) { $0.title = "Another title" }
            #expect(try await drawn(in: bench) == [1: 10, 3: 10, 4: 10, 9: 10])
            for number in [Int64(1), 3, 9, 4] { try await change(number, in: bench) { $0.status = .draft } }
            #expect(try await bench.store.podcasts.random(Draw(bits: 7)) == nil)
            try await change(4, in: bench) { $0.status = .published }
            for bits in [UInt64.min, .max] {
                #expect(try await bench.store.podcasts.random(Draw(bits: bits)) != nil)
            }
        },
    ]

    /// How often each podcast is drawn by 40 numbers that lie evenly.
    private static func drawn(in bench: StoreBench) async throws -> [Int: Int] {
        var drawn: [Int: Int] = [:]
        for step in UInt64(0)..<40 {
            let draw = Draw(bits: step * (UInt64.max / 40) + UInt64.max / 80)
            let podcast = try #require(try await bench.store.podcasts.random(draw))
            #expect(podcast.status == .published)
            drawn[Int(podcast.id.rawValue.suffix(4)) ?? 0, default: 0] += 1
        }
        return drawn
    }

    /// The tags with their numbers.
    private static func counts(from offset: Int = 0, limit: Int = 100, in bench: StoreBench) async throws -> [String] {
        try await bench.store.podcasts.tags(from: offset, limit: limit).map { "\($0.tag) \($0.episodes)" }
    }

    private static func change(
        _ number: Int64,
        in bench: StoreBench,
        _ edit: @escaping @Sendable (inout Podcast) -> Void
    ) async throws {
        let cause = Cause(rawValue: "edit \(UUID())")
        _ = try await bench.store.podcasts.change(.id(Fixtures.podcast(number).id), cause: cause) {
            (podcast) throws(Refusal) in
            guard var podcast else { throw .notFound }
            edit(&podcast)
            return Change(podcast)
        }
    }
}
