import Foundation

/// Where a sandbox takes the time from. Everything that depends on time goes through it.
public protocol SandboxClock: Sendable {
    /// The present moment.
    func now() -> Date

    /// Waits for that long; ends at once with `CancellationError` when the task is cancelled.
    func sleep(for duration: Duration) async throws
}

/// The machine's own clock.
public struct MachineClock: SandboxClock {
    public init() {}

    public func now() -> Date {
        Date()
    }

    public func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration)
    }
}
