import Domain
import Foundation
import TestSupport
import Testing

@testable import MongoStore

/// Databases of earlier forms.
@Suite(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"), .timeLimit(.minutes(1)))
struct MongoUpgradeTests {
    @Test func `of a database from before there were copies, stored files are listed to be looked into`() async throws {
        let bench = try await #require(MongoServer.all.first).bench()
        let store = try #require(bench.store as? MongoClubStore)
        let stored = Recording.Media.stored(MediaKey(rawValue: "a"), bytes: 1)
        for number in 1...450 {
            try await bench.add(Fixtures.podcast(Int64(number), media: number.isMultiple(of: 2) ? stored : .awaited))
        }
        try await store.database.run(MongoCall("test", "age")) { client in
            let age = MongoUpdate(filter: .empty, change: ["$unset": ["index.prepares_at": ""]], isForMany: true)
            _ = try client.update([age], in: Podcast.collection)
            let mark = MongoUpdate(filter: ["_id": "fomo"], change: ["$set": ["schema": 1]])
            _ = try client.update([mark], in: MongoClubStore.mark)
        }
        #expect(try await store.podcasts.withRecordingsToPrepare(limit: .max).isEmpty)
        await store.close()

        let reopened = try #require(try await bench.reopen() as? MongoClubStore)
        #expect(try await reopened.podcasts.withRecordingsToPrepare(limit: .max).count == 225)
        let marked = try await reopened.database.run(MongoCall("test", "mark")) { client in
            try client.first(MongoQuery(collection: MongoClubStore.mark, filter: ["_id": "fomo"]))
        }
        #expect(marked?["schema"]?.integer == MongoClubStore.schema)
        await reopened.close()
    }

    @Test func `of a database from before tags were folded, they are looked up as they are now`() async throws {
        let bench = try await #require(MongoServer.all.first).bench()
        let store = try #require(bench.store as? MongoClubStore)
        try await bench.add(Fixtures.podcast(1, tags: ["ёлка"]))
        try await store.database.run(MongoCall("test", "age")) { client in
            let age = MongoUpdate(filter: .empty, change: ["$set": ["index.tags": ["ёлка"]]], isForMany: true)
            _ = try client.update([age], in: Podcast.collection)
            let mark = MongoUpdate(filter: ["_id": "fomo"], change: ["$set": ["schema": 2]])
            _ = try client.update([mark], in: MongoClubStore.mark)
        }
        #expect(try await store.podcasts.count(PodcastQuery(tag: "елка")) == 0)
        await store.close()

        let reopened = try await bench.reopen()
        #expect(try await reopened.podcasts.count(PodcastQuery(tag: "елка")) == 1)
        #expect(try await reopened.podcasts.tags(from: 0, limit: 9) == [TagCount(tag: "елка", episodes: 1)])
        await reopened.close()
    }
}
