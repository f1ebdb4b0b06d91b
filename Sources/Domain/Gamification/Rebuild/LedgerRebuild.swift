import Foundation

/// Makes the ledger anew from what happened, and tells in which lines it was not what the events make of it.
///
/// For a store in which no club runs. The events are read twice: to compare, and to post. While the ledger is not
/// whole, the store bears a mark, a lease that does not expire; whoever is stopped in between begins anew.
public struct LedgerRebuild: Sendable {
    /// The lease that says that the ledger is not whole.
    public static let mark = "rebuild-xp"

    let store: any ClubStore
    let origins: [any LedgerOrigin]
    let clock: any ClubClock

    /// - Parameters:
    ///   - store: Where the club is kept.
    ///   - origins: Everything of which lines are made.
    ///   - clock: Says when the mark was made.
    public init(store: any ClubStore, origins: [any LedgerOrigin], clock: any ClubClock) {
        self.store = store
        self.origins = origins
        self.clock = clock
    }

    /// Whether a rebuild was begun in this store and not finished.
    public static func isUnfinished(in store: any ClubStore) async throws(StoreError) -> Bool {
        try await store.leases.holder(of: mark) != nil
    }

    /// Compares the ledger with the events, deletes it and makes it again, with all sums.
    /// - Parameter onProgress: Told how many lines were posted so far, and about how many there will be.
    /// - Returns: What was different before.
    /// - Throws: `.unavailable`, `.corrupt`; where the ledger was deleted by then, the mark stays.
    public func run(
        onProgress: (_ posted: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws(StoreError) -> LedgerDifference {
        var (difference, prints) = try await compared()
        let end = Timestamp.date(milliseconds: Timestamp.limit)
        let lease = Lease(name: Self.mark, holder: Self.mark, place: store.summary, expiresAt: end)
        _ = try await store.leases.acquire(lease, now: clock.now, takesOverSamePlace: true)
        try await store.ledger.clear()
        var posted = 0
        try await eachPortion { (lines) throws(StoreError) in
            Self.explain(lines, &prints, &difference)
            try await store.ledger.post(lines)
            posted += lines.count
            onProgress(posted, difference.lines)
        }
        try await store.leases.release(name: Self.mark, holder: Self.mark)
        return difference
    }

    /// Compares the ledger with the events, and changes nothing.
    public func difference() async throws(StoreError) -> LedgerDifference {
        var (difference, prints) = try await compared()
        guard prints.missing + difference.different.count > 0 else { return difference }
        try await eachPortion { (lines) throws(StoreError) in Self.explain(lines, &prints, &difference) }
        return difference
    }

    /// Notes which of the lines that the events make are missing, and how the different ones are to be.
    private static func explain(
        _ lines: [XPTransaction],
        _ prints: inout LedgerPrints,
        _ difference: inout LedgerDifference
    ) {
        for line in lines {
            if prints.takeMissing(line) { difference.missing.add(line) }
            difference.explain(line)
        }
    }

    /// - Returns: What is different, but for what is missing, which the prints tell.
    private func compared() async throws(StoreError) -> (LedgerDifference, LedgerPrints) {
        var prints = LedgerPrints()
        try await eachPortion { (lines) throws(StoreError) in prints.add(lines) }
        var difference = LedgerDifference()
        difference.lines = prints.count
        var last: String?
        while true {
            let lines = try await store.ledger.lines(after: last, limit: LedgerPortion.size)
            guard let end = lines.last else { return (difference, prints) }
            for line in lines { prints.compare(line, &difference) }
            last = end.id
        }
    }

    private func eachPortion(
        _ take: ([XPTransaction]) async throws(StoreError) -> Void
    ) async throws(StoreError) {
        for origin in origins { try await origin.eachPortion(take) }
    }
}
