import Dispatch
import Domain
import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import SQLiteStore

@Suite(.timeLimit(.minutes(1)))
struct SQLiteWriteQueueTests {
    private let folder: TemporaryFolder
    private let pool: DatabasePool
    private let queue: WriteQueue

    init() throws {
        folder = try TemporaryFolder()
        pool = try DatabasePool(path: folder.path("queue.sqlite"))
        try pool.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE parent (id INTEGER PRIMARY KEY);
                    CREATE TABLE line (
                        number INTEGER PRIMARY KEY,
                        parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED
                    );
                    """
            )
        }
        queue = WriteQueue(pool: pool, signal: OutboxSignal())
    }

    private func insert(_ number: Int, parent: Int? = nil) async -> Result<Void, StoreError> {
        await queue.perform(Operation("line", "insert")) { transaction in
            try transaction.database.execute(
                sql: "INSERT INTO line (number, parent) VALUES (?, ?)",
                arguments: [number, parent]
            )
        }
    }

    private func stored() throws -> [Int] {
        try pool.read { try Int.fetchAll($0, sql: "SELECT number FROM line ORDER BY number") }
    }

    /// Keeps the writer busy until `count` writes wait behind it, so that these share a transaction.
    private func whileBusy(
        until count: Int,
        _ writes: @escaping @Sendable (inout TaskGroup<Bool>) -> Void
    ) async -> Int {
        let goesOn = DispatchSemaphore(value: 0)
        return await withTaskGroup(of: Bool.self) { group in
            let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
            group.addTask { [queue] in
                _ = await queue.perform(Operation("line", "wait")) { _ in
                    beginning.finish()
                    goesOn.wait()
                }
                return false
            }
            for await _ in begun {}
            writes(&group)
            while queue.waitingCount < count { await Task.yield() }
            goesOn.signal()
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
    }

    @Test func `writes that wait at the same time share one commit`() async throws {
        let commits = Mutex(0)
        let observer = CommitObserver { commits.withLock { $0 += 1 } }
        pool.add(transactionObserver: observer, extent: .databaseLifetime)
        let succeeded = await whileBusy(until: 50) { group in
            for number in 1...50 {
                group.addTask { await insert(number).isSuccess }
            }
        }
        #expect(succeeded == 50)
        #expect(try stored() == Array(1...50))
        // The one that kept the writer busy had the first commit to itself.
        #expect(commits.withLock { $0 } == 2)
    }

    @Test func `a write that fails takes back only itself`() async throws {
        let succeeded = await whileBusy(until: 20) { group in
            for number in 1...20 {
                group.addTask { await insert(number.isMultiple(of: 5) ? 1_000 : number).isSuccess }
            }
        }
        #expect(succeeded == 17)
        #expect(try stored().count == 17)
        #expect(try stored().last == 1_000)
    }

    @Test func `a commit that fails is everybody's error, and the next one is not hurt`() async throws {
        let succeeded = await whileBusy(until: 20) { group in
            for number in 1...20 {
                group.addTask { await insert(number, parent: number == 7 ? 99 : nil).isSuccess }
            }
        }
        #expect(succeeded == 0)
        #expect(try stored() == [])
        #expect(await insert(1).isSuccess)
        #expect(try stored() == [1])
    }

    @Test func `a transaction that SQLite takes back is everybody's error`() async throws {
        let succeeded = await whileBusy(until: 10) { group in
            for number in 1...10 {
                group.addTask { [queue] in
                    guard number == 5 else { return await insert(number).isSuccess }
                    return await queue.perform(Operation("line", "abort")) { transaction in
                        try transaction.database.execute(sql: "INSERT OR ROLLBACK INTO line (number) VALUES (5), (5)")
                    }.isSuccess
                }
            }
        }
        #expect(succeeded == 0)
        #expect(try stored() == [])
        #expect(await insert(1).isSuccess)
    }

    @Test func `more writers than the queue holds wait for room and are all served`() async throws {
        let count = WriteQueue.capacity * 2
        let succeeded = await whileBusy(until: WriteQueue.capacity - 1) { group in
            for number in 1...count {
                group.addTask { await insert(number).isSuccess }
            }
        }
        #expect(succeeded == count)
        #expect(try stored().count == count)
    }

    @Test func `a write is carried out though its task was cancelled`() async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await insert(1).isSuccess
        }
        #expect(await task.value)
        #expect(try stored() == [1])
    }
}

/// Tells of every commit that changed something or not.
private final class CommitObserver: TransactionObserver, Sendable {
    private let onCommit: @Sendable () -> Void

    init(onCommit: @escaping @Sendable () -> Void) {
        self.onCommit = onCommit
    }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ db: Database) { onCommit() }
    func databaseDidRollback(_ db: Database) {}
}

extension WriteQueue {
    /// How many writes wait behind the transaction that is under way.
    fileprivate var waitingCount: Int { state.withLock(\.jobs.count) }
}

extension Result {
    fileprivate var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}
