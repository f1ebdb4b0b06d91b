import CCurl
import Synchronization

/// Where requests and cancellations wait for the loop's thread. Any thread may use it.
///
/// At most `capacity` orders are in the mailbox, waiting or in flight; one more is answered with `.overloaded` at once.
/// Every order that was taken in is answered exactly once, by the loop.
final class Mailbox: Sendable {
    /// A multi handle, of which other threads may use nothing but its wake-up call.
    struct Wakeable: @unchecked Sendable {  // `curl_multi_wakeup` is made for other threads.
        let multi: UnsafeMutableRawPointer
    }

    /// What has come since the loop last looked.
    struct Delivery: Sendable {
        var orders: [Order] = []
        var cancelled: [UInt64] = []
        /// Whether everything is to end; nothing comes after it.
        var isLast = false
    }

    private struct State {
        var delivery = Delivery()
        var outstanding = 0
        var nextID: UInt64 = 0
        /// Nothing once the loop has freed it.
        var wakeable: Wakeable?
        var isWoken = false
        var waitsForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>
    private let capacity: Int
    private let proxy: Proxy?

    init(capacity: Int, proxy: Proxy?, wakeable: Wakeable) {
        self.capacity = capacity
        self.proxy = proxy
        state = Mutex(State(wakeable: wakeable))
    }

    /// A number for the next order.
    func reserveID() -> UInt64 {
        state.withLock {
            $0.nextID += 1
            return $0.nextID
        }
    }

    /// Takes `order` in, or answers it at once where there is no room or no loop any more.
    func submit(_ order: Order) {
        let refusal: HTTPError? = state.withLock { state in
            guard !state.delivery.isLast else { return .shutDown(order.attempt(through: proxy)) }
            guard state.outstanding < capacity else { return .overloaded(order.attempt(through: proxy)) }
            state.outstanding += 1
            state.delivery.orders.append(order)
            wake(&state)
            return nil
        }
        if let refusal {
            order.reply.resume(returning: .failure(refusal))
        }
    }

    /// Asks the loop to end the order with this number; nothing happens where it has ended already.
    func cancel(_ id: UInt64) {
        state.withLock { state in
            guard !state.delivery.isLast else { return }
            state.delivery.cancelled.append(id)
            wake(&state)
        }
    }

    /// Asks the loop to end everything. Later orders are answered with `.shutDown`.
    func close() {
        state.withLock { state in
            state.delivery.isLast = true
            wake(&state)
        }
    }

    /// Waits until the loop has ended everything and freed what it had.
    func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                guard state.wakeable != nil else { return true }
                state.waitsForEnd.append(continuation)
                return false
            }
            if hasEnded {
                continuation.resume()
            }
        }
    }

    private func wake(_ state: inout State) {
        guard !state.isWoken, let wakeable = state.wakeable else { return }
        // One call is enough until the loop has looked.
        state.isWoken = curl_multi_wakeup(wakeable.multi) == CURLM_OK
    }
}

// What only the loop calls.
extension Mailbox {
    /// Everything that has come since the last call.
    func take() -> Delivery {
        state.withLock { state in
            state.isWoken = false
            defer { state.delivery = Delivery(isLast: state.delivery.isLast) }
            return state.delivery
        }
    }

    /// Makes room: `count` orders have been answered.
    func settle(_ count: Int) {
        state.withLock { $0.outstanding -= count }
    }

    /// No other thread touches the multi handle after this call.
    func detach() {
        state.withLock { state in
            state.delivery.isLast = true
            state.wakeable = nil
        }
    }

    /// Tells those who wait that everything is freed.
    func announceEnd() {
        let waiting = state.withLock { state in
            defer { state.waitsForEnd = [] }
            return state.waitsForEnd
        }
        for continuation in waiting {
            continuation.resume()
        }
    }
}
