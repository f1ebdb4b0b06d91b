import Bot
import Domain
import Foundation
import ServiceLifecycle

/// Lets the store forget once an hour what is kept for a limited time only, and sees to it that the figures of
/// episodes lack nothing. One process does this for a club.
struct Housekeeping: Service {
    static let period: Duration = .seconds(3600)
    /// After a failure.
    static let retryPause: Duration = .seconds(60)

    let store: any ClubStore
    let clock: any ClubClock
    let outage: StoreOutage

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let pause = await forget()
                try? await clock.sleep(for: pause)
            }
        }
    }

    /// - Returns: When to do it again.
    private func forget() async -> Duration {
        do {
            try await Listening(store: store, clock: clock).countWhatIsLeft()
            try await store.prune(now: clock.now)
            outage.ended(for: "housekeeping")
            return Self.period
        } catch {
            outage.met(error, by: "housekeeping")
            return Self.retryPause
        }
    }
}
