import Foundation

/// When requests were made, for telling how many there were at most in any second.
struct RequestRate {
    private var times: [Date] = []

    /// Notes that there have been `total` requests by now.
    mutating func note(total: Int, at now: Date) {
        while times.count < total { times.append(now) }
    }

    /// The most requests in any second that began at `start` or later.
    func most(since start: Date) -> Int {
        let counted = times.filter { $0 >= start }
        return counted.map { first in
            counted.count { $0 >= first && $0 < first.addingTimeInterval(1) }
        }.max() ?? 0
    }
}
