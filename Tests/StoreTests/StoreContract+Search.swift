import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    /// What is searched for, and the numbers of the episodes that are found, the newest first.
    private static let searches: [(text: String, found: [Int])] = [
        ("ёлка", [2, 1]), ("елка", [2, 1]), ("ЁЛКА", [2, 1]), ("ел", [2, 1]), ("елкам", []),
        ("москв", [3, 2]), ("Москва", [2]), ("москва ёлка", [2]), ("ёлка москва", [2]), ("елка елка", [2, 1]),
        ("jazz", [4, 3]), ("JAZZ morn", [4]), ("morning", [4]), ("mor jaz mos", []), ("morn jaz кофе", [4]),
        ("2026", [4]), ("20", [4]), ("анна", [3]), ("тег", [1]), ("cafe\u{301}", [4]), ("caf\u{e9}", [4]), ("cafe", []),
        ("ничего", []), ("%", []), ("елк_", [2, 1]), ("\u{10FFFF}", []),
    ]

    static let search = [
        StoreCheck("words are found by their beginning, in any case and order, in Russian and English") { bench in
            try await addEpisodes(to: bench)
            for search in searches {
                let words = SearchTokeniser.query(search.text)
                guard !words.isEmpty else { continue }
                let query = PodcastQuery(words: words)
                #expect(try await numbers(query, in: bench) == search.found, "\(search.text)")
                #expect(try await bench.store.podcasts.count(query) == search.found.count, "\(search.text)")
            }
        },
        StoreCheck("a search keeps to its tag and status") { bench in
            try await addEpisodes(to: bench)
            try await bench.add(Fixtures.podcast(5, title: "Ёлка", tags: ["тег"], status: .draft))
            #expect(try await numbers(PodcastQuery(words: ["елка"], tag: "тег"), in: bench) == [1])
            #expect(try await numbers(PodcastQuery(words: ["елка"], tag: "нет"), in: bench) == [])
            #expect(try await numbers(PodcastQuery(status: .draft, words: ["елка"]), in: bench) == [5])
            #expect(try await bench.store.podcasts.count(PodcastQuery(words: ["елка"], tag: "тег")) == 1)
        },
        StoreCheck("a search is read page by page") { bench in
            for number in Int64(1)...9 { try await bench.add(Fixtures.podcast(number, title: "слово слова \(number)")) }
            let query = PodcastQuery(words: ["сло"])
            #expect(try await numbers(query, limit: 4, in: bench) == [9, 8, 7, 6])
            #expect(try await numbers(query, from: .offset(4), limit: 4, in: bench) == [5, 4, 3, 2])
            let page = try await bench.store.podcasts.list(query, from: .offset(4), limit: 4)
            let cursor = try #require(page.next)
            #expect(try await numbers(query, from: .after(cursor), limit: 4, in: bench) == [1])
            #expect(try await bench.store.podcasts.count(query) == 9)
        },
        StoreCheck("a podcast is found by the words that it has now") { bench in
            try await bench.add(Fixtures.podcast(1, title: "Старое название", tags: ["a"]))
            _ = try await bench.store.podcasts.change(.id(Fixtures.podcast(1).id), cause: Fixtures.cause(1)) { known in
                var podcast = known ?? Fixtures.podcast(1)
                podcast.title = "Новое название"
                podcast.tags = ["b"]
                return Change(podcast)
            }
            #expect(try await numbers(PodcastQuery(words: ["старое"]), in: bench) == [])
            #expect(try await numbers(PodcastQuery(words: ["новое"]), in: bench) == [1])
            #expect(try await numbers(PodcastQuery(words: ["название"]), in: bench) == [1])
            #expect(try await numbers(PodcastQuery(tag: "a"), in: bench) == [])
            #expect(try await numbers(PodcastQuery(tag: "b"), in: bench) == [1])
        },
    ]

    private static func addEpisodes(to bench: StoreBench) async throws {
        try await bench.add(Fixtures.podcast(1, title: "Ёлка", summary: "у нас дома", tags: ["тег"]))
        try await bench.add(Fixtures.podcast(2, title: "елка и Москва"))
        var signed = Fixtures.podcast(3, title: "Москвичи", summary: "jazz")
        signed.signature = "Анна"
        try await bench.add(signed)
        try await bench.add(Fixtures.podcast(4, title: "Morning Jazz 2026", summary: "caf\u{e9}, кофе"))
    }
}
