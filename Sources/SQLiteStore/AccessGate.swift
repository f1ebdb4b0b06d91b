import Domain
import Synchronization

/// Counts who uses the database, so that it is closed only when nobody does.
final class AccessGate: Sendable {
    private struct State {
        var isClosed = false
        var inside = 0
        var closers: [CheckedContinuation<Void, Never>] = []

        mutating func takeClosers() -> [CheckedContinuation<Void, Never>] {
            defer { closers = [] }
            return closers
        }
    }

    private let state = Mutex(State())

    /// To be followed by one `leave`.
    /// - Throws: `.unavailable` once the gate is closed.
    func enter(_ operation: Operation) throws(StoreError) {
        try state.withLock { (state) throws(StoreError) in
            guard !state.isClosed else { throw .unavailable(source: operation.source, code: SQLiteCode.closed) }
            state.inside += 1
        }
    }

    func leave() {
        let closers = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.inside -= 1
            return state.inside == 0 ? state.takeClosers() : []
        }
        for closer in closers { closer.resume() }
    }

    /// Lets nobody in any more and returns when everybody has left.
    /// - Returns: Whether it was this call that closed the gate.
    func close() async -> Bool {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if state.inside > 0 { state.closers.append(continuation) }
                return state.inside == 0
            }
            if isEmpty { continuation.resume() }
        }
        return isFirst
    }
}
