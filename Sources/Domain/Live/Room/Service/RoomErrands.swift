import Synchronization

/// What is read and stored for a room beside its task, so that the room goes on while the store does not answer: one
/// look into the log and one keeping of attendance at a time.
final class RoomErrands: Sendable {
    enum Outcome: Sendable {
        /// `wasUncertain`: whether the room was when the look began.
        case looked(Result<[RoomBatch], StoreError>, wasUncertain: Bool)
        case kept([AttendanceInterval])
        case notKept
    }

    private struct State {
        var outcomes: [Outcome] = []
        var look: Task<Void, Never>?
        var keeping: Task<Void, Never>?
    }

    private let state = Mutex(State())
    private let wakeup: Wakeup
    private let news: AttendanceNews

    /// - `wakeup`: Told of every outcome.
    /// - `news`: Told of attendance that was stored.
    init(wakeup: Wakeup, news: AttendanceNews) {
        self.wakeup = wakeup
        self.news = news
    }

    var isKeeping: Bool { state.withLock { $0.keeping != nil } }

    /// Reads what was logged behind a number, unless it is being read.
    func look(_ reader: RoomLogReader, after number: Int, isUncertain: Bool) {
        state.withLock { state in
            guard state.look == nil else { return }
            state.look = Task {
                let result: Result<[RoomBatch], StoreError>
                do throws(StoreError) {
                    result = .success(try await reader.batches(after: number))
                } catch {
                    result = .failure(error)
                }
                finish(.looked(result, wasUncertain: isUncertain), \.look)
            }
        }
    }

    /// Stores who was there, unless some of it is being stored.
    func keep(_ intervals: [AttendanceInterval], in store: any AttendanceStore) {
        state.withLock { state in
            guard state.keeping == nil else { return }
            state.keeping = Task {
                do throws(StoreError) {
                    try await store.keep(intervals)
                    news.note(intervals)
                    finish(.kept(intervals), \.keeping)
                } catch {
                    finish(.notKept, \.keeping)
                }
            }
        }
    }

    /// Hands over what has come of it since the last time.
    func take() -> [Outcome] {
        state.withLock { state in
            defer { state.outcomes = [] }
            return state.outcomes
        }
    }

    /// Returns when the attendance is stored that is being stored at this moment.
    func settleKeeping() async {
        await state.withLock(\.keeping)?.value
    }

    /// Returns when nothing is under way any more.
    func settle() async {
        let tasks = state.withLock { [$0.look, $0.keeping].compactMap { $0 } }
        for task in tasks { await task.value }
    }

    private func finish(_ outcome: Outcome, _ task: WritableKeyPath<State, Task<Void, Never>?>) {
        state.withLock { state in
            state.outcomes.append(outcome)
            state[keyPath: task] = nil
        }
        wakeup.notify()
    }
}
