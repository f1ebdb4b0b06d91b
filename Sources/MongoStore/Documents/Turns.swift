import Domain
import Synchronization

/// Lets those who want to change the same thing do so one after another, in the order in which they came.
///
/// Things share a fixed number of queues. At most `capacity` wait in each; further ones are refused. Where somebody
/// finds the store unavailable, those who wait behind are told so too: they do not each wait for the same server.
final class Turns: Sendable {
    static let capacity = 1_024

    private struct Queue {
        var isTaken = false
        var waiting: [CheckedContinuation<StoreError?, Never>] = []
    }

    private let queues: Mutex<[Queue]>

    init(queues: Int = 256) {
        self.queues = Mutex(Array(repeating: Queue(), count: queues))
    }

    /// Runs `body` when everybody who came before for the same `thing` has finished.
    /// - Throws: `.unavailable` where too many wait already, else what `body` throws.
    func take<Value>(
        for thing: String,
        _ call: MongoCall,
        _ body: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let index = Int(UInt(bitPattern: thing.hashValue) % UInt(queues.withLock(\.count)))
        guard queues.withLock({ $0[index].waiting.count }) < Self.capacity else {
            throw .unavailable(source: "MongoDB \(call.source)", code: 0)
        }
        let outage = await withCheckedContinuation { continuation in
            let isFree = queues.withLock { queues in
                if queues[index].isTaken {
                    queues[index].waiting.append(continuation)
                    return false
                }
                queues[index].isTaken = true
                return true
            }
            if isFree { continuation.resume(returning: nil) }
        }
        if let outage { throw outage }
        do {
            let value = try await body()
            passOn(index)
            return value
        } catch .unavailable(let source, let code) {
            turnAway(index, .unavailable(source: source, code: code))
            throw .unavailable(source: source, code: code)
        } catch {
            passOn(index)
            throw error
        }
    }

    private func passOn(_ index: Int) {
        let next = queues.withLock { queues -> CheckedContinuation<StoreError?, Never>? in
            guard !queues[index].waiting.isEmpty else {
                queues[index].isTaken = false
                return nil
            }
            return queues[index].waiting.removeFirst()
        }
        next?.resume(returning: nil)
    }

    private func turnAway(_ index: Int, _ error: StoreError) {
        let waiting = queues.withLock { queues in
            defer { queues[index] = Queue() }
            return queues[index].waiting
        }
        for one in waiting { one.resume(returning: error) }
    }
}
