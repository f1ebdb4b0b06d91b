import Domain
import Foundation

/// Copies everything that one store keeps into another, of whatever technology, and compares them afterwards.
///
/// Interrupted, it goes on where it was when it is begun again. No club may run on either store meanwhile.
struct StoreCopy {
    let source: any ClubStore
    let destination: any ClubStore
    /// Where this process runs.
    let place: String
    let running: RunningClubs
    let clock: any ClubClock
    let console: Console

    func run() async throws(TransferFault) {
        let progress = TransferProgress(console: console, clock: clock)
        let fill = StoreFill(
            destination: destination,
            source: source.summary,
            place: place,
            clock: clock,
            progress: progress
        )
        try await running.refuse(source)
        try await running.refuse(destination)
        try await TransferFault.reading(source) { reader throws(TransferFault) in
            try await requireWhole(reader)
            let isResumed = try await fill.isBegun()
            progress.say("\(isResumed ? "Going on to copy" : "Copying") \(source.summary) to \(destination.summary)")
            try await fill.begin()
            try await fill.carry(from: reader)
            progress.say("Comparing both")
            try await fill.finish(expecting: try await sums(of: reader))
        }
        progress.say("Done: \(destination.summary) holds what \(source.summary) holds.")
    }

    /// - Throws: `.empty`; `.unfinished` where the source is a half-made copy itself; `.unfinishedRebuild`.
    private func requireWhole(_ reader: any StoreReader) async throws(TransferFault) {
        let other = try await TransferFault.naming(source.summary) { () throws(StoreError) in
            try await UnfinishedCopy.source(of: source)
        }
        if let other { throw .unfinished(place: source.summary, source: other) }
        try await TransferFault.refuseUnfinishedRebuild(source)
        let isEmpty = try await TransferFault.naming(source.summary) { () throws(StoreError) in
            try await reader.isEmpty()
        }
        if isEmpty { throw .empty(place: source.summary) }
    }

    private func sums(of reader: any StoreReader) async throws(TransferFault) -> [StoredCollection: CollectionSum] {
        try await TransferFault.naming(source.summary) { () throws(StoreError) in
            var sums: [StoredCollection: CollectionSum] = [:]
            for collection in StoredCollection.allCases {
                sums[collection] = try await CollectionSum.of(collection, in: reader)
            }
            return sums
        }
    }
}
