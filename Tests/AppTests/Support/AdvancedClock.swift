import Domain
import Foundation
import Synchronization

/// The system's clock, as far ahead as a test has set it. Waiting takes its real time.
final class AdvancedClock: ClubClock {
    private let lead = Mutex(Duration.zero)
    private let system = SystemClubClock()

    var now: Date { system.after(lead.withLock { $0 }) }

    func sleep(for duration: Duration) async throws(CancellationError) {
        try await system.sleep(for: duration)
    }

    func advance(by duration: Duration) {
        lead.withLock { $0 += duration }
    }
}
