import Domain
import Foundation
import Logging
import ServiceLifecycle

/// Lets the store forget once an hour what is kept for a limited time only.
struct Housekeeping: Service {
    static let period: Duration = .seconds(3600)

    let store: any ClubStore
    let clock: any ClubClock
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await store.prune(now: clock.now)
                } catch {
                    logger.error("Old data could not be removed", metadata: ["error": "\(error)"])
                }
                try? await clock.sleep(for: Self.period)
            }
        }
    }
}
