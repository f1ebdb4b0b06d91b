import Foundation

/// Keeps the ledger up to date with the rooms: what members do in a show has its lines within seconds.
///
/// It counts on from where it was, so that a round costs as much as what happened since the last one. It remembers
/// nothing that is not stored: a process that begins anew reads the logs of the running shows from their beginning. What
/// it misses, because the process was down or because of the limits here, `ShowWatch` makes good after the end.
public actor ScoreKeeper {
    /// How often it is to work.
    public static let pace: Duration = .seconds(15)
    /// So many shows are counted at a time; of ended ones the last.
    static let together = 50
    /// So much of one log is read in a round, in pages of `ShowScores.page` batches.
    private static let pagesAtOnce = 20

    private struct Running {
        var tally = ScoreTally()
        /// Of whom something may have to be posted.
        var waiting: Set<MemberID> = []
        /// What was posted last of each line.
        var posted: [String: XPTransaction] = [:]
        var isSettled = false
    }

    private let store: any ClubStore
    private let news: AttendanceNews
    private let clock: any ClubClock
    private let scores: ShowScores
    private let book: ProgressBook
    private var running: [LiveSessionID: Running] = [:]
    /// Of whom lines were posted, and who was not told yet.
    private var untold: Set<MemberID> = []
    private var sweptTo = PageStart.first

    /// - `news`: Of the rooms of this process.
    public init(store: any ClubStore, news: AttendanceNews, clock: any ClubClock) {
        self.store = store
        self.news = news
        self.clock = clock
        scores = ShowScores(store: store, clock: clock)
        book = ProgressBook(store: store, clock: clock)
    }

    /// One round: posts what happened in the shows that are live and in those that ended within a day, tells members
    /// what is new by it, and looks at a page of members whether they were told everything.
    /// - Throws: the first thing that went wrong, after everything else was done. Nothing is lost by it.
    public func work() async throws(ChangeFailure) {
        var fault: ChangeFailure?
        for show in try await shows() {
            do throws(ChangeFailure) {
                try await count(show)
            } catch {
                fault = fault ?? error
            }
        }
        try await book.changed(untold)
        untold = []
        sweptTo = try await book.sweep(from: sweptTo)
        if let fault { throw fault }
    }

    /// The shows to count. Those that are not among them any more are let go.
    private func shows() async throws(ChangeFailure) -> [LiveSessionID] {
        let ids: [LiveSessionID]
        do throws(StoreError) {
            let live = try await store.liveSessions.list(.live, from: .first, limit: Self.together).items
            let past = try await store.liveSessions.list(.past, from: .first, limit: Self.together).items
            let oldest = clock.now.later(by: .zero - RoomLimits.supportLasts)
            let recent = past.filter { $0.endedAt.map { $0 >= oldest } ?? false && $0.scoresAt != nil }
            ids = (live + recent).map(\.id)
        } catch {
            throw .store(error)
        }
        for id in running.keys where !ids.contains(id) {
            running[id] = nil
            news.leave(id)
        }
        return ids
    }

    /// What is read comes in this order: the log, attendance, the show. So neither attendance that is newer than the log
    /// counts nor, unnoticed, what is later than the end.
    private func count(_ session: LiveSessionID) async throws(ChangeFailure) {
        var own = running[session] ?? Running()
        let isNew = running[session] == nil
        // Before anything is read, so that nothing is missed.
        if isNew { news.follow(session) }
        let posted: Set<MemberID>
        do throws(StoreError) {
            _ = try await scores.read(on: &own.tally, of: session, pages: Self.pagesAtOnce)
            let fresh = isNew ? nil : news.take(session)
            if let fresh { own.tally.take(fresh) } else { own.tally.take(try await scores.attendance(of: session)) }
            posted = try await post(&own, of: session)
        } catch {
            // What was taken from the news is in the tally; where even that is not known, all is read anew.
            if isNew { news.leave(session) } else { running[session] = own }
            throw .store(error)
        }
        running[session] = own
        untold.formUnion(posted)
    }

    private func post(_ own: inout Running, of session: LiveSessionID) async throws(StoreError) -> Set<MemberID> {
        own.waiting.formUnion(own.tally.takeChanged())
        guard let show = try await store.liveSessions.find(.id(session)),
            let airtime = try await scores.airtime(of: show)
        else { return [] }
        // Once more when all is known, of everybody.
        if airtime.isSettled, !own.isSettled { own.waiting.formUnion(own.tally.members) }
        let isLive = airtime.end == nil
        let lines = own.tally.lines(airtime, of: own.waiting).filter { line in
            guard let last = own.posted[line.id] else { return true }
            // The time of those who are there grows all the time: while it does, a line has it by fives of minutes.
            return isLive && line.rule == .liveTime ? line.xp > last.xp : line.count > last.count
        }
        let posted = lines.isEmpty ? [] : try await scores.post(try await scores.withoutForgotten(lines))
        for line in lines { own.posted[line.id] = line }
        own.isSettled = airtime.isSettled
        own.waiting = []
        return posted
    }
}
