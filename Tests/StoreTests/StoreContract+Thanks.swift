import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let thanks = [
        StoreCheck("thanks are listed by giver, by thanked and by episode, the newest first, in pages") { bench in
            for number in 1...5 {
                let words = number == 3 ? "Спасибо!" : nil
                let moment = bench.after(Double(number % 3))
                try await add(Fixtures.thanks(number, words: words, at: moment), to: bench)
            }
            try await add(Fixtures.thanks(6, from: 2, to: 1, podcast: 2, position: .seconds(754)), to: bench)
            let (first, second) = (Fixtures.member(1).id, Fixtures.member(2).id)
            #expect(try await numbers(.from(first), in: bench) == [5, 2, 4, 1, 3])
            #expect(try await numbers(.to(second), in: bench) == [5, 2, 4, 1, 3])
            #expect(try await numbers(.about(Fixtures.podcast(2).id), in: bench) == [6])
            let own = try await bench.store.thanks.list(.to(first), from: .first, limit: 9).items
            #expect(own.first?.position == .seconds(754))
            #expect(try await bench.store.thanks.list(.from(first), from: .offset(4), limit: 9).items.count == 1)
            #expect(try await bench.store.thanks.list(.from(first), from: .first, limit: 0).items == [])
            #expect(try await bench.store.thanks.count(.from(first)) == 5)
            #expect(try await bench.store.thanks.count(.to(Fixtures.member(9).id)) == 0)
        },
        StoreCheck("however many thanks are given at once, a month has its budget and no more") { bench in
            for person in Int64(1)...9 { try await bench.add(Fixtures.member(person)) }
            try await bench.add(Fixtures.podcast(1))
            let desk = ThanksDesk(store: bench.store, clock: bench.clock)
            let given = await withTaskGroup(of: Bool.self) { group in
                for person in Int64(2)...9 {
                    group.addTask {
                        let thanks = try? await desk.give(
                            to: Fixtures.member(person).id,
                            for: Fixtures.podcast(1).id,
                            by: Fixtures.member(1),
                            cause: Fixtures.cause(Int(person))
                        )
                        return thanks != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(given == Thanks.monthlyBudget)
            #expect(try await bench.store.thanks.count(.from(Fixtures.member(1).id)) == Thanks.monthlyBudget)
            #expect(try await bench.store.outbox.counts(bot: .club).queued == Thanks.monthlyBudget)
        },
        StoreCheck("erased thanks are in no list, and their words are gone") { bench in
            let member = Fixtures.member(1)
            try await bench.add(member)
            try await add(Fixtures.thanks(1, words: "Спасибо!", at: bench.now), to: bench)
            try await add(Fixtures.thanks(2, from: 3, to: 1, at: bench.now), to: bench)
            try await add(Fixtures.thanks(3, from: 3, to: 2, at: bench.now), to: bench)
            let clock = bench.clock
            let directory = MemberDirectory(store: bench.store, clock: clock, ids: Fixtures.ids())
            let privacy = Privacy(store: bench.store, directory: directory, clock: clock)
            try await privacy.forget(member, cause: Fixtures.cause(7))
            #expect(try await bench.store.thanks.count(.from(member.id)) == 0)
            #expect(try await bench.store.thanks.count(.to(member.id)) == 0)
            #expect(try await bench.store.thanks.count(.about(Fixtures.podcast(1).id)) == 1)
            #expect(try await bench.store.thanks.find(.id(Fixtures.thanks(1).id))?.words == nil)
        },
    ]

    private static func add(_ thanks: Thanks, to bench: StoreBench) async throws {
        _ = try await bench.store.thanks.change(.id(thanks.id), cause: Fixtures.cause(0)) { _ in Change(thanks) }
    }

    /// The numbers of a whole list, read in pages of two.
    private static func numbers(_ listing: ThanksListing, in bench: StoreBench) async throws -> [Int] {
        var (found, start): ([Thanks], PageStart) = ([], .first)
        while true {
            let page = try await bench.store.thanks.list(listing, from: start, limit: 2)
            found += page.items
            guard let next = page.next else { break }
            start = .after(next)
        }
        return found.compactMap { $0.id.rawValue.split(separator: ":").last.flatMap { Int($0) } }
    }
}
