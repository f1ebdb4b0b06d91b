import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let shows = [
        StoreCheck("a show is found by its id, its origin and, while it is live, by its host") { bench in
            let show = Fixtures.show(1, status: .live)
            try await bench.add(show)
            let shows = bench.store.liveSessions
            #expect(try await shows.find(.id(show.id)) == show)
            #expect(try await shows.find(.origin(show.origin)) == show)
            #expect(try await shows.find(.liveHost(Fixtures.member(1).id)) == show)
            #expect(try await shows.find(.liveHost(Fixtures.member(2).id)) == nil)
            #expect(try await shows.find(.origin("other")) == nil)
        },
        StoreCheck("a host has one live show, and as many others as one likes") { bench in
            try await bench.add(Fixtures.show(1, status: .live))
            try await bench.add(Fixtures.show(2))
            try await bench.add(Fixtures.show(3, status: .ended))
            try await bench.add(Fixtures.show(4, status: .live, host: 2))
            await #expect(throws: ChangeFailure.store(.conflict(collection: "live_sessions"))) {
                try await bench.add(Fixtures.show(5, status: .live))
            }
        },
        StoreCheck("what is made twice for the same origin is made once") { bench in
            let made = Fixtures.show(1)
            await make(made, times: 4, in: bench)
            let listed = try await bench.store.liveSessions.list(.upcoming, from: .first, limit: 9)
            #expect(listed.items == [made])
        },
        StoreCheck("shows ahead are listed by their beginnings, past ones the newest first, in pages") { bench in
            for number in 1...5 {
                let moment = bench.after(Double(number % 4) * 60)
                try await bench.add(Fixtures.show(number, status: number == 2 ? .live : .scheduled, startsAt: moment))
                let past = Fixtures.show(number + 10, status: number == 2 ? .recorded : .ended, startsAt: moment)
                try await bench.add(past)
            }
            try await bench.add(Fixtures.show(20, status: .cancelled))
            let ahead = ["show-4", "show-1", "show-5", "show-2", "show-3"]
            #expect(try await pages(of: .upcoming, in: bench) == ahead)
            #expect(try await pages(of: .live, in: bench) == ["show-2"])
            #expect(try await pages(of: .past, in: bench) == ["show-13", "show-12", "show-15", "show-11", "show-14"])
            #expect(try await pages(of: .cancelled, in: bench) == ["show-20"])
            let shows = bench.store.liveSessions
            let later = try await shows.list(.upcoming, from: .offset(3), limit: 9).items
            #expect(later.map(\.id.rawValue) == ahead.suffix(2))
            #expect(try await shows.list(.past, from: .first, limit: 0).items == [])
            #expect(try await shows.count(.upcoming) == 5)
            #expect(try await shows.count(.live) == 1)
            #expect(try await shows.count(.past) == 5)
        },
        StoreCheck("shows are due in the order in which something is to be done for them") { bench in
            try await bench.add(Fixtures.show(1, startsAt: bench.after(7_200)))
            try await bench.add(Fixtures.show(2, startsAt: bench.after(3_600)))
            try await bench.add(Fixtures.show(3, status: .cancelled))
            let due = try await bench.store.liveSessions.due(limit: 9)
            #expect(due.map(\.id.rawValue) == ["show-2", "show-1"])
            #expect(try await bench.store.liveSessions.due(limit: 1).map(\.id.rawValue) == ["show-2"])
            #expect(try await bench.store.liveSessions.due(limit: 0) == [])
        },
    ]

    /// Makes a show so many times at once, each time for a cause of its own.
    private static func make(_ show: LiveSession, times: Int, in bench: StoreBench) async {
        let shows = bench.store.liveSessions
        await withTaskGroup(of: Void.self) { group in
            for number in 1...times {
                group.addTask {
                    let cause = Fixtures.cause(number)
                    _ = try? await shows.change(.origin(show.origin), cause: cause) { Change($0 ?? show) }
                }
            }
        }
    }

    /// The ids of a whole list, read in pages of two.
    private static func pages(of listing: LiveSessionListing, in bench: StoreBench) async throws -> [String] {
        var (found, start): ([String], PageStart) = ([], .first)
        while true {
            let page = try await bench.store.liveSessions.list(listing, from: start, limit: 2)
            found += page.items.map(\.id.rawValue)
            guard let next = page.next else { return found }
            start = .after(next)
        }
    }
}
