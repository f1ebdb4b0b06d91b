import Foundation

/// Time as the club sees it. Only the wiring knows the real one; tests move theirs by hand.
public protocol ClubClock: Sendable {
    /// The moment, in whole milliseconds.
    var now: Date { get }

    /// Returns after `duration`, or throws `CancellationError` as soon as the task is cancelled.
    func sleep(for duration: Duration) async throws(CancellationError)
}

extension ClubClock {
    /// The moment that lies `duration` from now.
    public func after(_ duration: Duration) -> Date {
        now.addingTimeInterval(duration.seconds)
    }
}

extension Duration {
    /// As seconds with a fraction, for `Date` and for what is shown.
    public var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }

    /// Whole seconds, the fraction cut off.
    public var wholeSeconds: Int64 { components.seconds }

    /// Whole milliseconds, the fraction cut off.
    public var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}

/// The system's clock.
public struct SystemClubClock: ClubClock {
    public init() {}

    public var now: Date { Timestamp.rounded(Date()) }

    public func sleep(for duration: Duration) async throws(CancellationError) {
        do {
            try await Task.sleep(for: duration)
        } catch {
            throw CancellationError()
        }
    }
}
