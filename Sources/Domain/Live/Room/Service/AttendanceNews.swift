import Synchronization

/// Who was in the rooms of this process, as it is stored, for those who count on from there: without it they would read
/// all of a show's attendance again and again.
public final class AttendanceNews: Sendable {
    /// So many intervals of one show wait to be taken; of more nothing is kept but that there were more.
    static let capacity = 50_000

    private struct Followed {
        var intervals: [AttendanceInterval] = []
        var isTooMuch = false
    }

    private let state = Mutex<[LiveSessionID: Followed]>([:])

    public init() {}

    /// Collects what is stored of a show from now on.
    public func follow(_ session: LiveSessionID) {
        state.withLock { $0[session] = $0[session] ?? Followed() }
    }

    public func leave(_ session: LiveSessionID) {
        state.withLock { $0[session] = nil }
    }

    /// Takes notice of what was stored.
    func note(_ intervals: [AttendanceInterval]) {
        guard let session = intervals.first?.session else { return }
        state.withLock { state in
            guard var followed = state[session] else { return }
            if followed.intervals.count + intervals.count > Self.capacity {
                followed = Followed(isTooMuch: true)
            } else if !followed.isTooMuch {
                followed.intervals += intervals
            }
            state[session] = followed
        }
    }

    /// Hands over what was stored since the last time.
    /// - Returns: nil where that was too much: then all has to be read from the store.
    public func take(_ session: LiveSessionID) -> [AttendanceInterval]? {
        state.withLock { state in
            guard let followed = state[session] else { return nil }
            state[session] = Followed()
            return followed.isTooMuch ? nil : followed.intervals
        }
    }
}
