import Domain
import Foundation
import Synchronization

/// Breaks off attempts that take longer than they may. One timer serves all that are under way: since each may take
/// equally long, they end in the order in which they began.
///
/// An attempt that takes too long is cancelled. Where it does not end within `grace` after that, it is left alone, so that
/// nothing waits for it.
final class AttemptLimit: Sendable {
    /// How long a cancelled attempt may take to end.
    static let grace: Duration = .seconds(5)

    private struct Attempt {
        let abandon: @Sendable () -> Void
        var cancel: @Sendable () -> Void = {}
        var isOverdue = false
    }

    private struct Due {
        let number: Int
        let at: Date
    }

    private struct State {
        var lastNumber = 0
        /// Those that are under way.
        var running: [Int: Attempt] = [:]
        /// When they are to be cancelled, the oldest first; some may have ended since.
        var cancels: [Due] = []
        /// When those that were cancelled are to be left alone, as `cancels`.
        var abandons: [Due] = []
        var timer: Task<Void, Never>?

        /// Takes out those that are over, as far as they stand at the front.
        mutating func dropEnded() {
            cancels.removeFirst(cancels.prefix { running[$0.number] == nil }.count)
            abandons.removeFirst(abandons.prefix { running[$0.number] == nil }.count)
        }

        var next: Date? {
            [cancels.first?.at, abandons.first?.at].compactMap { $0 }.min()
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
    /// - Throws: `HandlingTimeout` where it took too long and failed, or did not end; else what `work` throws.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                begin(number) { continuation.resume(throwing: HandlingTimeout()) }
                let task = Task.detached { [self] in
                    let result: Result<Value, any Error>
                    do {
                        result = .success(try await work())
                    } catch {
                        result = .failure(error)
                    }
                    // Who was left alone has had an answer already.
                    guard let isOverdue = end(number) else { return }
                    if case .failure = result, isOverdue {
                        continuation.resume(throwing: HandlingTimeout())
                    } else {
                        continuation.resume(with: result)
                    }
                }
                state.withLock { $0.running[number]?.cancel = { task.cancel() } }
                if Task.isCancelled { task.cancel() }
            }
        } onCancel: {
            state.withLock { $0.running[number]?.cancel }?()
        }
    }

    private func begin(_ number: Int, abandon: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.running[number] = Attempt(abandon: abandon)
            state.cancels.append(Due(number: number, at: clock.after(duration)))
            if state.timer == nil { state.timer = makeTimer(clock) }
        }
    }

    /// - Returns: Whether the attempt was broken off; nil where nobody waits for it any more.
    private func end(_ number: Int) -> Bool? {
        state.withLock { state in
            let attempt = state.running.removeValue(forKey: number)
            state.dropEnded()
            return attempt?.isOverdue
        }
    }

    // MARK: The timer

    /// Sleeps until the next attempt has to end, and so on while there are any.
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
        let (next, acts) = state.withLock { state -> (Date?, [@Sendable () -> Void]) in
            var acts: [@Sendable () -> Void] = []
            state.dropEnded()
            while let first = state.cancels.first, first.at <= now {
                state.cancels.removeFirst()
                state.running[first.number]?.isOverdue = true
                if let attempt = state.running[first.number] { acts.append(attempt.cancel) }
                state.abandons.append(Due(number: first.number, at: now.addingTimeInterval(Self.grace.seconds)))
                state.dropEnded()
            }
            while let first = state.abandons.first, first.at <= now {
                if let attempt = state.running.removeValue(forKey: first.number) { acts.append(attempt.abandon) }
                state.dropEnded()
            }
            if state.next == nil { state.timer = nil }
            return (state.next, acts)
        }
        for act in acts { act() }
        return next
    }
}

/// Handling an update took longer than it may.
struct HandlingTimeout: Error, CustomStringConvertible {
    var description: String { "it took too long" }
}
