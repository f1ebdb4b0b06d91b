import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let outboxOutcomes = [
        StoreCheck("rows are counted by what became of them") { bench in
            let outcomes: [OutboxOutcome] = [
                .sent(message: 5), .sent(message: nil), .failed(reason: "no"), .unreachable(reason: "blocked"),
                .retry(notBefore: bench.now), .unknown(notBefore: bench.now),
            ]
            for chat in Int64(1)...8 { try await bench.append(Fixtures.draft("\(chat)", chat: chat)) }
            let rows = try await bench.claim(limit: 7)
            let settled = zip(rows, outcomes).map { (sequence: $0.sequence, outcome: $1) }
            try await bench.store.outbox.settle(settled, now: bench.now)
            var expected = OutboxCounts()
            expected.queued = 3
            expected.sending = 1
            expected.sent = 2
            expected.failed = 1
            expected.unreachable = 1
            #expect(try await bench.store.outbox.counts(bot: .club) == expected)
            #expect(try await bench.store.outbox.counts(bot: .recorder) == OutboxCounts())
        },
        StoreCheck("a row that is not being sent cannot be settled") { bench in
            try await bench.append(Fixtures.draft("a"), Fixtures.draft("b", chat: 2))
            let row = try #require(try await bench.claim(limit: 1).first)
            try await bench.store.outbox.settle(
                [
                    (row.sequence + 1, .sent(message: 1)), (999, .sent(message: 1)),
                    (row.sequence, .failed(reason: "x")),
                ],
                now: bench.now
            )
            try await bench.settle(row, .sent(message: 2))
            let counts = try await bench.store.outbox.counts(bot: .club)
            #expect(counts.failed == 1)
            #expect(counts.sent == 0)
            #expect(try await bench.claimed() == ["b"])
        },
        StoreCheck("an unknown outcome is tried once more, and never again") { bench in
            try await bench.append(Fixtures.draft("a"), Fixtures.draft("b"))
            try await bench.settle(try #require(try await bench.claim().first), .unknown(notBefore: bench.after(5)))
            #expect(try await bench.claim().isEmpty)
            bench.clock.advance(by: .seconds(5))
            let second = try #require(try await bench.claim().first)
            #expect(second.draft.dedupeKey == "a")
            #expect(second.isUncertain)
            #expect(second.attempts == 2)
            try await bench.settle(second, .unknown(notBefore: bench.now))
            #expect(try await bench.claimed() == ["b"])
            #expect(try await bench.store.outbox.counts(bot: .club).unknown == 1)
        },
        StoreCheck("an uncertain row that was surely not delivered stays uncertain") { bench in
            try await bench.append(Fixtures.draft("a"))
            try await bench.settle(try #require(try await bench.claim().first), .unknown(notBefore: bench.now))
            try await bench.settle(try #require(try await bench.claim().first), .retry(notBefore: bench.now))
            let third = try #require(try await bench.claim().first)
            #expect(third.isUncertain)
            #expect(third.attempts == 3)
            try await bench.settle(third, .sent(message: 1))
            #expect(try await bench.store.outbox.counts(bot: .club).sent == 1)
        },
        StoreCheck("an uncertain row that expires is unknown, because it may have arrived") { bench in
            try await bench.append(Fixtures.draft("a", expiresAt: bench.after(10)))
            try await bench.settle(try #require(try await bench.claim().first), .unknown(notBefore: bench.now))
            bench.clock.advance(by: .seconds(11))
            #expect(try await bench.claim().isEmpty)
            let counts = try await bench.store.outbox.counts(bot: .club)
            #expect(counts.unknown == 1)
            #expect(counts.failed == 0)
        },
        StoreCheck("after a crash what was on its way is tried once more, and is unknown after a second one") { bench in
            let outbox = bench.store.outbox
            try await bench.append(
                Fixtures.draft("1a"),
                Fixtures.draft("1b"),
                Fixtures.draft("2", chat: 2),
                Fixtures.draft("r", bot: .recorder)
            )
            let all = Set(OutboxLane.allCases)
            _ = try await outbox.claim(bot: .recorder, lanes: all, excluding: [], limit: 9, now: bench.now)
            #expect(try await bench.claimed() == ["1a", "2"])
            #expect(try await outbox.recover(bot: .club, now: bench.now) == 2)
            #expect(try await outbox.recover(bot: .club, now: bench.now) == 0)
            let again = try await bench.claim()
            #expect(again.map(\.draft.dedupeKey) == ["1a", "2"])
            #expect(again.allSatisfy { $0.isUncertain && $0.attempts == 2 })
            try await bench.settle(again[1], .sent(message: 1))
            #expect(try await outbox.recover(bot: .club, now: bench.now) == 1)
            let counts = try await outbox.counts(bot: .club)
            #expect(counts.unknown == 1)
            #expect(counts.sent == 1)
            #expect(try await bench.claimed() == ["1b"])
            #expect(try await outbox.counts(bot: .recorder).sending == 1)
        },
        StoreCheck("a group that has become another takes its rows along") { bench in
            let (old, new) = (ChatID(rawValue: -1), ChatID(rawValue: -100))
            try await bench.append(
                Fixtures.draft("sent", chat: -1),
                Fixtures.draft("on its way", chat: -1),
                Fixtures.draft("new", chat: -100),
                Fixtures.draft("queued", chat: -1),
                Fixtures.draft("elsewhere", chat: -5)
            )
            let others = Set([new, ChatID(rawValue: -5)])
            let first = try #require(try await bench.claim(excluding: others).first)
            try await bench.settle(first, .sent(message: 1))
            let onItsWay = try #require(try await bench.claim(excluding: others).first)
            try await bench.store.outbox.move(bot: .club, from: old, to: new)
            #expect(try await bench.claimed() == ["elsewhere"])
            try await bench.settle(onItsWay, .retry(notBefore: bench.now))
            for key in ["on its way", "new", "queued"] {
                let row = try #require(try await bench.claim().first)
                #expect(row.draft.dedupeKey == key)
                #expect(row.draft.chat == new)
                try await bench.settle(row, .sent(message: 1))
            }
            #expect(try await bench.claim().isEmpty)
        },
    ]
}
