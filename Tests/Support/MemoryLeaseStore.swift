import Domain
import Foundation

struct MemoryLeaseStore: LeaseStore {
    let club: MemoryClubStore

    func acquire(_ lease: Lease, now: Date, takesOverSamePlace: Bool) async throws(StoreError) -> Lease {
        try club.write { (state) throws(StoreError) in
            if let held = state.leases[lease.name] {
                let isFree = held.holder == lease.holder || held.expiresAt < now
                guard isFree || (takesOverSamePlace && held.place == lease.place) else { return held }
            }
            state.leases[lease.name] = lease
            return lease
        }
    }

    func holder(of name: String) async throws(StoreError) -> Lease? {
        try club.read { $0.leases[name] }
    }

    func release(name: String, holder: String) async throws(StoreError) {
        try club.write { (state) throws(StoreError) in
            if state.leases[name]?.holder == holder { state.leases[name] = nil }
        }
    }
}
