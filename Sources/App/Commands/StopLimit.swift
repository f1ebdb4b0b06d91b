import Foundation
import Glibc
import Logging
import ServiceLifecycle

/// Ends the process where some part of it has not ended in time after it was asked to stop: a store that hangs lets
/// nobody finish. What was under way is then as after a crash: done again, or found in doubt, at the next start.
///
/// The last of all services: so it is the first that hears of the stop.
struct StopLimit: Service {
    let longest: Duration
    let logger: Logger

    func run() async throws {
        try? await gracefulShutdown()
        Task.detached {
            try await Task.sleep(for: longest)
            logger.error("Not everything has ended in time; what is left goes on at the next start")
            _exit(EXIT_FAILURE)
        }
    }
}
