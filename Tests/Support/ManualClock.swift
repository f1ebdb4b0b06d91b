import Domain
import Foundation
import Synchronization

/// A clock that stands still until a test moves it.
public final class ManualClock: ClubClock {
    private struct Sleeper {
        let number: Int
        let wakesAt: Date
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct Watcher {
        let number: Int
        let count: Int
        /// Only tasks that wake within this time count; nil: all.
        let within: Duration?
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now: Date
        var lastNumber = 0
        var sleepers: [Sleeper] = []
        var watchers: [Watcher] = []

        mutating func nextNumber() -> Int {
            lastNumber += 1
            return lastNumber
        }

        func sleeperCount(within duration: Duration?) -> Int {
            guard let duration else { return sleepers.count }
            let limit = now.addingTimeInterval(duration.seconds)
            return sleepers.count { $0.wakesAt <= limit }
        }

        /// Takes out the watchers for whom enough tasks sleep.
        mutating func satisfiedWatchers() -> [Watcher] {
            let satisfied = watchers.filter { $0.count <= sleeperCount(within: $0.within) }
            watchers.removeAll { watcher in satisfied.contains { $0.number == watcher.number } }
            return satisfied
        }
    }

    private let state: Mutex<State>

    public init(now: Date = Fixtures.start) {
        state = Mutex(State(now: Timestamp.rounded(now)))
    }

    public var now: Date { state.withLock(\.now) }

    /// How many tasks sleep at this moment.
    public var sleeperCount: Int { state.withLock(\.sleepers.count) }

    /// Sleeps until the test has moved the clock so far. Returns at once where `duration` is not positive.
    public func sleep(for duration: Duration) async throws(CancellationError) {
        let number = state.withLock { $0.nextNumber() }
        let isCancelled = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                lieDown(number: number, duration: duration, continuation: continuation)
            }
        } onCancel: {
            wakeCancelled(number)
        }
        if isCancelled { throw CancellationError() }
    }

    /// Moves the clock, then wakes whose time has come: first those who wanted to wake first, among equals those who
    /// lay down first.
    public func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = Timestamp.rounded(state.now.addingTimeInterval(duration.seconds))
            let now = state.now
            let due = state.sleepers.filter { $0.wakesAt <= now }
            state.sleepers.removeAll { $0.wakesAt <= now }
            return due.sorted { ($0.wakesAt, $0.number) < ($1.wakesAt, $1.number) }
        }
        for sleeper in due {
            sleeper.continuation.resume(returning: false)
        }
    }

    /// Returns as soon as at least `count` tasks sleep, or when the waiting task is cancelled.
    /// - Parameters:
    ///   - count: How many tasks have to sleep.
    ///   - duration: Only those count that would wake within this time. Nil: all.
    public func waitForSleepers(_ count: Int, within duration: Duration? = nil) async {
        let number = state.withLock { $0.nextNumber() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    if state.sleeperCount(within: duration) >= count || Task.isCancelled { return true }
                    state.watchers.append(
                        Watcher(number: number, count: count, within: duration, continuation: continuation)
                    )
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            let watcher = state.withLock { state in
                state.watchers.firstIndex { $0.number == number }.map { state.watchers.remove(at: $0) }
            }
            watcher?.continuation.resume()
        }
    }

    private func lieDown(number: Int, duration: Duration, continuation: CheckedContinuation<Bool, Never>) {
        let (answer, satisfied) = state.withLock { state -> (Bool?, [Watcher]) in
            if Task.isCancelled { return (true, []) }
            if duration <= .zero { return (false, []) }
            let wakesAt = Timestamp.rounded(state.now.addingTimeInterval(duration.seconds))
            state.sleepers.append(Sleeper(number: number, wakesAt: wakesAt, continuation: continuation))
            return (nil, state.satisfiedWatchers())
        }
        if let answer { continuation.resume(returning: answer) }
        for watcher in satisfied {
            watcher.continuation.resume()
        }
    }

    private func wakeCancelled(_ number: Int) {
        let sleeper = state.withLock { state in
            state.sleepers.firstIndex { $0.number == number }.map { state.sleepers.remove(at: $0) }
        }
        sleeper?.continuation.resume(returning: true)
    }
}
