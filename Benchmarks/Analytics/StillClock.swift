import Domain
import Foundation

/// A clock that stands still, so that each run asks about the same days.
struct StillClock: ClubClock {
    let now: Date

    func sleep(for duration: Duration) async throws(CancellationError) {
        do {
            try await Task.sleep(for: duration)
        } catch {
            throw CancellationError()
        }
    }
}
