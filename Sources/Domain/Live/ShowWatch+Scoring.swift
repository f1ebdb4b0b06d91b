import Foundation

/// What a show that is over brought to those who were there.
extension ShowWatch {
    /// A last look is that much later than the last thanks can come.
    private static let afterwards: Duration = .seconds(60)

    /// Makes all lines of a show anew: once it has settled, whatever process was down meanwhile, and when nobody can be
    /// thanked any more.
    func score(_ show: LiveSession, now: Date) async throws(ChangeFailure) -> LiveSession {
        guard let due = show.scoresAt, let endedAt = show.endedAt else { return show }
        try await ShowScores(store: shows.store, clock: shows.clock).post(show)
        let last = endedAt.later(by: RoomLimits.supportLasts + Self.afterwards)
        let cause = Cause(rawValue: "scored:\(Timestamp.milliseconds(due))")
        return try await shows.store.liveSessions.change(.id(show.id), cause: cause) { (show) throws(Refusal) in
            guard var show else { throw .notFound }
            guard show.scoresAt == due else { return Change(show) }
            show.scoresAt = now < last ? last : nil
            return Change(show)
        }.state
    }
}
