import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let listening = [
        StoreCheck("days are listed for a member, the newest first, and all of them in the order of their ids") {
            bench in
            for (person, number) in [(Int64(2), 23), (1, 5), (1, 30), (2, 1), (1, 12)] {
                try await bench.add(try day(number, of: person))
            }
            let days = bench.store.listeningDays
            let own = try await days.days(of: Fixtures.member(1).id, limit: 2)
            #expect(own.map(\.day.rawValue) == ["2026-11-30", "2026-11-12"])
            let first = try await days.days(after: nil, limit: 3)
            #expect(
                first.map(\.id.rawValue) == ["member-1.2026-11-05", "member-1.2026-11-12", "member-1.2026-11-30"]
            )
            let rest = try await days.days(after: first.last?.id, limit: 9)
            #expect(rest.map(\.id.rawValue) == ["member-2.2026-11-01", "member-2.2026-11-23"])
            #expect(try await days.days(after: nil, limit: 0).isEmpty)
        },
        StoreCheck("a day is read as it was written") { bench in
            let day = try Fixtures.listeningDay(1, now: bench.now)
            try await bench.add(day)
            let read = try await bench.store.listeningDays.find(.id(day.id))
            #expect(read == day)
            #expect(read?.lines == day.lines)
            #expect(day.lines.isEmpty == false)
        },
        StoreCheck("a member's listens are listed with the last one first, an episode's in the order of their ids") {
            bench in
            for (person, number, after) in [(Int64(1), Int64(1), 5.0), (1, 2, 9), (1, 3, 5), (2, 1, 1), (3, 1, 2)] {
                try await bench.add(Fixtures.listen(person, to: number, now: bench.after(after)))
            }
            let listens = bench.store.listens
            let own = try await listens.listens(of: Fixtures.member(1).id, limit: 9)
            #expect(own.map(\.podcast.rawValue) == ["podcast-0002", "podcast-0003", "podcast-0001"])
            #expect(try await listens.listens(of: Fixtures.member(1).id, limit: 1) == Array(own.prefix(1)))
            let podcast = Fixtures.podcast(1).id
            let of = try await listens.listens(of: podcast, after: nil, limit: 2)
            #expect(of.map(\.member) == [1, 2].map { Fixtures.member($0).id })
            let rest = try await listens.listens(of: podcast, after: of.last?.id, limit: 2)
            #expect(rest.map(\.member) == [Fixtures.member(3).id])
        },
        StoreCheck("listens that the figures may not have are found until they are counted") { bench in
            try await bench.add(Fixtures.listen(1, to: 1, now: bench.now))
            try await bench.add(Fixtures.listen(2, to: 1, now: bench.now))
            #expect(try await bench.store.listens.beingCounted(limit: 9).count == 2)
            #expect(try await bench.store.listens.beingCounted(limit: 1).count == 1)
            let listening = Listening(store: bench.store, clock: bench.clock)
            for _ in 1...2 { try await listening.countWhatIsLeft() }
            #expect(try await bench.store.listens.beingCounted(limit: 9).isEmpty)
            let figures = try #require(try await bench.store.episodeFigures.find(.id(Fixtures.podcast(1).id)))
            #expect(figures.listeners == 2)
            #expect(figures.completions == 2)
            #expect(figures.retention.prefix(4) == [2, 0, 0, 2])
        },
        StoreCheck("what one member listened to is forgotten, and nothing of others") { bench in
            for person in Int64(1)...2 {
                try await bench.add(try day(1, of: person))
                try await bench.add(Fixtures.listen(person, to: 1, now: bench.now))
            }
            for _ in 1...2 {
                try await bench.store.listeningDays.forget(Fixtures.member(1).id)
                try await bench.store.listens.forget(Fixtures.member(1).id)
            }
            let left = try await bench.store.listeningDays.days(after: nil, limit: 9)
            #expect(left.map(\.member) == [Fixtures.member(2).id])
            #expect(try await bench.store.listens.listens(of: Fixtures.member(1).id, limit: 9).isEmpty)
            #expect(try await bench.store.listens.listens(of: Fixtures.member(2).id, limit: 9).count == 1)
        },
        StoreCheck("raw downloads are forgotten after 90 days, and their counts stay") { bench in
            let hits = bench.store.downloadHits
            let hit = Fixtures.downloadHit(1, at: bench.now)
            _ = try await hits.change(.id(hit.id), cause: Fixtures.cause(1)) { _ in Change(hit) }
            let count = DownloadCount(id: .episode(hit.podcast))
            _ = try await bench.store.downloadCounts.change(.id(count.id), cause: Fixtures.cause(1)) { _ in
                Change(count)
            }
            let lifetime = DownloadHit.lifetime.seconds
            try await bench.store.prune(now: bench.after(lifetime))
            #expect(try await hits.find(.id(hit.id)) == hit)
            try await bench.store.prune(now: bench.after(lifetime + 1))
            #expect(try await hits.find(.id(hit.id)) == nil)
            #expect(try await bench.store.downloadCounts.find(.id(count.id)) == count)
        },
        StoreCheck("however many programs fetch an episode at once, each is counted once") { bench in
            let downloads = Downloads(store: bench.store, clock: bench.clock)
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<12 {
                    group.addTask {
                        _ = try? await downloads.sent(
                            1_000,
                            of: 1_000,
                            lasting: .seconds(90),
                            Fixtures.podcast(1).id,
                            to: DownloadAudience(rawValue: "audience-\(number % 4)"),
                            cause: Fixtures.cause(number)
                        )
                    }
                }
            }
            let ids = [DownloadCountID.episode(Fixtures.podcast(1).id), .club(on: ClubDay(bench.now, in: moscow))]
            let counts = try await bench.store.downloadCounts.counts(ids)
            #expect(counts == [ids[0]: 4, ids[1]: 4])
        },
    ]

    /// The zone of a club that has decided nothing.
    private static var moscow: TimeZone { ClubSettings().zone }

    private static func day(_ number: Int, of person: Int64) throws -> ListeningDay {
        let digits = number < 10 ? "0\(number)" : "\(number)"
        let day = try #require(ClubDay(rawValue: "2026-11-\(digits)"))
        return ListeningDay(member: Fixtures.member(person).id, day: day)
    }
}

extension StoreBench {
    /// Stores what a member listened to on a day as it is.
    func add(_ day: ListeningDay) async throws {
        _ = try await store.listeningDays.change(.id(day.id), cause: Fixtures.cause(0)) { _ in Change(day) }
    }

    /// Stores how far a member is with an episode as it is.
    func add(_ listen: Listen) async throws {
        _ = try await store.listens.change(.id(listen.id), cause: Fixtures.cause(0)) { _ in Change(listen) }
    }
}
