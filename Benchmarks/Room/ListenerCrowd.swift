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
        var waiter: (number: Int, continuation: CheckedContinuation<Void, Never>)?
    }

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
            state = State()
            state.delays.reserveCapacity(listeners * messages)
        }
    }

    func sends(_ number: Int) {
        state.withLock { $0.sent.append(Message(sentAt: .now(), ears: listeners)) }
    }

    /// Waits until everybody has heard a message, and those before it.
    func heard(_ number: Int) async {
        await withCheckedContinuation { continuation in
            let isHeard = state.withLock { state in
                if number <= state.complete { return true }
                state.waiter = (number, continuation)
                return false
            }
            if isHeard { continuation.resume() }
        }
    }

    /// One listener hears some messages at once.
    func hears(_ numbers: [Int]) {
        let now = NIODeadline.now()
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
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
