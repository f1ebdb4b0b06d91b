import Domain
import Foundation
import GRDB
import SQLiteStore
import TestSupport
import Testing

/// Files of earlier forms.
@Suite(.timeLimit(.minutes(1)))
struct SQLiteUpgradeTests {
    @Test func `of a file from before there were copies, stored files are listed to be looked into`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("club.sqlite")
        let stored = Recording.Media.stored(MediaKey(rawValue: "a"), bytes: 1)
        let bench = try await StoreBench { try SQLiteClubStore.open(path: path, signal: $0, clock: $1) }
        for (number, media) in [stored, .awaited, stored].enumerated() {
            try await bench.add(Fixtures.podcast(Int64(number) + 1, media: media))
        }
        await bench.store.close()
        let queue = try DatabaseQueue(path: path)
        try await queue.write { database in
            try database.execute(sql: "DROP INDEX podcasts_preparing")
            try database.execute(sql: "ALTER TABLE podcasts DROP COLUMN prepares_at")
            try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '2 %'")
        }
        try queue.close()

        let store = try await bench.reopen()
        let listed = try await store.podcasts.withRecordingsToPrepare(limit: 9).map(\.id.rawValue)
        #expect(listed == ["podcast-0003", "podcast-0001"])
        await store.close()
    }

    @Test func `of a file from before tags were counted, the tags are counted as they are looked up`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("club.sqlite")
        let bench = try await StoreBench { try SQLiteClubStore.open(path: path, signal: $0, clock: $1) }
        try await bench.add(Fixtures.podcast(1, tags: ["ёлка", "елка"]))
        try await bench.add(Fixtures.podcast(2, tags: ["елка", "live"]))
        try await bench.add(Fixtures.podcast(3, tags: ["live"], status: .draft))
        await bench.store.close()
        let queue = try DatabaseQueue(path: path)
        try await queue.write { database in
            try database.execute(sql: "DROP TRIGGER podcast_tags_added; DROP TRIGGER podcast_tags_removed")
            for trigger in ["drawn_first", "drawn_again", "not_drawn", "gone"] {
                try database.execute(sql: "DROP TRIGGER podcasts_\(trigger)")
            }
            try database.execute(sql: "DROP TABLE podcast_draws")
            try database.execute(sql: "DROP TABLE podcast_tag_counts")
            try database.execute(sql: "UPDATE podcast_tags SET tag = 'ёлка' WHERE podcast_id = 'podcast-0001'")
            try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '9 %'")
        }
        try queue.close()

        let store = try await bench.reopen()
        let counted = [TagCount(tag: "елка", episodes: 2), TagCount(tag: "live", episodes: 1)]
        #expect(try await store.podcasts.tags(from: 0, limit: 9) == counted)
        #expect(try await store.podcasts.count(PodcastQuery(tag: "ёлка")) == 2)
        let drawn = [try await store.podcasts.random(Draw(bits: 0)), try await store.podcasts.random(Draw(bits: .max))]
        #expect(drawn.compactMap(\.?.id.rawValue) == ["podcast-0001", "podcast-0002"])
        await store.close()
    }

    @Test func `a file from before there were shows takes shows and answers`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("club.sqlite")
        let bench = try await StoreBench { try SQLiteClubStore.open(path: path, signal: $0, clock: $1) }
        try await bench.add(Fixtures.member(1))
        await bench.store.close()
        let queue = try DatabaseQueue(path: path)
        try await queue.write { database in
            try database.execute(sql: "DROP TABLE live_sessions; DROP TABLE rsvps")
            try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '10 %'")
        }
        try queue.close()

        let store = try await bench.reopen()
        let show = Fixtures.show(1)
        _ = try await store.liveSessions.change(.id(show.id), cause: Fixtures.cause(1)) { _ in Change(show) }
        #expect(try await store.liveSessions.list(.upcoming, from: .first, limit: 9).items == [show])
        #expect(try await store.rsvps.count(.coming(show.id)) == 0)
        #expect(try await store.members.find(.id(Fixtures.member(1).id)) != nil)
        await store.close()
    }

    @Test func `a file from before there were rooms takes their logs`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("club.sqlite")
        let bench = try await StoreBench { try SQLiteClubStore.open(path: path, signal: $0, clock: $1) }
        try await bench.add(Fixtures.member(1))
        await bench.store.close()
        let queue = try DatabaseQueue(path: path)
        try await queue.write { database in
            try database.execute(sql: "DROP TABLE room_events; DROP TABLE chat_messages; DROP TABLE attendance")
            try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '20 %'")
        }
        try queue.close()

        let store = try await bench.reopen()
        for batch in Fixtures.roomBatches(now: bench.now) { try await store.roomLog.append(batch) }
        #expect(try await store.roomLog.batches(of: Fixtures.roomShow, after: 0, limit: 9).last?.number == 10)
        #expect(try await store.attendance.open(in: Fixtures.roomShow, limit: 9).isEmpty)
        #expect(try await store.members.find(.id(Fixtures.member(1).id)) != nil)
        await store.close()
    }
}
