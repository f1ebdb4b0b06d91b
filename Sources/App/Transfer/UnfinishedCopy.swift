import Domain
import Foundation

/// The mark on a store that is being filled: as long as it is there, the store is not fit for a club.
///
/// It is a lease that does not expire, so that it outlives whoever was filling the store.
enum UnfinishedCopy {
    /// Name of the lease.
    static let lease = "store-copy"

    /// Puts the mark on a store.
    /// - `source`: What it is filled from, without secrets.
    /// - Returns: What the store is filled from: `source`, or another one whose mark is there already.
    static func mark(
        _ store: any ClubStore,
        source: String,
        place: String,
        now: Date
    ) async throws(StoreError) -> String {
        let end = Timestamp.date(milliseconds: Timestamp.limit)
        let wanted = Lease(name: lease, holder: source, place: place, expiresAt: end)
        return try await store.leases.acquire(wanted, now: now, takesOverSamePlace: false).holder
    }

    /// Takes the mark off: the store is complete.
    static func clear(_ store: any ClubStore, source: String) async throws(StoreError) {
        try await store.leases.release(name: lease, holder: source)
    }

    /// From what a store is still being filled, nil where it is not.
    static func source(of store: any ClubStore) async throws(StoreError) -> String? {
        try await store.leases.holder(of: lease)?.holder
    }

    /// Why no club may be served from a store, in one line that says what to do; nil where one may.
    static func refusal(of store: any ClubStore) async throws(StoreError) -> String? {
        refusal(place: store.summary, lease: try await store.leases.holder(of: lease))
    }

    /// As `refusal(of:)`, of what is known already.
    static func refusal(place: String, lease: Lease?) -> String? {
        guard let lease, lease.name == Self.lease else { return nil }
        return "\(place) is an unfinished copy of \(lease.holder). Finish it by the command that began it, or empty"
            + " it and begin again."
    }
}
