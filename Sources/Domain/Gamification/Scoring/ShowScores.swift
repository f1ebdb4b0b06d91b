import Foundation

/// Makes a show's lines from what is stored of it.
public struct ShowScores: Sendable {
    /// How many batches of a log, or people, are read at a time.
    static let page = 500
    /// How many attendance intervals are read at a time.
    private static let attendancePage = 1_000

    let store: any ClubStore
    let clock: any ClubClock

    public init(store: any ClubStore, clock: any ClubClock) {
        self.store = store
        self.clock = clock
    }

    /// All lines of a show, as of now; nothing of people who were forgotten. Everybody else counts who was in the room,
    /// whether they are a member still or not. Empty where the show has not begun.
    public func lines(of show: LiveSession) async throws(StoreError) -> [XPTransaction] {
        var tally = ScoreTally()
        while try await read(on: &tally, of: show.id, pages: 1) {}
        tally.take(try await attendance(of: show.id))
        guard let airtime = try await airtime(of: show) else { return [] }
        return try await withoutForgotten(tally.lines(airtime))
    }

    /// Posts all lines of a show, and tells what is new by them. It may be done again.
    public func post(_ show: LiveSession) async throws(ChangeFailure) {
        let changed = try await reading { () throws(StoreError) in try await post(try await lines(of: show)) }
        try await ProgressBook(store: store, clock: clock).changed(changed)
    }

    /// Posts lines. Somebody who asks to be forgotten at this very moment leaves nothing.
    /// - Returns: The members of whom something changed.
    func post(_ lines: [XPTransaction]) async throws(StoreError) -> Set<MemberID> {
        let changed = try await store.ledger.post(lines)
        for member in try await forgotten(changed) { try await LedgerForgetting(store: store).forget(member) }
        return changed
    }

    func airtime(of show: LiveSession) async throws(StoreError) -> ShowAirtime? {
        let zone = try await store.settings.find(.club)?.zone ?? ClubSettings().zone
        return ShowAirtime(show, in: zone, now: clock.now)
    }

    /// Reads on in a show's log.
    /// - Returns: Whether there may be more.
    func read(on tally: inout ScoreTally, of session: LiveSessionID, pages: Int) async throws(StoreError) -> Bool {
        for _ in 0..<pages {
            let batches = try await store.roomLog.batches(of: session, after: tally.number, limit: Self.page)
            for batch in batches { tally.take(batch) }
            if batches.count < Self.page { return false }
        }
        return true
    }

    func attendance(of session: LiveSessionID) async throws(StoreError) -> [AttendanceInterval] {
        var intervals: [AttendanceInterval] = []
        while true {
            let last = intervals.last?.id
            let page = try await store.attendance.intervals(of: session, after: last, limit: Self.attendancePage)
            intervals += page
            if page.count < Self.attendancePage { return intervals }
        }
    }

    func withoutForgotten(_ lines: [XPTransaction]) async throws(StoreError) -> [XPTransaction] {
        let forgotten = try await forgotten(Set(lines.map(\.member)))
        return lines.filter { !forgotten.contains($0.member) }
    }

    private func forgotten(_ members: Set<MemberID>) async throws(StoreError) -> Set<MemberID> {
        let ids = Array(members)
        var forgotten: Set<MemberID> = []
        for start in stride(from: 0, to: ids.count, by: Self.page) {
            let people = try await store.members.find(ids: Array(ids[start..<min(ids.count, start + Self.page)]))
            forgotten.formUnion(people.filter { $0.forgottenAt != nil }.map(\.id))
        }
        return forgotten
    }
}
