import Domain
import Foundation
import Synchronization

/// How fast one socket may ask a room for something, whatever it is: no command costs more than this allows, also where
/// the room's own limits do not count it.
final class CommandPace: Sendable {
    /// So many at once, more than all of the room's limits together.
    static let burst = 40
    /// After this, one more.
    static let interval: Duration = .milliseconds(100)

    private let bucket: Mutex<PermitBucket>

    init(now: Date) {
        bucket = Mutex(PermitBucket(burst: Self.burst, interval: Self.interval, now: now))
    }

    /// Takes one permit.
    /// - Returns: After what time there is one, where there is none now.
    func take(now: Date) -> Duration? {
        bucket.withLock { $0.take(now: now) }
    }
}
