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
        var refused = 0
        var isIncomplete = false
        var waiter: (number: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    private let listeners: Int
    private let deflated = DeflatedFrames()
    private let state = Mutex(State())

    init(listeners: Int) {
        self.listeners = listeners
    }

    /// From sending to hearing, for each message and listener.
    var delays: [TimeAmount] { state.withLock(\.delays) }
    /// So many deliveries are missing.
    var lost: Int { state.withLock { $0.sent.reduce(0) { $0 + abs($1.ears) } } }
    /// So many messages the server did not take.
    var refused: Int { state.withLock(\.refused) }

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

    /// Waits until everybody has heard a message, and those before it, or somebody cannot any more.
    /// - Returns: Whether they have.
    func heard(_ number: Int) async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if number <= state.complete || state.isIncomplete || Task.isCancelled { return true }
                    state.waiter = (number, continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            release()
        }
        return state.withLock { number <= $0.complete }
    }

    /// A listener was closed by the server, so that no message reaches all any more.
    func loses() {
        state.withLock { $0.isIncomplete = true }
        release()
    }

    /// A sender was told that its message was not taken.
    func isRefused() {
        state.withLock { state in
            state.refused += 1
            state.isIncomplete = true
        }
        release()
    }

    private func release() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.continuation.resume()
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

    /// What a frame says to a listener.
    func meaning(of frame: ServerFrame, inRoom: Bool) -> Hearing {
        guard frame.isDeflated else {
            return frame.payload.withUnsafeReadableBytes { Hearing($0, inRoom: inRoom) }
        }
        return deflated.meaning(of: frame.payload, inRoom: inRoom)
    }
}
