import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let inbox = [
        StoreCheck("updates are stored once, with the offset for the next poll") { bench in
            let inbox = bench.store.inbox
            #expect(try await inbox.offset(bot: .club) == nil)
            let first = [Fixtures.update(1), Fixtures.update(2), Fixtures.update(2)]
            #expect(try await inbox.receive(first, nextOffset: 3, bot: .club) == 2)
            #expect(try await inbox.receive([Fixtures.update(2), Fixtures.update(3)], nextOffset: 4, bot: .club) == 1)
            #expect(try await inbox.offset(bot: .club) == 4)
            #expect(try await inbox.offset(bot: .recorder) == nil)
            let pending = try await inbox.pending(bot: .club, after: 0, limit: 10)
            #expect(pending.map(\.entry) == [1, 2, 3].map { Fixtures.update($0) })
            #expect(try await inbox.receive([], nextOffset: 9, bot: .club) == 0)
            #expect(try await inbox.offset(bot: .club) == 9)
        },
        StoreCheck("pending updates come in the order of their arrival, in parts") { bench in
            let inbox = bench.store.inbox
            let entries = [5, 1, 4, 2].map { Fixtures.update($0, lane: $0 == 4 ? "chat-2" : "chat-1") }
            _ = try await inbox.receive(entries, nextOffset: 6, bot: .club)
            let part = try await inbox.pending(bot: .club, after: 0, limit: 3)
            #expect(part.map(\.entry.updateID) == [5, 1, 4])
            #expect(part.map(\.sequence) == part.map(\.sequence).sorted())
            let last = try #require(part.last)
            let rest = try await inbox.pending(bot: .club, after: last.sequence, limit: 3)
            #expect(rest.map(\.entry.updateID) == [2])
            let lane = try await inbox.pending(bot: .club, lane: "chat-1", after: part[0].sequence, limit: 9)
            #expect(lane.map(\.entry.updateID) == [1, 2])
            #expect(try await inbox.pending(bot: .club, lane: "chat-2", after: last.sequence, limit: 9).isEmpty)
            #expect(try await inbox.pendingCount(bot: .club) == 4)
        },
        StoreCheck("each bot has updates of its own") { bench in
            let inbox = bench.store.inbox
            _ = try await inbox.receive([Fixtures.update(1)], nextOffset: 2, bot: .club)
            #expect(try await inbox.receive([Fixtures.update(1, bot: .recorder)], nextOffset: 2, bot: .recorder) == 1)
            try await inbox.finish(bot: .recorder, updateID: 1, outbox: [], now: bench.now)
            #expect(try await inbox.pendingCount(bot: .club) == 1)
            #expect(try await inbox.pendingCount(bot: .recorder) == 0)
        },
        StoreCheck("a finished update leaves its answers and does not come back") { bench in
            let inbox = bench.store.inbox
            _ = try await inbox.receive([Fixtures.update(1), Fixtures.update(2)], nextOffset: 3, bot: .club)
            let answer = Fixtures.draft("answer", lane: .answers)
            try await inbox.finish(bot: .club, updateID: 1, outbox: [answer], now: bench.now)
            try await inbox.finish(bot: .club, updateID: 1, outbox: [answer], now: bench.now)
            #expect(try await inbox.receive([Fixtures.update(1)], nextOffset: 3, bot: .club) == 0)
            let pending = try await inbox.pending(bot: .club, after: 0, limit: 9)
            #expect(pending.map(\.entry.updateID) == [2])
            #expect(try await bench.claim().map(\.draft) == [answer])
            #expect(try await bench.store.outbox.counts(bot: .club).sending == 1)
        },
        StoreCheck("an update that is not there cannot be finished, and leaves no answer") { bench in
            let inbox = bench.store.inbox
            let missing = StoreError.missing(collection: "inbox")
            await #expect(throws: missing) {
                try await inbox.finish(bot: .club, updateID: 1, outbox: [Fixtures.draft("a")], now: bench.now)
            }
            await #expect(throws: missing) { _ = try await inbox.recordFailure(bot: .club, updateID: 1) }
            await #expect(throws: missing) {
                try await inbox.setAside(bot: .club, updateID: 1, error: "", outbox: [], now: bench.now)
            }
            let claimed = try await bench.claim()
            #expect(claimed.isEmpty)
        },
        StoreCheck("failures are counted, and an update is set aside with its error") { bench in
            let inbox = bench.store.inbox
            _ = try await inbox.receive((1...3).map { Fixtures.update($0) }, nextOffset: 4, bot: .club)
            for count in 1...3 { #expect(try await inbox.recordFailure(bot: .club, updateID: 2) == count) }
            #expect(try await inbox.pending(bot: .club, after: 0, limit: 9).map(\.entry.failures) == [0, 3, 0])
            let notice = Fixtures.draft("notice")
            try await inbox.setAside(bot: .club, updateID: 2, error: "too odd", outbox: [notice], now: bench.now)
            bench.clock.advance(by: .seconds(1))
            try await inbox.setAside(bot: .club, updateID: 1, error: "odd", outbox: [], now: bench.now)
            #expect(try await inbox.pending(bot: .club, after: 0, limit: 9).map(\.entry.updateID) == [3])
            var second = Fixtures.update(2)
            second.failures = 3
            let all = [
                SetAsideUpdate(entry: Fixtures.update(1), error: "odd"),
                SetAsideUpdate(entry: second, error: "too odd"),
            ]
            #expect(try await inbox.setAside(bot: .club, limit: 9) == all)
            #expect(try await inbox.setAside(bot: .club, limit: 1) == [all[0]])
            #expect(try await inbox.setAside(bot: .recorder, limit: 9) == [])
            #expect(try await bench.claimed() == ["notice"])
            #expect(try await inbox.receive([Fixtures.update(2)], nextOffset: 4, bot: .club) == 0)
        },
        StoreCheck("48 hours after an update was handled, its number may be another's") { bench in
            let inbox = bench.store.inbox
            _ = try await inbox.receive((1...3).map { Fixtures.update($0) }, nextOffset: 4, bot: .club)
            try await inbox.finish(bot: .club, updateID: 1, outbox: [], now: bench.now)
            try await inbox.setAside(bot: .club, updateID: 2, error: "odd", outbox: [], now: bench.now)
            let again = { (seconds: Double) in (1...3).map { renumbered($0, at: bench.after(seconds)) } }
            #expect(try await inbox.receive(again(48 * 3_600), nextOffset: 4, bot: .club) == 0)
            let later = again(48 * 3_600 + 1)
            #expect(try await inbox.receive(later, nextOffset: 4, bot: .club) == 2)
            #expect(try await inbox.receive(later, nextOffset: 4, bot: .club) == 0)
            let pending = try await inbox.pending(bot: .club, after: 0, limit: 9)
            #expect(pending.map(\.entry) == [Fixtures.update(3)] + later.prefix(2))
        },
        StoreCheck("an update that was set aside stays as it is when another has its number") { bench in
            let inbox = bench.store.inbox
            _ = try await inbox.receive([Fixtures.update(1)], nextOffset: 2, bot: .club)
            try await inbox.setAside(bot: .club, updateID: 1, error: "odd", outbox: [], now: bench.now)
            let old = SetAsideUpdate(entry: Fixtures.update(1), error: "odd")
            var next = renumbered(1, at: bench.after(49 * 3_600))
            #expect(try await inbox.receive([next], nextOffset: 2, bot: .club) == 1)
            #expect(try await inbox.recordFailure(bot: .club, updateID: 1) == 1)
            #expect(try await inbox.setAside(bot: .club, limit: 9) == [old])
            let moment = bench.after(49 * 3_600)
            try await inbox.setAside(bot: .club, updateID: 1, error: "odder", outbox: [], now: moment)
            next.failures = 1
            let both = [SetAsideUpdate(entry: next, error: "odder"), old]
            #expect(try await inbox.setAside(bot: .club, limit: 9) == both)
            let third = renumbered(1, at: bench.after(98 * 3_600))
            #expect(try await inbox.receive([third], nextOffset: 2, bot: .club) == 1)
            try await inbox.finish(bot: .club, updateID: 1, outbox: [], now: third.receivedAt)
            #expect(try await inbox.pendingCount(bot: .club) == 0)
            #expect(try await inbox.setAside(bot: .club, limit: 9) == both)
        },
    ]

    /// A later update with a number that an earlier one had.
    private static func renumbered(_ number: Int64, at moment: Date) -> InboxEntry {
        var update = Fixtures.update(number)
        update.payload = Data("later \(number)".utf8)
        update.receivedAt = moment
        return update
    }

    static let leases = [
        StoreCheck("a lease has one holder until it is given back") { bench in
            let leases = bench.store.leases
            let first = lease("a", place: "here", until: bench.after(60))
            let second = lease("b", place: "there", until: bench.after(90))
            #expect(try await leases.acquire(first, now: bench.now, takesOverSamePlace: false) == first)
            #expect(try await leases.acquire(second, now: bench.now, takesOverSamePlace: false) == first)
            try await leases.release(name: first.name, holder: "b")
            #expect(try await leases.acquire(second, now: bench.now, takesOverSamePlace: true) == first)
            try await leases.release(name: first.name, holder: "a")
            #expect(try await leases.acquire(second, now: bench.now, takesOverSamePlace: false) == second)
            var other = first
            other.name = "another"
            #expect(try await leases.acquire(other, now: bench.now, takesOverSamePlace: false) == other)
        },
        StoreCheck("a lease is renewed by its holder and lost when it expires") { bench in
            let leases = bench.store.leases
            _ = try await leases.acquire(
                lease("a", place: "here", until: bench.after(60)),
                now: bench.now,
                takesOverSamePlace: false
            )
            let renewed = lease("a", place: "here", until: bench.after(120))
            #expect(try await leases.acquire(renewed, now: bench.after(30), takesOverSamePlace: false) == renewed)
            let other = lease("b", place: "there", until: bench.after(300))
            #expect(try await leases.acquire(other, now: bench.after(119), takesOverSamePlace: false) == renewed)
            #expect(try await leases.acquire(other, now: bench.after(121), takesOverSamePlace: false) == other)
        },
        StoreCheck("a lease is taken over at the same place only by who asks for that") { bench in
            let leases = bench.store.leases
            let first = lease("a", place: "here", until: bench.after(60))
            _ = try await leases.acquire(first, now: bench.now, takesOverSamePlace: false)
            let second = lease("b", place: "here", until: bench.after(90))
            #expect(try await leases.acquire(second, now: bench.now, takesOverSamePlace: false) == first)
            #expect(try await leases.acquire(second, now: bench.now, takesOverSamePlace: true) == second)
        },
        StoreCheck("of many who want a lease at once, one gets it") { bench in
            let holders = try await withThrowingTaskGroup(of: (String, String).self) { group in
                for number in 1...20 {
                    group.addTask {
                        let wanted = lease("\(number)", place: "\(number)", until: Fixtures.start + 60)
                        let held = try await bench.store.leases.acquire(
                            wanted,
                            now: Fixtures.start,
                            takesOverSamePlace: false
                        )
                        return (wanted.holder, held.holder)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(holders.count { $0.0 == $0.1 } == 1)
            #expect(Set(holders.map(\.1)).count == 1)
        },
    ]

    private static func lease(_ holder: String, place: String, until expiresAt: Date) -> Lease {
        Lease(name: "poller", holder: holder, place: place, expiresAt: expiresAt)
    }
}
