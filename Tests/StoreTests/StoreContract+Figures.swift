import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let figures = [
        StoreCheck("what was sent or given up is read in the order of its end, page by page") { bench in
            let keys = ["a", "b", "c", "d", "e"]
            for (index, key) in keys.enumerated() {
                try await bench.append(Fixtures.draft(key, chat: Int64(index + 1)))
            }
            let rows = try await bench.claim()
            let outcomes: [OutboxOutcome] = [
                .sent(message: 1), .failed(reason: "no"), .retry(notBefore: bench.after(9_000)),
                .unreachable(reason: "gone"), .sent(message: 2),
            ]
            for (row, outcome) in zip(rows, outcomes).reversed() {
                try await bench.settle(row, outcome)
                if row.draft.dedupeKey != "d" { bench.clock.advance(by: .seconds(1)) }
            }
            let first = OutboxPlace(settledAt: .distantPast, sequence: 0)
            let end = bench.now.addingTimeInterval(1)
            func settled(_ place: OutboxPlace, _ limit: Int) async throws -> [OutboxRecord] {
                try await bench.store.outbox.settled(after: place, before: end, limit: limit)
            }
            let all = try await settled(first, 10)
            #expect(all.map(\.draft.dedupeKey) == ["e", "d", "b", "a"])
            #expect(all.map(\.state) == [.sent, .unreachable, .failed, .sent])
            #expect(all.map(\.reason) == [nil, "gone", "no", nil])
            let two = try await settled(first, 2)
            #expect(two == Array(all.prefix(2)))
            let place = try #require(two.last.flatMap(OutboxPlace.init))
            #expect(try await settled(place, 10) == Array(all.dropFirst(2)))
            #expect(try await settled(first, 0).isEmpty)
            let early = try await bench.store.outbox.settled(after: first, before: bench.after(2), limit: 10)
            #expect(early.map(\.draft.dedupeKey) == ["e", "d"])
        },
        StoreCheck("of messages that end at the same moment the first one to come is read first") { bench in
            for chat in Int64(1)...3 { try await bench.append(Fixtures.draft("\(chat)", chat: chat)) }
            for row in try await bench.claim().reversed() { try await bench.settle(row, .sent(message: 1)) }
            var place = OutboxPlace(settledAt: .distantPast, sequence: 0)
            var keys: [String] = []
            while let next = try await bench.store.outbox
                .settled(after: place, before: bench.after(1), limit: 1).first
            {
                keys.append(next.draft.dedupeKey)
                place = try #require(OutboxPlace(next))
            }
            #expect(keys == ["1", "2", "3"])
        },
        StoreCheck("who ever joined is listed with when, by that and by id") { bench in
            var left = Fixtures.member(1)
            (left.membership, left.joinedAt) = (.left, bench.after(2))
            var never = Fixtures.member(2)
            (never.membership, never.joinedAt) = (.pending, nil)
            try await bench.add(left)
            try await bench.add(never)
            for number in Int64(3)...4 { try await bench.add(Fixtures.member(number)) }
            let joinings = try await bench.store.members.joinings()
            #expect(joinings.map(\.id) == [3, 4, 1].map { Fixtures.member($0).id })
            #expect(joinings.map(\.isActive) == [true, true, false])
            #expect(joinings.last?.at == bench.after(2))
            _ = try await bench.store.members.change(.id(left.id), cause: Fixtures.cause(9)) { member in
                var member = member ?? Fixtures.member(1)
                member.joinedAt = nil
                return Change(member)
            }
            #expect(try await bench.store.members.joinings().count == 2)
        },
        StoreCheck("figures of shows and days of delivery are found by their ids") { bench in
            for record in Fixtures.showFigureRecords(now: bench.now) {
                _ = try await bench.store.showFigures.change(.id(record.document.id), cause: Fixtures.cause(1)) { _ in
                    Change(record.document)
                }
            }
            let shows = Fixtures.showFigureRecords(now: bench.now).map(\.document)
            let found = try await bench.store.showFigures.find(ids: shows.map(\.id) + [Fixtures.show(9).id])
            #expect(found.sorted { $0.id.rawValue < $1.id.rawValue } == shows)
            let day = try #require(Fixtures.deliveryRecords(now: bench.now).first).document
            _ = try await bench.store.deliveryDays.change(.id(day.id), cause: Fixtures.cause(1)) { _ in Change(day) }
            #expect(try await bench.store.deliveryDays.find(ids: [day.id]) == [day])
        },
    ]
}
