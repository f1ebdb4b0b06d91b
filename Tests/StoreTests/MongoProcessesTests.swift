import Domain
import Foundation
import TestSupport
import Testing

@testable import MongoStore

/// Several processes at one outbox.
@Suite(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"), .timeLimit(.minutes(3)))
struct MongoProcessesTests {
    private static let messages = 90

    @Test(arguments: MongoServer.all.filter { !$0.dropsAnswers })
    func `processes that write, send and move at the same time send each message once`(
        on server: MongoServer
    ) async throws {
        let bench = try await server.bench()
        let stores = [bench.store, try await bench.reopen(), try await bench.reopen()]
        let now = bench.now
        let sent = try await withThrowingTaskGroup(of: [String].self) { group in
            for (place, store) in stores.enumerated() {
                group.addTask {
                    for number in 1...(Self.messages / stores.count) {
                        let chat = Int64(number % 7 + 1)
                        try await store.outbox.append([Fixtures.draft("\(place):\(number)", chat: chat)], now: now)
                    }
                    return []
                }
                group.addTask { try await Self.send(from: store, now: now) }
            }
            group.addTask {
                for number in Int64(1)...7 {
                    let (from, to) = (ChatID(rawValue: number), ChatID(rawValue: number % 7 + 1))
                    try await bench.store.outbox.move(bot: .club, from: from, to: to)
                }
                return []
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(sent.count == Self.messages)
        #expect(Set(sent).count == Self.messages)
        for store in stores { await store.close() }
    }

    /// Claims and settles until everything was sent, by whomever.
    private static func send(from store: any ClubStore, now: Date) async throws -> [String] {
        var sent: [String] = []
        while true {
            let all = Set(OutboxLane.allCases)
            let rows = try await store.outbox.claim(bot: .club, lanes: all, excluding: [], limit: 5, now: now)
            if rows.isEmpty, try await store.outbox.counts(bot: .club).sent == messages { return sent }
            for row in rows {
                let isSent = row.attempts > 1 || row.sequence % 5 > 0
                let outcome: OutboxOutcome = isSent ? .sent(message: nil) : .retry(notBefore: now)
                try await store.outbox.settle([(row.sequence, outcome)], now: now)
                if isSent { sent.append(row.draft.dedupeKey) }
            }
        }
    }
}
