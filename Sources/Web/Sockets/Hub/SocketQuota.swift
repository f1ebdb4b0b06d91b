import Synchronization

/// Counts sockets by who holds them, so that nobody holds too many.
package final class SocketQuota: Sendable {
    /// Who holds a socket.
    package enum Holder: Hashable, Sendable {
        /// A member, by id.
        case member(String)
        /// A household of addresses, see `IPAddress.household`.
        case household([UInt8])
    }

    private let counts = Mutex<[Holder: Int]>([:])

    package init() {}

    /// Takes one socket for each of the holders, or for none of them.
    /// - Parameter limits: The holders, and how many sockets each may have in all.
    /// - Returns: The permit, which gives the sockets back when it is let go of; nil where one has its most already.
    package func reserve(_ limits: [Holder: Int]) -> SocketPermit? {
        let isFree = counts.withLock { counts in
            guard Self.isFree(limits, in: counts) else { return false }
            for holder in limits.keys { counts[holder, default: 0] += 1 }
            return true
        }
        return isFree ? SocketPermit(quota: self, holders: Array(limits.keys)) : nil
    }

    /// Whether `reserve` would give a permit now.
    package func isFree(_ limits: [Holder: Int]) -> Bool {
        counts.withLock { Self.isFree(limits, in: $0) }
    }

    private static func isFree(_ limits: [Holder: Int], in counts: [Holder: Int]) -> Bool {
        limits.allSatisfy { counts[$0.key, default: 0] < $0.value }
    }

    /// How many sockets a holder has.
    package func count(of holder: Holder) -> Int {
        counts.withLock { $0[holder, default: 0] }
    }

    fileprivate func giveBack(_ holders: [Holder]) {
        counts.withLock { counts in
            for holder in holders {
                let rest = counts[holder, default: 0] - 1
                counts[holder] = rest > 0 ? rest : nil
            }
        }
    }
}

/// The right to one socket, as long as somebody keeps it.
package final class SocketPermit: Sendable {
    private let quota: SocketQuota
    private let holders: [SocketQuota.Holder]

    fileprivate init(quota: SocketQuota, holders: [SocketQuota.Holder]) {
        self.quota = quota
        self.holders = holders
    }

    deinit {
        quota.giveBack(holders)
    }
}
