import Domain
import Foundation
import Synchronization

@testable import App

/// A predecessor's database made of JSON texts, which remembers what was read of it.
final class MemoryLegacyDatabase: LegacyDatabase {
    private struct State {
        var collections: [String: [String]]
        var read: Set<String> = []
        var outage: StoreError?
    }

    private let state: Mutex<State>
    /// How many documents it hands out at once, at most.
    private let pageSize: Int

    init(_ collections: [String: [String]], pageSize: Int = 3) {
        state = Mutex(State(collections: collections))
        self.pageSize = pageSize
    }

    let summary = "MongoDB, old.example.org/fomo"

    /// The collections of which documents were handed out.
    var read: Set<String> { state.withLock(\.read) }

    func set(_ collection: String, _ documents: [String]) {
        state.withLock { $0.collections[collection] = documents }
    }

    func setOutage(_ error: StoreError?) {
        state.withLock { $0.outage = error }
    }

    func collections() async throws(StoreError) -> [String] {
        try answer { Array($0.collections.keys) }
    }

    func count(in collection: String) async throws(StoreError) -> Int {
        try answer { $0.collections[collection, default: []].count }
    }

    func documents(
        in collection: String,
        after place: LegacyPlace?,
        limit: Int
    ) async throws(StoreError) -> LegacyBatch {
        try answer { state in
            state.read.insert(collection)
            let all = state.collections[collection, default: []]
            let start = place.flatMap { Int($0.rawValue) } ?? 0
            let page = all.dropFirst(start).prefix(min(limit, pageSize))
            let end = start + page.count
            return LegacyBatch(
                documents: page.map { Data($0.utf8) },
                next: end < all.count ? LegacyPlace(rawValue: String(end)) : nil
            )
        }
    }

    func close() async {
        setOutage(.unavailable(source: "closed", code: 0))
    }

    private func answer<Value: Sendable>(_ body: (inout State) -> Value) throws(StoreError) -> Value {
        try state.withLock { (state) throws(StoreError) -> Value in
            if let outage = state.outage { throw outage }
            return body(&state)
        }
    }
}
