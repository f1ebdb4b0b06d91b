import Foundation

/// Does for shows what happens by itself: alerts and reminders, what follows from an end, next week's show.
///
/// What is due stands in the shows, so that a crash loses nothing; each step may be done again, also by another process
/// at the same moment, and tells nobody anything twice.
public struct ShowWatch: Sendable {
    /// How often it is to look at least: another process may have changed a show.
    public static let rest: Duration = .seconds(1)
    /// So many shows are seen to at once.
    private static let portion = 50

    let shows: LiveSessions

    public init(shows: LiveSessions) {
        self.shows = shows
    }

    /// Does everything that is due at this moment, of long lists of people the next page.
    /// - Returns: When there is more to do; nil where nothing is in sight.
    public func work() async throws(ChangeFailure) -> Date? {
        let due = try await reading { () throws(StoreError) in
            try await shows.store.liveSessions.due(limit: Self.portion)
        }
        let now = shows.now
        let ripe = due.prefix { $0.dueAt.map { $0 <= now } ?? false }
        var fault: ChangeFailure?
        for show in ripe {
            do throws(ChangeFailure) {
                try await see(to: show.id, now: now)
            } catch {
                // A show that cannot be seen to keeps back no other.
                fault = fault ?? error
            }
        }
        if let fault { throw fault }
        // Those may have more pages; the next look finds out.
        return ripe.isEmpty ? due.first?.dueAt : now
    }

    private func see(to id: LiveSessionID, now: Date) async throws(ChangeFailure) {
        guard var show = try await shows.find(id) else { return }
        if show.attendance.countsAt.map({ $0 <= now }) == true {
            show = try await shows.count(id, cause: Cause(rawValue: "recount:\(show.attendance.changes)"))
        }
        show = try await giveUp(show, now: now)
        for chore in show.chores { show = try await carryOut(chore, for: show) }
        show = try await remind(of: show, now: now)
        for telling in show.tellings { show = try await tell(telling, of: show, now: now) }
        if show.awaitsRecordingUntil.map({ $0 <= now }) == true { show = try await missRecording(of: show) }
        if show.scoresAt.map({ $0 <= now }) == true { show = try await score(show, now: now) }
        if let dueAt = show.notice.dueAt, dueAt <= now {
            let cause = Cause(rawValue: "post:\(Timestamp.milliseconds(dueAt)):\(show.notice.number)")
            _ = try await shows.alter(id, cause: cause) { (show, _) throws(Refusal) in
                // `alter` brings the announcement up to date with every change, and this is one.
                show.notice.dueAt = nil
                return []
            }
        }
    }

    // MARK: What nobody does

    /// Cancels a show that nobody has begun, and ends one that nobody ends.
    private func giveUp(_ show: LiveSession, now: Date) async throws(ChangeFailure) -> LiveSession {
        if show.status == .scheduled, show.givenUpAt <= now {
            let entry = shows.pen(of: nil).entry(.showCancelled, of: .show(show.id))
            let cause = Cause(rawValue: "missed:\(Timestamp.milliseconds(show.startsAt))")
            return try await shows.alter(show.id, cause: cause, telling: (.missed, "missed")) {
                (show, now) throws(Refusal) in
                guard show.status == .scheduled, show.givenUpAt <= now else { return [] }
                try show.cancel(.occurrence, now: now)
                return [entry]
            }
        }
        if show.status == .live, show.endsByItselfAt <= now {
            let entry = shows.pen(of: nil).entry(.showEnded, of: .show(show.id))
            let podcastID = shows.ids.next(PodcastID.self)
            return try await shows.alter(show.id, cause: Cause(rawValue: "ended-by-itself")) {
                (show, now) throws(Refusal) in
                guard show.status == .live else { return [] }
                try show.end(as: podcastID, now: now)
                return [entry]
            }
        }
        return show
    }

    /// Tells the host that no recording has come; where one has, the show is recorded.
    private func missRecording(of show: LiveSession) async throws(ChangeFailure) -> LiveSession {
        if let recorded = try await shows.recordings.settle(show) { return recorded }
        let host = try await shows.hostMember(of: show.id)
        let cause = Cause(rawValue: "without-recording")
        return try await shows.store.liveSessions.change(.id(show.id), cause: cause) { (show) throws(Refusal) in
            guard var show else { throw .notFound }
            show.awaitsRecordingUntil = nil
            return Change(show, outbox: show.hostDraft(.withoutRecording, named: "without-recording", to: host))
        }.state
    }

    // MARK: Reminders

    private func remind(of show: LiveSession, now: Date) async throws(ChangeFailure) -> LiveSession {
        var show = show
        for reminder in show.remindersAhead {
            guard let moment = reminder.moment(of: show.startsAt), moment <= now else { continue }
            let cause = Cause(rawValue: "remind:\(reminder.rawValue):\(show.sequence)")
            show = try await shows.store.liveSessions.change(.id(show.id), cause: cause) { (show) throws(Refusal) in
                guard var show else { throw .notFound }
                // It may have been moved or begun meanwhile.
                guard show.remindersAhead.contains(reminder), let moment = reminder.moment(of: show.startsAt),
                    moment <= now
                else { return Change(show) }
                show.remindersAhead.removeAll { $0 == reminder }
                if !show.remindersSent.contains(reminder) { show.remindersSent.append(reminder) }
                if now < reminder.end(before: show.startsAt) { show.tell(.reminder(reminder), now: now) }
                return Change(show)
            }.state
        }
        return show
    }
}

extension ShowReminder {
    /// From when on it is not worth sending any more.
    func end(before start: Date) -> Date { start.addingTimeInterval(-uselessBefore.seconds) }
}
