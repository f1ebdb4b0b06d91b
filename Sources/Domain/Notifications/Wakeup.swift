import Foundation
import Synchronization

/// Tells one waiting task that there is something to do. Calls that come before it waits are not lost; several count
/// as one.
public final class Wakeup: Sendable {
    private struct State {
        var isSet = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    public init() {}

    /// Lets the waiting task go on, or the next one that waits.
    public func notify() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            defer { state.waiter = nil }
            state.isSet = state.waiter == nil
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns at the next `notify`, at once where there was one since the last wait, or after `duration`, or as soon
    /// as the task is cancelled. One task may wait at a time.
    public func wait(atMost duration: Duration, clock: any ClubClock) async {
        // Under load there is something to do already, and no timer is needed.
        guard !takeSignal() else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask { try? await clock.sleep(for: duration) }
            await group.next()
            group.cancelAll()
        }
    }

    /// - Returns: Whether there was a `notify` since the last wait.
    private func takeSignal() -> Bool {
        state.withLock { state in
            defer { state.isSet = false }
            return state.isSet
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state -> CheckedContinuation<Void, Never>? in
                    if state.isSet || Task.isCancelled {
                        state.isSet = false
                        return continuation
                    }
                    // Should a second task wait against the rule, the first one goes on instead of hanging for good.
                    defer { state.waiter = continuation }
                    return state.waiter
                }
                goesOn?.resume()
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }
}

/// Tells who sends that a store has committed new rows for a bot. In process only; others look once a second.
public final class OutboxSignal: Sendable {
    private let wakeups = Mutex<[BotName: Wakeup]>([:])

    public init() {}

    /// What the sender of `bot` waits on.
    public func wakeup(for bot: BotName) -> Wakeup {
        wakeups.withLock { wakeups in
            if let known = wakeups[bot] { return known }
            let wakeup = Wakeup()
            wakeups[bot] = wakeup
            return wakeup
        }
    }

    /// A store calls it after each commit that added rows.
    public func committed(_ drafts: [OutboxDraft]) {
        for bot in Set(drafts.map(\.bot)) {
            wakeup(for: bot).notify()
        }
    }
}
