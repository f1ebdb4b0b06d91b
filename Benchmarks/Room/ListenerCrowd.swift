import NIOCore
import Synchronization

/// What all listeners have heard so far.
final class ListenerCrowd: Sendable {
    private struct Message {
        var sentAt: NIODeadline
        var ears: Int
    }

    private struct State {
        var sent: [Message] = []
        var delays: [TimeAmount] = []
        var complete = -1
        var isIncomplete = false
        var waiter: (number: Int, continuation: CheckedContinuation<Void, any Error>)?
    }

    /// A listener was closed, so that no message reaches all any more.
    struct Incomplete: Error {}

    private let listeners: Int
    private let state = Mutex(State())

    init(listeners: Int) {
        self.listeners = listeners
    }

    /// From sending to hearing, for each message and listener.
    var delays: [TimeAmount] { state.withLock(\.delays) }

    /// Begins anew, with message 0.
    func begin(messages: Int) {
        state.withLock { state in
            let isIncomplete = state.isIncomplete
            state = State()
            state.isIncomplete = isIncomplete
            state.delays.reserveCapacity(listeners * messages)
        }
    }

    func sends(_ number: Int) {
        state.withLock { $0.sent.append(Message(sentAt: .now(), ears: listeners)) }
    }

    /// Waits until everybody has heard a message, and those before it.
    func heard(_ number: Int) async throws {
        try await withCheckedThrowingContinuation { continuation in
            let answer = state.withLock { state -> Result<Void, any Error>? in
                if number <= state.complete { return .success(()) }
                if state.isIncomplete { return .failure(Incomplete()) }
                state.waiter = (number, continuation)
                return nil
            }
            if let answer { continuation.resume(with: answer) }
        }
    }

    /// A listener was closed by the server.
    func loses() {
        let waiter = state.withLock { state in
            state.isIncomplete = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.continuation.resume(throwing: Incomplete())
    }

    /// One listener hears some messages at once.
    func hears(_ numbers: [Int]) {
        let now = NIODeadline.now()
        let waiter = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            for number in numbers where number < state.sent.count {
                state.delays.append(now - state.sent[number].sentAt)
                state.sent[number].ears -= 1
                while state.complete + 1 < state.sent.count, state.sent[state.complete + 1].ears == 0 {
                    state.complete += 1
                }
            }
            guard let waiter = state.waiter, waiter.number <= state.complete else { return nil }
            state.waiter = nil
            return waiter.continuation
        }
        waiter?.resume()
    }
}
