import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let broadcasts = [
        StoreCheck("messages are counted by their batch, whatever has become of them") { bench in
            let batch = OutboxBatch(rawValue: "b")
            try await bench.append(Fixtures.draft("alone", chat: 9))
            try await bench.store.outbox.append(drafts(7, batch), now: bench.now)
            var rows: [String: OutboxRow] = [:]
            for row in try await bench.claim(excluding: [ChatID(rawValue: 7)]) { rows[row.draft.dedupeKey] = row }
            #expect(rows["b1"]?.draft.batch == batch)
            let doubtful = try #require(rows["b5"])
            let outcomes: [(String, OutboxOutcome)] = [
                ("alone", .sent(message: 1)), ("b1", .sent(message: 2)), ("b2", .sent(message: 3)),
                ("b3", .failed(reason: "x")), ("b4", .unreachable(reason: "x")), ("b5", .unknown(notBefore: bench.now)),
            ]
            for (key, outcome) in outcomes { try await bench.settle(try #require(rows[key]), outcome) }
            _ = try await bench.claim(excluding: [ChatID(rawValue: 7)])
            try await bench.settle(doubtful, .unknown(notBefore: bench.now))
            var counts = OutboxCounts()
            (counts.sent, counts.failed, counts.unreachable, counts.unknown) = (2, 1, 1, 1)
            (counts.sending, counts.queued) = (1, 1)
            #expect(try await bench.store.outbox.counts(batch: batch) == counts)
            #expect(try await bench.store.outbox.counts(batch: OutboxBatch(rawValue: "c")) == OutboxCounts())
        },
        StoreCheck("a withdrawn batch is never sent, what is on its way stays, and later messages go") { bench in
            let batch = OutboxBatch(rawValue: "b")
            try await bench.store.outbox.append(drafts(3, batch), now: bench.now)
            try await bench.append(Fixtures.draft("behind it", chat: 2))
            let onItsWay = try #require(try await bench.claim(limit: 1).first)
            for _ in 1...2 { try await bench.store.outbox.withdraw(batch: batch) }
            #expect(try await bench.claimed() == ["behind it"])
            try await bench.settle(onItsWay, .sent(message: 1))
            try await bench.store.outbox.append(drafts(3, batch), now: bench.now)
            #expect(try await bench.claimed() == [])
            var counts = OutboxCounts()
            counts.sent = 1
            #expect(try await bench.store.outbox.counts(batch: batch) == counts)
        },
        StoreCheck("a large batch is withdrawn whole") { bench in
            let batch = OutboxBatch(rawValue: "b")
            try await bench.store.outbox.append(drafts(501, batch), now: bench.now)
            try await bench.store.outbox.withdraw(batch: batch)
            #expect(try await bench.store.outbox.counts(batch: batch) == OutboxCounts())
        },
        StoreCheck("broadcasts that were sent are listed, the newest first, page by page") { bench in
            let broadcasts = try await service(of: bench)
            for number in 1...3 {
                bench.clock.advance(by: .seconds(1))
                _ = try await broadcasts.send(
                    try RichText("\(number)"),
                    to: .members,
                    by: Fixtures.member(1, role: .owner),
                    cause: Fixtures.cause(number)
                )
            }
            try await keep(Fixtures.broadcast(1), in: bench)
            let first = try await bench.store.broadcasts.list(after: nil, limit: 2)
            let rest = try await bench.store.broadcasts.list(after: first.next, limit: 2)
            #expect((first.items + rest.items).map(\.text.text) == ["3", "2", "1"])
            #expect(rest.next == nil)
            #expect(try await bench.store.broadcasts.open(limit: 2).map(\.text.text) == ["1", "2"])
            #expect(try await bench.store.broadcasts.open(limit: 0).isEmpty)
        },
        StoreCheck("a broadcast is closed when all is said, and a draft is forgotten after a day") { bench in
            let broadcasts = try await service(of: bench)
            let owner = Fixtures.member(1, role: .owner)
            let sent = try await broadcasts.send(RichText("a"), to: .members, by: owner, cause: Fixtures.cause(1))
            try await keep(Fixtures.broadcast(1), in: bench)
            while try await broadcasts.advance() {}
            let row = try #require(try await bench.claim(lanes: [.digests]).first)
            #expect(row.draft.batch == sent.id.batch)
            try await bench.settle(row, .sent(message: 1))
            _ = try await broadcasts.advance()
            #expect(try await bench.store.broadcasts.open(limit: 9).isEmpty)
            let done = try #require(try await bench.store.broadcasts.find(.id(sent.id)))
            #expect(done.state == .done)
            #expect(done.tally?.sent == 1)
            try await bench.store.prune(now: bench.after(25 * 3_600))
            #expect(try await bench.store.broadcasts.find(.id(Fixtures.broadcast(1).id)) == nil)
            #expect(try await bench.store.broadcasts.find(.id(sent.id)) == done)
        },
    ]

    /// One message to each of `count` chats, all of one batch, named `b1`, `b2`….
    private static func drafts(_ count: Int64, _ batch: OutboxBatch) -> [OutboxDraft] {
        (1...count).map { number in
            var draft = Fixtures.draft("b\(number)", chat: number)
            draft.batch = batch
            return draft
        }
    }

    private static func keep(_ broadcast: Broadcast, in bench: StoreBench) async throws {
        _ = try await bench.store.broadcasts.change(.id(broadcast.id), cause: Fixtures.cause(1)) { _ in
            Change(broadcast)
        }
    }

    /// A club whose only member is the owner, person 1.
    private static func service(of bench: StoreBench) async throws -> Broadcasts {
        try await bench.add(Fixtures.member(1, role: .owner))
        return Broadcasts(store: bench.store, clock: bench.clock, ids: Fixtures.ids())
    }
}
