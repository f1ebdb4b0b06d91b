import Synchronization

/// A door that a test opens and closes; who comes to a closed one waits.
public final class Gate: Sendable {
    private struct State {
        var isOpen = true
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    public init() {}

    /// Whether somebody waits.
    public var isAwaited: Bool { state.withLock { !$0.waiting.isEmpty } }

    public func close() {
        state.withLock { $0.isOpen = false }
    }

    /// Lets everybody go on.
    public func open() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.isOpen = true
            return state.waiting
        }
        for one in waiting { one.resume() }
    }

    /// Returns as soon as it is open.
    public func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
