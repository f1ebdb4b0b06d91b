import Foundation

extension LiveSessions {
    /// So many stays of a show are looked at for who was on stage.
    private static let staysLookedAt = 20_000

    /// Active members who were on the stage of a show, the host first, then those who were there longest.
    public func speakers(of id: LiveSessionID, limit: Int) async throws(ChangeFailure) -> [Member] {
        let host = try await find(id)?.host
        let now = clock.now
        return try await reading { () throws(StoreError) in
            var times: [MemberID: TimeInterval] = [:]
            var (last, seen) = (AttendanceID?.none, 0)
            while seen < Self.staysLookedAt {
                let page = try await store.attendance.intervals(of: id, after: last, limit: 1_000)
                for stay in page where stay.part == .stage {
                    times[stay.member, default: 0] += (stay.to ?? now).timeIntervalSince(stay.from)
                }
                seen += page.count
                last = page.last?.id
                if page.count < 1_000 { break }
            }
            let order = times.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }.map(\.key)
            let ids = [host].compactMap(\.self) + order.filter { $0 != host }
            let people = try await store.members.find(ids: Array(ids.prefix(limit)))
            return ids.compactMap { id in people.first { $0.id == id && $0.isActive } }
        }
    }
}
