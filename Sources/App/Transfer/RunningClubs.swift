import Domain
import Foundation

/// How it is known that a club runs on a store from another machine or folder: by the leases of its pollers.
struct RunningClubs: Sendable {
    /// Names of the leases of the club's bots.
    let pollers: [String]
    /// Places of which this process has the lock. A lease that was taken there is left over from a crash.
    let places: Set<String>
    let clock: any ClubClock

    /// - Throws: `.running` where somebody has a lease that has not expired.
    func refuse(_ store: any ClubStore) async throws(TransferFault) {
        for name in pollers {
            let lease = try await TransferFault.naming(store.summary) { () throws(StoreError) in
                try await store.leases.holder(of: name)
            }
            guard let lease, lease.expiresAt >= clock.now, !places.contains(lease.place) else { continue }
            throw .running(place: store.summary, where: lease.place)
        }
    }
}
