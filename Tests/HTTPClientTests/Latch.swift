import Foundation
import Synchronization

/// An event that happens once, which tasks and the threads of a scripted server can wait for.
final class Latch: Sendable {
    private struct State {
        var isOpen = false
        var tasks: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let group = DispatchGroup()

    init() {
        group.enter()
    }

    /// Lets everyone through, now and later.
    func open() {
        let tasks: [CheckedContinuation<Void, Never>]? = state.withLock { state in
            guard !state.isOpen else { return nil }
            state.isOpen = true
            return state.tasks
        }
        guard let tasks else { return }
        group.leave()
        for task in tasks {
            task.resume()
        }
    }

    /// Waits in a task, as long as the test's own time limit allows.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen {
                    state.tasks.append(continuation)
                }
                return state.isOpen
            }
            if isOpen {
                continuation.resume()
            }
        }
    }

    /// Blocks a server's thread until the event, by default at most as long as its connections wait.
    func block(milliseconds: Int = LoopbackServer.patience * 1_000) throws {
        guard group.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else {
            throw LoopbackConnection.Failure.timedOut
        }
    }
}
