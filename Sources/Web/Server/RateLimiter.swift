import Domain
import Foundation
import Synchronization

/// Limits how often one household of addresses, or one member, may do something: a bucket of permits that fills up again evenly.
///
/// At most `2 × households` buckets are kept. When more come, those that were not used for the longest time are
/// forgotten, and start full again.
final class RateLimiter: Sendable {
    private struct Bucket {
        var permits: Double
        var at: Date
    }

    private struct Buckets {
        var recent: [[UInt8]: Bucket] = [:]
        var older: [[UInt8]: Bucket] = [:]
    }

    /// How many may come at once.
    private let burst: Double
    /// After this, one more may come.
    private let interval: Duration
    private let households: Int
    private let clock: any ClubClock
    private let buckets = Mutex(Buckets())

    init(burst: Int, interval: Duration, households: Int = 4_096, clock: any ClubClock) {
        self.burst = Double(burst)
        self.interval = interval
        self.households = households
        self.clock = clock
    }

    /// Takes one permit.
    /// - Throws: `.tooManyRequests` where there is none.
    func admit(_ address: IPAddress?) throws(RequestFault) {
        try admit(address?.household ?? [])
    }

    /// Takes one permit of a member, by a limiter of members.
    /// - Throws: `.tooManyRequests` where there is none.
    func admit(_ member: MemberID) throws(RequestFault) {
        try admit(Array(member.rawValue.utf8))
    }

    private func admit(_ key: [UInt8]) throws(RequestFault) {
        let now = clock.now
        let missing = buckets.withLock { buckets -> Double in
            var bucket = buckets.recent[key] ?? buckets.older[key] ?? Bucket(permits: burst, at: now)
            let filled = max(0, now.timeIntervalSince(bucket.at)) / interval.seconds
            bucket.permits = min(burst, bucket.permits + filled)
            bucket.at = now
            defer { keep(bucket, key, in: &buckets) }
            guard bucket.permits >= 1 else { return 1 - bucket.permits }
            bucket.permits -= 1
            return 0
        }
        guard missing == 0 else { throw .tooManyRequests(retryAfter: interval * missing) }
    }

    private func keep(_ bucket: Bucket, _ key: [UInt8], in buckets: inout Buckets) {
        if buckets.recent[key] == nil, buckets.recent.count >= households {
            buckets.older = buckets.recent
            buckets.recent = [:]
        }
        buckets.recent[key] = bucket
    }
}
