/// Stored events of one kind, of which lines of the ledger are made.
public protocol LedgerOrigin: Sendable {
    /// Gives all lines that its events make, some at a time, in the same order each time.
    func eachPortion(
        _ take: ([XPTransaction]) async throws(StoreError) -> Void
    ) async throws(StoreError)
}

/// What admins decided, the predecessor knew, and is left of people who were forgotten.
public struct CorrectionOrigin: LedgerOrigin {
    let corrections: any XPCorrectionStore

    public init(store: any ClubStore) {
        corrections = store.xpCorrections
    }

    public func eachPortion(
        _ take: ([XPTransaction]) async throws(StoreError) -> Void
    ) async throws(StoreError) {
        var last: XPCorrectionID?
        while true {
            let found = try await corrections.corrections(after: last, limit: LedgerPortion.size)
            guard let end = found.last else { return }
            try await take(found.map(\.line))
            last = end.id
        }
    }
}
