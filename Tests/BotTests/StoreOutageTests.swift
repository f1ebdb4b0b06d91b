import Domain
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Bot

struct StoreOutageTests {
    private let clock = ManualClock()
    private let lines = LogLines()

    private var outage: StoreOutage { StoreOutage(clock: clock, logger: lines.logger) }
    private let error = StoreError.unavailable(source: "memory", code: 5)

    @Test func `however often who tries, an outage is one line, and its end another`() {
        let outage = outage
        for part in ["polling", "outbox", "polling", "inbox"] { outage.met(error, by: part) }
        clock.advance(by: .seconds(90))
        for part in ["polling", "outbox", "inbox", "inbox"] { outage.ended(for: part) }

        #expect(lines.all.count == 2)
        #expect(lines.all.first?.contains("does not serve") == true)
        #expect(lines.all.last?.contains("serves again after_seconds=90") == true)
    }

    @Test func `it is over when everybody who met it is served again`() {
        let outage = outage
        outage.met(error, by: "polling")
        outage.met(error, by: "outbox")
        outage.ended(for: "polling")
        outage.met(error, by: "polling")
        #expect(lines.all.count == 1)

        outage.ended(for: "polling")
        outage.ended(for: "outbox")
        #expect(lines.all.count == 2)
    }

    @Test func `the next outage is told as well`() {
        let outage = outage
        for _ in 1...2 {
            outage.met(error, by: "polling")
            outage.ended(for: "polling")
        }

        #expect(lines.all.count == 4)
    }

    @Test func `without an outage nothing is said`() {
        outage.ended(for: "polling")

        #expect(lines.all.isEmpty)
    }
}
