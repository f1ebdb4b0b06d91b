import Domain
import Foundation
import Synchronization

/// Breaks off attempts that take longer than they may. One timer serves all that are under way: since each may take
/// equally long, they end in the order in which they began.
final class AttemptLimit: Sendable {
    private struct Attempt {
        let number: Int
        let endsAt: Date
        let cancel: @Sendable () -> Void
    }

    private struct State {
        var lastNumber = 0
        /// Those that began and may have ended since, the oldest first.
        var begun: [Attempt] = []
        var running: Set<Int> = []
        var timer: Task<Void, Never>?

        /// Takes out those that are over, as far as they stand at the front.
        mutating func dropEnded() {
            begun.removeFirst(begun.prefix { !running.contains($0.number) }.count)
        }
    }

    private let duration: Duration
    private let clock: any ClubClock
    private let state = Mutex(State())

    /// `duration`: How long an attempt may take.
    init(_ duration: Duration, clock: any ClubClock) {
        self.duration = duration
        self.clock = clock
    }

    deinit {
        state.withLock(\.timer)?.cancel()
    }

    /// Carries out `work`; cancels it where it takes too long, or where the calling task is cancelled.
    /// - Throws: `HandlingTimeout` where it took too long and failed; else what `work` throws.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let task = Task.detached { try await work() }
        let number = begin { task.cancel() }
        let result = await withTaskCancellationHandler {
            await task.result
        } onCancel: {
            task.cancel()
        }
        let isOverdue = end(number)
        if case .failure = result, isOverdue { throw HandlingTimeout() }
        return try result.get()
    }

    private func begin(_ cancel: @escaping @Sendable () -> Void) -> Int {
        state.withLock { state in
            state.lastNumber += 1
            state.begun.append(Attempt(number: state.lastNumber, endsAt: clock.after(duration), cancel: cancel))
            state.running.insert(state.lastNumber)
            if state.timer == nil { state.timer = makeTimer(clock) }
            return state.lastNumber
        }
    }

    /// - Returns: Whether the attempt was broken off.
    private func end(_ number: Int) -> Bool {
        state.withLock { state in
            let isOverdue = state.running.remove(number) == nil
            state.dropEnded()
            return isOverdue
        }
    }

    // MARK: The timer

    /// Sleeps until the oldest attempt has to end, and so on while there are any.
    private func makeTimer(_ clock: any ClubClock) -> Task<Void, Never> {
        Task.detached { [weak self] in
            while let end = self?.breakOff() {
                do {
                    try await clock.sleep(for: .seconds(max(0, end.timeIntervalSince(clock.now))))
                } catch {
                    return
                }
            }
        }
    }

    /// Breaks off what has taken too long.
    /// - Returns: When the next one has to end; nil where none is under way, and the timer ends.
    private func breakOff() -> Date? {
        let now = clock.now
        return state.withLock { state in
            state.dropEnded()
            while let first = state.begun.first, first.endsAt <= now {
                if state.running.remove(first.number) != nil { first.cancel() }
                state.dropEnded()
            }
            if state.begun.isEmpty { state.timer = nil }
            return state.begun.first?.endsAt
        }
    }
}

/// Handling an update took longer than it may.
struct HandlingTimeout: Error, CustomStringConvertible {
    var description: String { "it took too long" }
}
