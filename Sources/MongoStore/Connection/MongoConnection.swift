import CMongoC
import Domain
import Foundation
import NIOPosix
import Synchronization

/// A database of a MongoDB server, spoken to by as many threads as there are connections: libmongoc's calls block, so
/// they never run on the threads of Swift's tasks.
///
/// After a server's return the pool recovers by itself.
final class MongoConnection: @unchecked Sendable {
    /// How many calls may be under way or wait for a thread. Further ones are refused as unavailable, so that a server
    /// that hangs does not fill the memory.
    static let capacity = 2_048
    /// How long a call may wait for a thread.
    private static let longestWait: Duration = .seconds(10)

    let address: MongoAddress
    let database: String
    /// libmongoc's pool is made for being used by many threads.
    private let pool: OpaquePointer
    private let threads: NIOThreadPool
    private let state = Mutex(State())

    private struct State {
        var isClosed = false
        var calls = 0
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    /// Nothing is sent yet.
    init(_ address: MongoAddress, database: String) throws(StoreError) {
        self.address = address
        self.database = database
        var error = bson_error_t()
        guard let pool = mongoc_client_pool_new_with_error(address.uri, &error) else {
            // The servers behind a `mongodb+srv` name were not found, or nobody could be asked for them.
            if error.domain == UInt32(MONGOC_ERROR_STREAM.rawValue) {
                throw .unavailable(source: "\(address)", code: Int(error.code))
            }
            throw .corrupt(collection: "MongoDB", detail: "the connection string has an option that cannot be used")
        }
        mongoc_client_pool_set_error_api(pool, MONGOC_ERROR_API_VERSION_2)
        mongoc_client_pool_set_appname(pool, "fomo")
        self.pool = pool
        threads = NIOThreadPool(numberOfThreads: address.connections)
        threads.start()
    }

    deinit {
        nonisolated(unsafe) let pool = pool
        // The last reference may be given up by one of the pool's own threads.
        threads.shutdownGracefully { _ in mongoc_client_pool_destroy(pool) }
    }

    /// Runs `body` on a thread of its own with a connection. It goes on to its end even when the task is cancelled.
    func run<Value: Sendable>(
        _ call: MongoCall,
        _ body: @escaping @Sendable (MongoClient) throws -> Value
    ) async throws(StoreError) -> Value {
        try enter(call)
        defer { leave() }
        let began = ContinuousClock.now
        do {
            return try await threads.runIfActive { [self] in
                guard ContinuousClock.now - began < Self.longestWait else { throw MongoFailure.unreachable(code: 0) }
                guard let client = mongoc_client_pool_pop(pool) else { throw MongoFailure.unreachable(code: 0) }
                defer { mongoc_client_pool_push(pool, client) }
                return try body(MongoClient(client: client, database: database))
            }
        } catch let failure as MongoFailure {
            throw failure.storeError(during: call)
        } catch let error as StoreError {
            throw error
        } catch let error as DecodingError {
            throw .corrupt(collection: call.collection, detail: error.place)
        } catch is NotABSONDocument {
            throw .corrupt(collection: call.collection, detail: "a value that MongoDB cannot keep")
        } catch {
            throw .unavailable(source: "MongoDB \(call.source)", code: 0)
        }
    }

    /// Lets nobody in any more and returns when every call has come back.
    func close() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                state.isClosed = true
                if state.calls > 0 { state.closers.append(continuation) }
                return state.calls == 0
            }
            if isIdle { continuation.resume() }
        }
    }

    private func enter(_ call: MongoCall) throws(StoreError) {
        try state.withLock { (state) throws(StoreError) in
            guard !state.isClosed, state.calls < Self.capacity else {
                throw .unavailable(source: "MongoDB \(call.source)", code: 0)
            }
            state.calls += 1
        }
    }

    private func leave() {
        let closers = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.calls -= 1
            guard state.calls == 0 else { return [] }
            defer { state.closers = [] }
            return state.closers
        }
        for closer in closers { closer.resume() }
    }
}
