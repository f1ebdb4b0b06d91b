import Bot
import Domain
import Foundation
import TestSupport
import Testing

@testable import App

@Suite(.timeLimit(.minutes(1)))
struct HousekeepingTests {
    @Test func `what failed is done again after a minute, and then once an hour`() async throws {
        let clock = ManualClock()
        let store = MemoryClubStore(clock: clock)
        let lapsed = OutboxDraft(
            dedupeKey: "old",
            chat: ChatID(rawValue: 7),
            lane: .answers,
            body: .prepared(Data())
        )
        try await store.outbox.append([lapsed], now: clock.now)
        let rows = try await store.outbox.claim(
            bot: .club,
            lanes: [.answers],
            excluding: [],
            limit: 1,
            now: clock.now
        )
        try await store.outbox.settle(rows.map { ($0.sequence, .sent(message: nil)) }, now: clock.now)
        clock.advance(by: .seconds(31 * 86_400))
        store.setOutage(.unavailable(source: "memory", code: 14))
        let housekeeping = Housekeeping(
            store: store,
            clock: clock,
            outage: StoreOutage(clock: clock, logger: .silent)
        )
        let running = Task { try await housekeeping.run() }

        await clock.waitForSleepers(1, within: Housekeeping.retryPause)
        store.setOutage(nil)
        #expect(try await store.outbox.counts(bot: .club).sent == 1)
        clock.advance(by: Housekeeping.retryPause)
        await clock.waitForSleepers(1)

        #expect(try await store.outbox.counts(bot: .club).sent == 0)
        running.cancel()
        _ = await running.result
    }
}
