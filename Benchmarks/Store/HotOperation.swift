import Domain
import Foundation
import Synchronization

/// What one call of an operation costs.
struct Measurement: Sendable {
    var operation: String
    /// Calls per second, all callers together.
    var rate: Double
    var median: Duration
    var percentile99: Duration
}

/// An operation that a club carries out all the time.
struct HotOperation: Sendable {
    let name: String
    /// How many calls one round has.
    let calls: Int
    /// How many callers there are at the same time.
    var callers = 1
    /// One call; the number is different in each call of the program's run.
    let body: @Sendable (_ number: Int) async throws -> Void

    /// Numbers of calls, so that none does what another one has done.
    private static let numbers = Atomic(0)

    /// The median of several rounds, after one that does not count.
    func measured(rounds: Int) async throws -> Measurement {
        _ = try await round()
        var results: [Measurement] = []
        for _ in 0..<rounds { results.append(try await round()) }
        return Measurement(
            operation: name,
            rate: results.map(\.rate).sorted()[rounds / 2],
            median: results.map(\.median).sorted()[rounds / 2],
            percentile99: results.map(\.percentile99).sorted()[rounds / 2]
        )
    }

    private func round() async throws -> Measurement {
        let began = ContinuousClock.now
        let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for _ in 0..<callers {
                group.addTask {
                    var times: [Duration] = []
                    for _ in 0..<(calls / callers) {
                        let number = Self.numbers.add(1, ordering: .relaxed).newValue
                        let start = ContinuousClock.now
                        try await body(number)
                        times.append(ContinuousClock.now - start)
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let all = (ContinuousClock.now - began).seconds
        let sorted = times.sorted()
        return Measurement(
            operation: name,
            rate: Double(sorted.count) / all,
            median: sorted[sorted.count / 2],
            percentile99: sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        )
    }
}

extension HotOperation {
    static func all(in club: LargeClub) -> [HotOperation] {
        [
            change(club, callers: 1),
            change(club, callers: 64),
            receive(club),
            claim(club),
            page(club, "library page", PodcastQuery()),
            page(club, "library page of a tag", PodcastQuery(tag: "тег7")),
            page(club, "search, common word", PodcastQuery(words: ["вып"])),
            page(club, "search, one word in a thousand", PodcastQuery(words: ["тема7"])),
            page(club, "search, common and rare word", PodcastQuery(words: ["вып", "номер777"])),
        ]
    }

    private static func change(_ club: LargeClub, callers: Int) -> HotOperation {
        HotOperation(name: "change with a message, \(callers) at once", calls: 640, callers: callers) { number in
            let id = club.memberID(number * 7_919 % club.size)
            let draft = LargeClub.draft("change-\(number)", number)
            _ = try await club.store.members.change(.id(id), cause: Cause(rawValue: "bench-\(number)")) {
                member throws(Refusal) in
                guard var member else { throw Refusal.notFound }
                member.name = "Renamed \(number)"
                return Change(member, outbox: [draft])
            }
        }
    }

    private static func receive(_ club: LargeClub) -> HotOperation {
        HotOperation(name: "inbox batch of 100", calls: 60) { number in
            let entries = (0..<100).map { place in
                InboxEntry(
                    bot: .recorder,
                    updateID: Int64(number * 100 + place),
                    lane: "chat \(place)",
                    payload: Data(repeating: 0x61, count: 400),
                    receivedAt: LargeClub.start
                )
            }
            _ = try await club.store.inbox.receive(entries, nextOffset: Int64(number * 100 + 100), bot: .recorder)
        }
    }

    private static func claim(_ club: LargeClub) -> HotOperation {
        HotOperation(name: "claim 64 messages and settle them", calls: 60) { number in
            let now = LargeClub.start.addingTimeInterval(Double(number))
            let rows = try await club.store.outbox.claim(
                bot: .club,
                lanes: Set(OutboxLane.allCases),
                excluding: [],
                limit: 64,
                now: now
            )
            try await club.store.outbox.settle(rows.map { ($0.sequence, .sent(message: 1)) }, now: now)
        }
    }

    private static func page(_ club: LargeClub, _ name: String, _ query: PodcastQuery) -> HotOperation {
        HotOperation(name: name, calls: 200) { _ in
            _ = try await club.store.podcasts.list(query, from: .first, limit: 20)
        }
    }
}
