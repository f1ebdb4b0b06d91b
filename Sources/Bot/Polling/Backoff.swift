import Foundation

/// Growing pauses between attempts: from `first`, doubling to `longest`, each with up to half of it less, at random.
struct Backoff: Sendable {
    /// The longest pause between two attempts at a store that is away: short, since it costs the store little.
    static let longestForStore: Duration = .seconds(5)

    private let first: Duration
    private let longest: Duration
    /// The longest that the next pause may be.
    private(set) var next: Duration

    /// Whether there was a pause since the last success.
    var hasPaused: Bool { next != first }

    init(first: Duration = .milliseconds(500), longest: Duration = .seconds(30)) {
        self.first = first
        self.longest = longest
        next = first
    }

    /// The pause before the next attempt.
    mutating func pause() -> Duration {
        let pause = next
        next = min(next * 2, longest)
        return max(first, pause * Double.random(in: 0.5...1))
    }

    /// After a success: begin anew.
    mutating func reset() {
        next = first
    }
}
