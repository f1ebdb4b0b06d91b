import Domain
import GRDB
import Synchronization

/// Joins writes (group commit): those that wait at the same moment share one transaction, and with it one wait for
/// the disk.
///
/// Each write runs in a savepoint of its own, so that one that fails takes back only itself. Its caller hears of it
/// after the commit; where the commit fails, everybody in the transaction gets that error and nothing is stored.
/// A write is carried out even when the task that asked for it is cancelled meanwhile.
///
/// At most `capacity` writes are in the queue. Further callers are suspended until there is room, first come, first
/// served; nobody is turned away.
final class WriteQueue: Sendable {
    static let capacity = 512
    /// How many writes share a transaction at most, so that the first of them does not wait for too many others.
    static let batchSize = 128

    /// What a write was, before its transaction is committed.
    struct Ran {
        let failure: StoreError?
        /// Tells the caller; with an error where the transaction came to nothing.
        let finish: (StoreError?) -> Void
    }

    struct Job: Sendable {
        let run: @Sendable (Database) -> Ran
        /// Tells the caller that the job was not begun.
        let abandon: @Sendable (StoreError) -> Void
    }

    struct State {
        var jobs: [Job] = []
        var taken = 0
        var callers: [CheckedContinuation<Void, Never>] = []
        var isDraining = false
    }

    private static let commit = Operation("database", "commit")

    private let pool: DatabasePool
    private let signal: OutboxSignal
    let state = Mutex(State())

    /// `signal` is told of the messages that a transaction added, after it was committed.
    init(pool: DatabasePool, signal: OutboxSignal) {
        self.pool = pool
        self.signal = signal
    }

    /// Carries out one write, together with whatever waits at the same time.
    func perform<Value: Sendable>(
        _ operation: Operation,
        _ body: @escaping @Sendable (inout WriteTransaction) throws -> Value
    ) async -> Result<Value, StoreError> {
        await takePlace()
        return await withCheckedContinuation { continuation in
            let job = Job(
                run: { [signal] database in
                    var added: [OutboxDraft] = []
                    let result = Self.attempt(operation, in: database, added: &added, body)
                    return Ran(failure: result.failure) { [added] error in
                        if error == nil && !added.isEmpty { signal.committed(added) }
                        continuation.resume(returning: error.map(Result.failure) ?? result)
                    }
                },
                abandon: { continuation.resume(returning: .failure($0)) }
            )
            enqueue(job)
        }
    }

    private static func attempt<Value>(
        _ operation: Operation,
        in database: Database,
        added: inout [OutboxDraft],
        _ body: (inout WriteTransaction) throws -> Value
    ) -> Result<Value, StoreError> {
        do {
            var transaction = WriteTransaction(database: database)
            var value: Value?
            try database.inSavepoint {
                value = try body(&transaction)
                return .commit
            }
            added = transaction.added
            guard let value else { return .failure(.unavailable(source: operation.source, code: SQLiteCode.aborted)) }
            return .success(value)
        } catch {
            return .failure(StoreError(error, during: operation))
        }
    }

    private func takePlace() async {
        await withCheckedContinuation { continuation in
            let hasPlace = state.withLock { state in
                if state.taken < Self.capacity {
                    state.taken += 1
                    return true
                }
                state.callers.append(continuation)
                return false
            }
            if hasPlace { continuation.resume() }
        }
    }

    /// Hands places on to those who wait for one.
    private func givePlaces(_ count: Int) {
        let next = state.withLock { state in
            let next = Array(state.callers.prefix(count))
            state.callers.removeFirst(next.count)
            state.taken -= count - next.count
            return next
        }
        for caller in next { caller.resume() }
    }

    private func enqueue(_ job: Job) {
        let isFirst = state.withLock { state in
            defer { state.isDraining = true }
            state.jobs.append(job)
            return !state.isDraining
        }
        if isFirst { pool.asyncWriteWithoutTransaction { self.drain($0) } }
    }

    /// Runs on the writer's own thread until nothing waits any more.
    private func drain(_ database: Database) {
        while let batch = nextBatch() {
            commit(batch, in: database)
            givePlaces(batch.count)
        }
    }

    private func nextBatch() -> [Job]? {
        state.withLock { state in
            guard !state.jobs.isEmpty else {
                state.isDraining = false
                return nil
            }
            let batch = Array(state.jobs.prefix(Self.batchSize))
            state.jobs.removeFirst(batch.count)
            return batch
        }
    }

    private func commit(_ batch: [Job], in database: Database) {
        var ran: [Ran] = []
        var failure: StoreError?
        do {
            try database.beginTransaction(.immediate)
            for job in batch {
                let one = job.run(database)
                ran.append(one)
                // A full or failing disk makes SQLite take back the whole transaction at once.
                guard database.isInsideTransaction else {
                    throw one.failure ?? .unavailable(source: Self.commit.source, code: SQLiteCode.aborted)
                }
            }
            try database.commit()
        } catch {
            failure = StoreError(error, during: Self.commit)
            if database.isInsideTransaction { try? database.rollback() }
        }
        for one in ran { one.finish(failure) }
        guard let failure else { return }
        for job in batch.dropFirst(ran.count) { job.abandon(failure) }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        guard case .failure(let failure) = self else { return nil }
        return failure
    }
}
