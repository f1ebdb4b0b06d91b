import Domain
import Foundation
import Synchronization

/// Limits how often one household of addresses, or one member, may do something.
///
/// At most `2 × households` buckets are kept. When more come, those that were not used for the longest time are
/// forgotten, and start full again.
final class RateLimiter: Sendable {
    private struct Buckets {
        var recent: [[UInt8]: PermitBucket] = [:]
        var older: [[UInt8]: PermitBucket] = [:]
    }

    /// How many may come at once.
    private let burst: Int
    /// After this, one more may come.
    private let interval: Duration
    private let households: Int
    private let clock: any ClubClock
    private let buckets = Mutex(Buckets())

    init(burst: Int, interval: Duration, households: Int = 4_096, clock: any ClubClock) {
        self.burst = burst
        self.interval = interval
        self.households = households
        self.clock = clock
    }

    /// Takes one permit.
    /// - Throws: `.tooManyRequests` where there is none.
    func admit(_ address: IPAddress?) throws(RequestFault) {
        try admit(address?.household ?? [])
    }

    /// Takes one permit.
    /// - Throws: `.tooManyRequests` where there is none.
    func admit(_ member: MemberID) throws(RequestFault) {
        try admit(Array(member.rawValue.utf8))
    }

    private func admit(_ key: [UInt8]) throws(RequestFault) {
        let now = clock.now
        let wait = buckets.withLock { buckets -> Duration? in
            let known = buckets.recent[key] ?? buckets.older[key]
            var bucket = known ?? PermitBucket(burst: burst, interval: interval, now: now)
            defer { keep(bucket, key, in: &buckets) }
            return bucket.take(now: now)
        }
        if let wait { throw .tooManyRequests(retryAfter: wait) }
    }

    private func keep(_ bucket: PermitBucket, _ key: [UInt8], in buckets: inout Buckets) {
        if buckets.recent[key] == nil, buckets.recent.count >= households {
            buckets.older = buckets.recent
            buckets.recent = [:]
        }
        buckets.recent[key] = bucket
    }
}
