import Synchronization

/// The ids of the webhooks that were taken, so that one that comes again changes nothing.
///
/// The last `2 × capacity` are known, at least `capacity` of them.
final class SeenEvents: Sendable {
    static let capacity = 4_096

    private struct State {
        var recent: Set<String> = []
        var older: Set<String> = []
    }

    private let state = Mutex(State())

    /// - Returns: Whether it is new.
    func add(_ id: String) -> Bool {
        state.withLock { state in
            guard !state.recent.contains(id), !state.older.contains(id) else { return false }
            if state.recent.count >= Self.capacity { (state.older, state.recent) = (state.recent, []) }
            state.recent.insert(id)
            return true
        }
    }

    /// One that could not be handled may come again.
    func forget(_ id: String) {
        state.withLock { state in
            state.recent.remove(id)
            state.older.remove(id)
        }
    }
}
