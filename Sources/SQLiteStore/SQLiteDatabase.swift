import Dispatch
import Domain
import Foundation
import GRDB

/// The open database: reads run beside each other and beside the writes, writes one after another in `WriteQueue`.
final class SQLiteDatabase: Sendable {
    /// How many reads run at once. Further ones wait in line, each with its suspended caller.
    static let readers = 4
    /// How long a connection waits for another process that holds the lock.
    static let busyTimeout: Duration = .seconds(5)

    let pool: DatabasePool
    let clock: any ClubClock
    private let queue: WriteQueue
    private let gate = AccessGate()

    init(pool: DatabasePool, signal: OutboxSignal, clock: any ClubClock) {
        self.pool = pool
        self.clock = clock
        queue = WriteQueue(pool: pool, signal: signal)
    }

    var path: String { pool.path }

    /// Reads one consistent state: what was committed before, or what `snapshot` shows. It is carried out even when the
    /// task is cancelled.
    func read<Value: Sendable>(
        _ operation: Operation,
        from snapshot: DatabaseSnapshot? = nil,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        try gate.enter(operation)
        defer { gate.leave() }
        let source: any DatabaseReader = snapshot ?? pool
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            source.asyncRead { database in
                do {
                    continuation.resume(returning: .success(try body(try database.get())))
                } catch {
                    continuation.resume(returning: .failure(StoreError(error, during: operation)))
                }
            }
        }
        return try result.get()
    }

    /// As `read`, on the calling thread: for a look at few rows by their key, which takes less time than a change of
    /// threads. Where all readers are in use it waits for one of them, which needs nothing of the caller's thread.
    func lookUp<Value>(
        _ operation: Operation,
        _ body: (Database) throws -> Value
    ) throws(StoreError) -> Value {
        try gate.enter(operation)
        defer { gate.leave() }
        do {
            return try pool.read(body)
        } catch {
            throw StoreError(error, during: operation)
        }
    }

    /// Keeps the state of this moment for reading, as long as the snapshot lives. Meanwhile the write-ahead log grows.
    func snapshot(_ operation: Operation) async throws(StoreError) -> DatabaseSnapshot {
        try gate.enter(operation)
        defer { gate.leave() }
        let result: Result<DatabaseSnapshot, StoreError> = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [pool] in
                let snapshot = Result { try pool.makeSnapshot() }
                continuation.resume(returning: snapshot.mapError { StoreError($0, during: operation) })
            }
        }
        return try result.get()
    }

    /// Writes all that `body` writes, or nothing.
    func write<Value: Sendable>(
        _ operation: Operation,
        _ body: @escaping @Sendable (inout WriteTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        try gate.enter(operation)
        defer { gate.leave() }
        return try await queue.perform(operation, body).get()
    }

    /// Lets nothing new begin, waits for what is under way, and closes all connections. The second time it only
    /// waits.
    func close() async {
        guard await gate.close() else { return }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [pool] in
                // It can fail only where a statement still runs, and none does.
                try? pool.close()
                continuation.resume()
            }
        }
    }
}
