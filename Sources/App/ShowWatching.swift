import Bot
import Domain
import Foundation
import ServiceLifecycle

/// Lets happen what happens to shows by itself. One process does this for a club; two would do no harm.
struct ShowWatching: Service {
    /// Shorter than this it never waits.
    private static let shortestRest: Duration = .milliseconds(20)

    let watch: ShowWatch
    let shows: LiveSessions
    let clock: any ClubClock
    let outage: StoreOutage

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let pause = await work()
                await shows.changed.wait(atMost: pause, clock: clock)
            }
        }
    }

    /// - Returns: How long nothing is to be done, as far as this process knows.
    private func work() async -> Duration {
        do {
            let next = try await watch.work()
            outage.ended(for: "shows")
            guard let next else { return ShowWatch.rest }
            let wait = Duration.seconds(next.timeIntervalSince(clock.now))
            return min(ShowWatch.rest, max(Self.shortestRest, wait))
        } catch {
            outage.met(error, by: "shows")
            return ShowWatch.rest
        }
    }
}
