import Domain
import Foundation
import Logging
import Synchronization

/// Tells the log that the store is away, and that it is back: once for each outage, however many parts of the program
/// try how often meanwhile. One for a process; used from anywhere.
public final class StoreOutage: Sendable {
    private struct State {
        var since: Date?
        /// Who has met the outage and was not answered since.
        var parts: Set<String> = []
    }

    private let clock: any ClubClock
    private let logger: Logger
    private let state = Mutex(State())

    public init(clock: any ClubClock, logger: Logger) {
        self.clock = clock
        self.logger = logger
    }

    /// A part of the program was not served. `part` names it, the same each time.
    public func met(_ error: any Error, by part: String) {
        let now = clock.now
        let isFirst = state.withLock { state in
            state.parts.insert(part)
            defer { state.since = state.since ?? now }
            return state.since == nil
        }
        let level: Logger.Level = isFirst ? .error : .debug
        logger.log(
            level: level,
            "The store does not serve; it is tried again until it does",
            metadata: ["part": "\(part)", "error": "\(error)"]
        )
    }

    /// A part of the program was served. The outage is over when all that met it were.
    public func ended(for part: String) {
        let now = clock.now
        let since = state.withLock { state -> Date? in
            guard state.parts.remove(part) != nil, state.parts.isEmpty else { return nil }
            defer { state.since = nil }
            return state.since
        }
        guard let since else { return }
        let seconds = Int(now.timeIntervalSince(since).rounded())
        logger.notice("The store serves again", metadata: ["after_seconds": "\(seconds)"])
    }
}
