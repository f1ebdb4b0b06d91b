import Foundation
import Synchronization

@testable import Sandbox

/// A clock that stands still until it is moved.
final class ManualClock: SandboxClock {
    private struct Sleeper {
        let until: Date
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Date(timeIntervalSince1970: 1_800_000_000)
        var tickets = 0
        var sleepers: [Int: Sleeper] = [:]
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    func now() -> Date {
        state.withLock { $0.now }
    }

    func sleep(for duration: Duration) async throws {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let awake = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                    guard !Task.isCancelled else {
                        continuation.resume(throwing: CancellationError())
                        return []
                    }
                    let until = state.now.addingTimeInterval(duration / .seconds(1))
                    state.sleepers[ticket] = Sleeper(until: until, continuation: continuation)
                    let reached = state.watchers.filter { $0.count <= state.sleepers.count }
                    state.watchers.removeAll { $0.count <= state.sleepers.count }
                    return reached.map(\.continuation)
                }
                for watcher in awake { watcher.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: ticket) }?.continuation.resume(
                throwing: CancellationError()
            )
        }
    }

    /// Moves the time on and wakes whoever slept until then.
    func advance(by seconds: TimeInterval) {
        let awake = state.withLock { state in
            state.now.addTimeInterval(seconds)
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for ticket in due.keys { state.sleepers[ticket] = nil }
            return due.values
        }
        for sleeper in awake { sleeper.continuation.resume() }
    }

    /// Waits until that many sleep at once.
    func sleepers(atLeast count: Int) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                guard state.sleepers.count < count else { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isReached { continuation.resume() }
        }
    }
}
