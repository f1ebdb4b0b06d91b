import Domain
import Foundation

/// Fills an empty store with what a reader gives, so that it can be interrupted at any moment and gone on with.
///
/// The store bears a mark from before the first record until everything was compared; see `UnfinishedCopy`.
struct StoreFill {
    let destination: any ClubStore
    /// Names the source to people, and this filling among others. Holds no secret.
    let source: String
    /// Where this process runs.
    let place: String
    let clock: any ClubClock
    let progress: TransferProgress

    /// Whether a filling from the same source was begun before.
    /// - Throws: `.unfinished` where it was another source; `.notEmpty` where the store holds something else.
    func isBegun() async throws(TransferFault) -> Bool {
        let known = try await filling { () throws(StoreError) in try await UnfinishedCopy.source(of: destination) }
        guard let known else {
            try await requireEmpty()
            return false
        }
        guard known == source else { throw .unfinished(place: destination.summary, source: known) }
        return true
    }

    /// Puts the mark on the store.
    func begin() async throws(TransferFault) {
        let marked = try await filling { () throws(StoreError) in
            try await UnfinishedCopy.mark(destination, source: source, place: place, now: clock.now)
        }
        guard marked == source else { throw .unfinished(place: destination.summary, source: marked) }
    }

    /// Carries over what is not there yet, collection by collection.
    func carry(from reader: any StoreReader) async throws(TransferFault) {
        for collection in StoredCollection.allCases {
            let total = try await TransferFault.naming(source) { () throws(StoreError) in
                try await reader.count(of: collection)
            }
            var done = try await alreadyThere(collection)
            var key = try await filling { () throws(StoreError) in
                try await destination.loader.lastKey(of: collection)
            }
            let size = collection.pageSize
            while true {
                let after = key
                let page = try await TransferFault.naming(source) { () throws(StoreError) in
                    try await reader.records(of: collection, after: after, limit: size)
                }
                if !page.isEmpty {
                    try await filling { () throws(StoreError) in
                        try await destination.loader.load(page, into: collection)
                    }
                }
                done += page.count
                if page.count < size { break }
                progress.report(collection.rawValue, done: min(done, total), of: total)
                key = page.last?.key
            }
            progress.report(collection.rawValue, done: done, of: done)
        }
    }

    /// Compares every collection with what it has to be, and takes the mark off.
    /// - Throws: `.differs`; the mark stays.
    func finish(expecting sums: [StoredCollection: CollectionSum]) async throws(TransferFault) {
        try await TransferFault.reading(destination) { reader throws(TransferFault) in
            try await compare(reader, with: sums)
        }
        try await filling { () throws(StoreError) in
            try await UnfinishedCopy.clear(destination, source: source)
        }
    }

    private func compare(
        _ reader: any StoreReader,
        with sums: [StoredCollection: CollectionSum]
    ) async throws(TransferFault) {
        let empty = RunningSum().collection
        for collection in StoredCollection.allCases {
            let found = try await filling { () throws(StoreError) in
                try await CollectionSum.of(collection, in: reader)
            }
            guard found == sums[collection] ?? empty else {
                throw .differs(collection, place: destination.summary)
            }
        }
    }

    private func requireEmpty() async throws(TransferFault) {
        let isEmpty = try await TransferFault.reading(destination) { reader throws(TransferFault) in
            try await filling { () throws(StoreError) in try await reader.isEmpty() }
        }
        guard isEmpty else { throw .notEmpty(what: destination.summary) }
    }

    private func alreadyThere(_ collection: StoredCollection) async throws(TransferFault) -> Int {
        try await TransferFault.reading(destination) { reader throws(TransferFault) in
            try await filling { () throws(StoreError) in try await reader.count(of: collection) }
        }
    }

    private func filling<Value>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(TransferFault) -> Value {
        try await TransferFault.naming(destination.summary, body)
    }
}
