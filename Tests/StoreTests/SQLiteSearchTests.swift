import Domain
import Foundation
import TestSupport
import Testing

@testable import SQLiteStore

/// Both ways of finding podcasts have to answer like the model, wherever one ends and the other begins.
@Suite(.timeLimit(.minutes(1)))
struct SQLiteSearchTests {
    /// Words of which some are in most titles, some in few, and some are the beginning of others.
    private static let vocabulary = ["утро", "утренний", "джаз", "джазмен", "ночь", "но", "анна", "редкое"]

    private static func podcast(_ number: Int64, _ random: inout some RandomNumberGenerator) -> Podcast {
        let words = vocabulary.enumerated().filter { index, _ in Int.random(in: 0...(index + 1), using: &random) < 2 }
        return Fixtures.podcast(
            number,
            title: words.map(\.element).joined(separator: " "),
            tags: Bool.random(using: &random) ? ["тег"] : [],
            status: Int.random(in: 0..<5, using: &random) == 0 ? .unpublished : .published,
            publishedAt: Fixtures.start.addingTimeInterval(Double(Int.random(in: 0..<40, using: &random)))
        )
    }

    @Test(arguments: [0, 7, 40, 5_000])
    func `both ways of searching find what the model finds`(_ rareEntries: Int) async throws {
        var random = SeededGenerator(state: UInt64(rareEntries + 1))
        let folder = try TemporaryFolder()
        let clock = ManualClock()
        let store = try SQLiteClubStore.open(path: folder.path("club.sqlite"), signal: OutboxSignal(), clock: clock)
        let model = MemoryClubStore(clock: clock)
        for number in Int64(1)...120 {
            let podcast = Self.podcast(number, &random)
            for club in [store, model] as [any ClubStore] {
                _ = try await club.podcasts.change(.id(podcast.id), cause: Fixtures.cause(1)) { _ in Change(podcast) }
            }
        }
        for _ in 1...150 {
            let words = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                let word = Self.vocabulary[Int.random(in: 0..<Self.vocabulary.count, using: &random)]
                return String(word.prefix(Int.random(in: 1...9, using: &random)))
            }
            let query = PodcastQuery(words: words, tag: Bool.random(using: &random) ? "тег" : nil)
            let limit = Int.random(in: 1...20, using: &random)
            let start = try await Self.start(query, model, &random)
            let expected = try await model.podcasts.list(query, from: start, limit: limit).items.map(\.id.rawValue)
            let expectedCount = try await model.podcasts.count(query)
            let found = try await store.database.read(Operation("test", "search")) { database in
                let search = try PodcastSearch(query, rareEntries: rareEntries, in: database)
                return (try search.places(from: start, limit: limit).map(\.id), try search.count())
            }
            #expect(found.0 == expected, "\(query) from \(start)")
            #expect(found.1 == expectedCount, "\(query)")
        }
        await store.close()
    }

    private static func start(
        _ query: PodcastQuery,
        _ model: MemoryClubStore,
        _ random: inout some RandomNumberGenerator
    ) async throws -> PageStart {
        let offset = Int.random(in: 0...30, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: return .first
        case 1: return .offset(offset)
        default:
            let page = try await model.podcasts.list(query, from: .offset(offset), limit: 1)
            return page.next.map(PageStart.after) ?? .first
        }
    }
}

/// A generator that gives the same numbers for the same beginning (xorshift64*, Vigna 2016).
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }
}
