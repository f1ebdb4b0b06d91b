import Domain
import Foundation
import Logging

/// The right to fetch one bot's updates: one process at a time, whatever machine it runs on.
struct PollerLease: Sendable {
    /// Longer than a poll with its deadline and the longest pause between polls.
    static let lifetime: Duration = .seconds(120)
    /// How often a process that rests renews it.
    static let renewal: Duration = .seconds(60)
    /// How often a process that waits for the lease looks again.
    static let wait: Duration = .seconds(5)

    let name: String
    let holder: String
    let place: String
    let leases: any LeaseStore
    let clock: any ClubClock

    /// Takes or renews the lease.
    /// `isFirst`: whether this process is only starting. It then takes the lease over from a process that
    ///   ran at the same place, which is surely gone: the wiring holds that place's lock.
    /// Returns whether this process has the lease.
    func acquire(isFirst: Bool) async throws(StoreError) -> Bool {
        let wanted = Lease(name: name, holder: holder, place: place, expiresAt: clock.after(Self.lifetime))
        return try await leases.acquire(wanted, now: clock.now, takesOverSamePlace: isFirst).holder == holder
    }

    /// Takes the lease at the start of a process.
    /// Returns nil where this process has it now, else the lease of the process that has it.
    func claim() async throws(StoreError) -> Lease? {
        let wanted = Lease(name: name, holder: holder, place: place, expiresAt: clock.after(Self.lifetime))
        let held = try await leases.acquire(wanted, now: clock.now, takesOverSamePlace: true)
        return held.holder == holder ? nil : held
    }

    /// Rests for as long as it takes and keeps the lease meanwhile: a pause may be longer than it lasts.
    /// - Throws: `CancellationError`.
    func rest(for duration: Duration) async throws {
        let end = clock.after(duration)
        while true {
            let left = Duration.seconds(end.timeIntervalSince(clock.now))
            guard left > .zero else { return }
            try await clock.sleep(for: min(left, Self.renewal))
            // Where the store cannot be asked, the next poll asks again before anything is fetched.
            if left > Self.renewal { _ = try? await acquire(isFirst: false) }
        }
    }

    func release() async {
        // Where it cannot be given back, it expires.
        try? await leases.release(name: name, holder: holder)
    }
}
