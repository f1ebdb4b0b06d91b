import Domain
import Foundation
import Logging
import TestSupport
import Testing

@testable import Web

/// `/readyz` also where the store gives no answer at all.
@Suite(.timeLimit(.minutes(1)))
struct ReadinessTests {
    private let clock = ManualClock()

    private func probe(_ store: HangingStore) -> StoreProbe {
        StoreProbe(store: store, clock: clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test func `a store that hangs is answered for in time, and asked once`() async throws {
        let store = HangingStore(clock: clock)
        let probe = probe(store)
        let answers = (1...5).map { _ in Task { await probe.answers() } }
        await clock.waitForSleepers(5)

        clock.advance(by: StoreProbe.patience)

        for answer in answers { #expect(await answer.value == false) }
        #expect(store.questions == 1)
        store.goOn()
    }

    @Test func `it is ready again as soon as the store answers`() async throws {
        let store = HangingStore(clock: clock)
        let probe = probe(store)
        let first = Task { await probe.answers() }
        await clock.waitForSleepers(1)
        clock.advance(by: StoreProbe.patience)
        #expect(await first.value == false)

        let second = Task { await probe.answers() }
        await clock.waitForSleepers(1)
        store.goOn()

        #expect(await second.value)
        #expect(await probe.answers())
    }

    @Test func `a store that says no is told at once`() async throws {
        let store = HangingStore(clock: clock)
        store.goOn()
        store.memory.setOutage(.unavailable(source: "memory", code: 1))

        #expect(await probe(store).answers() == false)
    }
}
