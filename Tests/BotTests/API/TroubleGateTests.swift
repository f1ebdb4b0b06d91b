import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Bot

@Suite(.timeLimit(.minutes(1)))
struct TroubleGateTests {
    private final class Passed: Sendable {
        private let passed = Mutex(0)

        var count: Int { passed.withLock { $0 } }

        func add() {
            passed.withLock { $0 += 1 }
        }
    }

    let clock = ManualClock()

    @Test func `without trouble everybody passes at once`() async {
        let gate = TroubleGate(clock: clock)
        for _ in 1...100 { await gate.enter() }
        #expect(clock.now == ManualClock().now)
    }

    @Test func `in trouble two a second pass, whoever they are`() async {
        let gate = TroubleGate(clock: clock)
        gate.note(isTrouble: true)
        let (clock, passed) = (clock, Passed())
        await withTaskGroup { group in
            for _ in 1...6 {
                group.addTask {
                    await gate.enter()
                    passed.add()
                }
            }
            await clock.waitForSleepers(6)
            for half in 1...6 {
                clock.advance(by: .milliseconds(499))
                #expect(passed.count == half - 1)
                clock.advance(by: .milliseconds(1))
                while passed.count < half { await Task.yield() }
            }
        }
    }

    @Test func `an answer as it should be ends the trouble`() async {
        let gate = TroubleGate(clock: clock)
        gate.note(isTrouble: true)
        gate.note(isTrouble: false)
        let begin = clock.now
        for _ in 1...10 { await gate.enter() }
        #expect(clock.now == begin)
    }
}
