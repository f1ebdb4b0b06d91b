import NIOCore
import Synchronization

/// Connections that have not sent one whole head of a request yet, in the order in which they came.
///
/// They cost memory and say nothing, so there may be only so many of them, for only so long. An honest client sends its
/// head at once; whoever opens thousands of connections in silence loses the oldest ones.
final class HeadlessConnections: Sendable {
    private struct Waiting {
        var channel: any Channel
        var since: NIODeadline
    }

    private struct State {
        var last: UInt64 = 0
        var waiting: [UInt64: Waiting] = [:]
        /// Those that are no longer waiting are passed over when their turn comes.
        var order = CircularBuffer<UInt64>()
    }

    private let most: Int
    private let limit: TimeAmount
    private let state = Mutex(State())

    init(limits: SocketLimits) {
        most = limits.headless
        limit = limits.head
    }

    var count: Int { state.withLock(\.waiting.count) }

    /// A connection begins. The oldest ones are closed where there are too many, or where their time is over.
    /// - Returns: What to leave with.
    func enter(_ channel: any Channel, now: NIODeadline) -> UInt64 {
        let (number, overdue) = state.withLock { state in
            state.last += 1
            state.waiting[state.last] = Waiting(channel: channel, since: now)
            state.order.append(state.last)
            return (state.last, takeOverdue(&state, now: now))
        }
        for channel in overdue { channel.close(promise: nil) }
        return number
    }

    /// A connection has sent its first head, or is gone.
    func leave(_ number: UInt64) {
        state.withLock { $0.waiting[number] = nil }
    }

    private func takeOverdue(_ state: inout State, now: NIODeadline) -> [any Channel] {
        var overdue: [any Channel] = []
        while let oldest = state.order.first {
            if let waiting = state.waiting[oldest] {
                guard state.waiting.count > most || now - waiting.since > limit else { break }
                overdue.append(waiting.channel)
                state.waiting[oldest] = nil
            }
            state.order.removeFirst()
        }
        return overdue
    }
}
