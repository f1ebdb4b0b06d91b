import Foundation

/// The right to do something that only one process may do at a time, until a moment.
public struct Lease: Codable, Equatable, Sendable {
    /// What it is the right to, for example `poller-4242`.
    public var name: String
    /// Who holds it: unique to a process.
    public var holder: String
    /// Where the holder runs. A holder at the same place that proves that the other is gone may take it over.
    public var place: String
    public var expiresAt: Date

    public init(name: String, holder: String, place: String, expiresAt: Date) {
        self.name = name
        self.holder = holder
        self.place = place
        self.expiresAt = expiresAt
    }
}

/// Keeps leases. All calls are atomic.
public protocol LeaseStore: Sendable {
    /// Takes or renews a lease.
    ///
    /// It is granted where nobody holds it, where `lease.holder` holds it already, where it expired before `now`, or
    /// where `takesOverSamePlace` is set and its holder was at the same `place`.
    /// - Returns: The lease as it stands afterwards: the caller's own where `holder` equals, else the other's.
    func acquire(_ lease: Lease, now: Date, takesOverSamePlace: Bool) async throws(StoreError) -> Lease

    /// The lease as it stands, expired or not; nil where nobody holds it.
    func holder(of name: String) async throws(StoreError) -> Lease?

    /// Gives a lease back. Nothing happens where `holder` does not hold it.
    func release(name: String, holder: String) async throws(StoreError)
}
