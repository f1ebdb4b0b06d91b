import Domain
import TestSupport
import Testing

struct WakeupTests {
    @Test func `a call that comes before the wait is not lost`() async {
        let wakeup = Wakeup()
        wakeup.notify()

        await wakeup.wait(atMost: .seconds(3600), clock: ManualClock())
    }

    @Test func `the wait ends with the time`() async {
        let (wakeup, clock) = (Wakeup(), ManualClock())
        async let waiting: Void = wakeup.wait(atMost: .seconds(1), clock: clock)
        await clock.waitForSleepers(1)

        clock.advance(by: .seconds(1))
        await waiting
    }

    @Test func `a second waiter takes the place of the first, and nobody hangs`() async {
        let (wakeup, clock) = (Wakeup(), ManualClock())
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...2 { group.addTask { await wakeup.wait(atMost: .seconds(1), clock: clock) } }
            await clock.waitForSleepers(1)
            clock.advance(by: .seconds(1))
            wakeup.notify()
        }
    }

    @Test func `the wait ends with a call`() async {
        let (wakeup, clock) = (Wakeup(), ManualClock())
        async let waiting: Void = wakeup.wait(atMost: .seconds(1), clock: clock)
        await clock.waitForSleepers(1)

        wakeup.notify()
        await waiting
        #expect(clock.sleeperCount == 0)
    }
}
