import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let reopening = [
        StoreCheck("a reopened store has everything that was stored") { bench in
            try await bench.add(Fixtures.member())
            try await bench.add(Fixtures.podcast(1, title: "Ёлка", tags: ["a"]))
            try await addSession(1, of: Fixtures.member(), at: bench.now, to: bench)
            let inbox = bench.store.inbox
            _ = try await inbox.receive([Fixtures.update(1), Fixtures.update(2)], nextOffset: 3, bot: .club)
            try await inbox.finish(bot: .club, updateID: 1, outbox: [Fixtures.draft("a")], now: bench.now)
            let lease = Lease(name: "poller", holder: "h", place: "here", expiresAt: bench.after(60))
            _ = try await bench.store.leases.acquire(lease, now: bench.now, takesOverSamePlace: false)
            await bench.store.close()

            let store = try await bench.reopen()
            #expect(try await store.members.find(.id(Fixtures.member().id)) == Fixtures.member())
            let query = PodcastQuery(words: ["елка"], tag: "a")
            #expect(try await store.podcasts.list(query, from: .first, limit: 5).items.count == 1)
            #expect(try await store.authSessions.open(of: Fixtures.member().id, now: bench.now).count == 1)
            #expect(try await store.inbox.offset(bot: .club) == 3)
            #expect(try await store.inbox.pending(bot: .club, after: 0, limit: 9).map(\.entry.updateID) == [2])
            #expect(try await store.inbox.receive([Fixtures.update(1)], nextOffset: 3, bot: .club) == 0)
            #expect(try await store.outbox.counts(bot: .club).queued == 1)
            var other = lease
            other.holder = "other"
            #expect(try await store.leases.acquire(other, now: bench.now, takesOverSamePlace: false) == lease)
            await store.close()
        },
        StoreCheck("a reopened store knows which causes were applied") { bench in
            try await bench.add(Fixtures.member())
            await bench.store.close()
            let store = try await bench.reopen()
            let again = try await store.members.change(.id(Fixtures.member().id), cause: Fixtures.cause(0)) {
                Change($0 ?? Fixtures.member(2))
            }
            #expect(again.isRepeat)
            await store.close()
        },
        StoreCheck("holds, doubts and the order of arrival outlive a restart") { bench in
            try await bench.append(Fixtures.draft("a"), Fixtures.draft("b"), Fixtures.draft("c", chat: 2))
            let first = try await bench.claim(limit: 1)
            #expect(first.map(\.draft.dedupeKey) == ["a"])
            try await bench.store.outbox.hold(bot: .club, chat: ChatID(rawValue: 2), until: bench.after(60))
            await bench.store.close()

            let outbox = try await bench.reopen().outbox
            #expect(try await outbox.recover(bot: .club, now: bench.now) == 1)
            try await outbox.append([Fixtures.draft("d", chat: 3)], now: bench.now)
            let all = Set(OutboxLane.allCases)
            let claimed = try await outbox.claim(bot: .club, lanes: all, excluding: [], limit: 9, now: bench.now)
            #expect(claimed.map(\.draft.dedupeKey) == ["a", "d"])
            #expect(claimed.map(\.isUncertain) == [true, false])
            let later = try await outbox.claim(bot: .club, lanes: all, excluding: [], limit: 9, now: bench.after(60))
            #expect(later.map(\.draft.dedupeKey) == ["c"])
        },
        StoreCheck("numbers go on where they were, also when what had the last one is gone") { bench in
            try await bench.append(Fixtures.draft("a"))
            let row = try #require(try await bench.claim().first)
            try await bench.settle(row, .sent(message: 1))
            _ = try await bench.store.inbox.receive([Fixtures.update(1)], nextOffset: 2, bot: .club)
            let item = try #require(try await bench.store.inbox.pending(bot: .club, after: 0, limit: 1).first)
            try await bench.store.inbox.finish(bot: .club, updateID: 1, outbox: [], now: bench.now)
            try await bench.store.prune(now: bench.after(31 * 86_400))
            await bench.store.close()

            let store = try await bench.reopen()
            try await store.outbox.append([Fixtures.draft("b")], now: bench.now)
            let all = Set(OutboxLane.allCases)
            let next = try await store.outbox.claim(bot: .club, lanes: all, excluding: [], limit: 1, now: bench.now)
            #expect(try #require(next.first).sequence > row.sequence)
            _ = try await store.inbox.receive([Fixtures.update(2)], nextOffset: 3, bot: .club)
            let pending = try await store.inbox.pending(bot: .club, after: item.sequence, limit: 1)
            #expect(pending.map(\.entry.updateID) == [2])
            await store.close()
        },
    ]
}
