import Domain
import Foundation

/// Permits that are used up one by one, and come again evenly.
struct PermitBucket: Sendable {
    /// A permit that lacks less than this is whole: the difference of two moments is not exact.
    private static let rounding = 1e-6

    /// How many may be used at once.
    private let burst: Double
    /// After this, there is one more.
    private let interval: Duration
    private var permits: Double
    private var at: Date

    /// A full one.
    init(burst: Int, interval: Duration, now: Date) {
        self.burst = Double(burst)
        self.interval = interval
        permits = self.burst
        at = now
    }

    /// Takes one permit.
    /// - Returns: After what time there is one, where there is none now.
    mutating func take(now: Date) -> Duration? {
        let filled = max(0, now.timeIntervalSince(at)) / interval.seconds
        permits = min(burst, permits + filled)
        at = now
        guard permits >= 1 - Self.rounding else { return interval * (1 - permits) }
        permits = max(0, permits - 1)
        return nil
    }
}
