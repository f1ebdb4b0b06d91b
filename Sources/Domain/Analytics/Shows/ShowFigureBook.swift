import Foundation

/// Writes down the figures of shows: while they run, and once more for good some time after their end.
public struct ShowFigureBook: Sendable {
    /// While a show runs, its figures are at most so old.
    public static let pace: Duration = .seconds(300)
    /// So long after the end all that belongs to a show is stored.
    static let settling: Duration = .seconds(600)
    /// Shows that ended longer ago are counted when somebody asks for them.
    private static let lookBack: Duration = .seconds(48 * 3600)
    /// So many shows are looked at in one round.
    private static let shows = 50
    private static let logPage = 500
    private static let attendancePage = 1_000

    private let store: any ClubStore
    private let clock: any ClubClock

    public init(store: any ClubStore, clock: any ClubClock) {
        self.store = store
        self.clock = clock
    }

    /// Renews the figures of shows that run, and of those that have just ended.
    public func keep() async throws(ChangeFailure) {
        let (now, store) = (clock.now, store)
        let shows = try await reading { () throws(StoreError) in
            try await store.liveSessions.list(.live, from: .first, limit: Self.shows).items
                + store.liveSessions.list(.past, from: .first, limit: Self.shows).items
        }
        let due = shows.filter { show in
            show.startedAt != nil && (show.endedAt.map { $0 > now.addingTimeInterval(-Self.lookBack.seconds) } ?? true)
        }
        let known = try await figures(ofAll: due.map(\.id))
        for show in due where isDue(known[show.id], of: show, now: now) { _ = try await renew(show, now: now) }
    }

    /// What was counted of these shows; those of which nothing was are left out.
    public func figures(ofAll shows: [LiveSessionID]) async throws(ChangeFailure) -> [LiveSessionID: ShowFigures] {
        let store = store
        let found = try await reading { () throws(StoreError) in try await store.showFigures.find(ids: shows) }
        return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    }

    /// The figures of one show, counted now where they never were.
    /// - Returns: nil before it begins.
    public func figures(of show: LiveSession) async throws(ChangeFailure) -> ShowFigures? {
        guard show.startedAt != nil else { return nil }
        if let known = try await figures(ofAll: [show.id])[show.id] { return known }
        return try await renew(show, now: clock.now)
    }

    private func isDue(_ known: ShowFigures?, of show: LiveSession, now: Date) -> Bool {
        guard let known else { return true }
        if known.isFinal { return false }
        guard let end = show.endedAt else { return now >= known.until.addingTimeInterval(Self.pace.seconds) }
        return known.until < end || Self.isSettled(end, now: now)
    }

    private static func isSettled(_ end: Date?, now: Date) -> Bool {
        end.map { now >= $0.addingTimeInterval(settling.seconds) } ?? false
    }

    /// Counts a show anew. Final figures stay: what they were counted from may be forgotten.
    private func renew(_ show: LiveSession, now: Date) async throws(ChangeFailure) -> ShowFigures? {
        guard let start = show.startedAt else { return nil }
        let isFinal = Self.isSettled(show.endedAt, now: now)
        let counted = try await reading { () throws(StoreError) in
            let tally = try await tally(of: show.id, from: start)
            return tally.figures(
                of: show.id,
                until: show.endedAt ?? now,
                told: try await told(of: show.id, now: now, start: start),
                opened: try await store.ledger.sums(of: .show(show.id))[.opened].count,
                isFinal: isFinal
            )
        }
        let cause = Cause(rawValue: "figures:\(Timestamp.milliseconds(now))")
        return try await store.showFigures.change(.id(show.id), cause: cause) { known in
            guard let known, known.isFinal || known.until > counted.until else { return Change(counted) }
            return Change(known)
        }.state
    }

    private func tally(of show: LiveSessionID, from start: Date) async throws(StoreError) -> ShowTally {
        var tally = ShowTally(from: start)
        var number = 0
        while true {
            let batches = try await store.roomLog.batches(of: show, after: number, limit: Self.logPage)
            for batch in batches { tally.take(batch) }
            guard batches.count == Self.logPage, let last = batches.last else { break }
            number = last.number
        }
        var seen: AttendanceID?
        while true {
            let page = try await store.attendance.intervals(of: show, after: seen, limit: Self.attendancePage)
            for interval in page { tally.take(interval) }
            guard page.count == Self.attendancePage, let last = page.last else { return tally }
            seen = last.id
        }
    }

    /// Nil once the messages may have been forgotten.
    private func told(of show: LiveSessionID, now: Date, start: Date) async throws(StoreError) -> Int? {
        guard now < start.addingTimeInterval(OutboxBatch.kept.seconds) else { return nil }
        return try await store.outbox.counts(batch: .start(of: show)).sent
    }
}

extension OutboxBatch {
    /// The messages by which members are told that a show began.
    public static func start(of show: LiveSessionID) -> OutboxBatch { OutboxBatch(rawValue: "show:\(show)") }

    /// For so long messages can be counted at least; see `ClubStore.prune`.
    static let kept: Duration = .seconds(30 * 24 * 3600)
}
