import Foundation

/// What follows from an end.
extension ShowWatch {
    /// Each chore may be done again; it is crossed out once it is done.
    func carryOut(_ chore: LiveSession.Chore, for show: LiveSession) async throws(ChangeFailure) -> LiveSession {
        let cause = Cause(rawValue: "chore:\(chore.rawValue):\(show.status.rawValue)")
        switch chore {
        case .makePodcast:
            try await shows.recordings.makeEpisode(of: show)
            return try await crossOut(chore, of: show.id, cause: cause) { _ in }
        case .countNewcomers:
            let count = try await newcomers(during: show)
            return try await crossOut(chore, of: show.id, cause: cause) { $0.newMembers = count }
        case .countAudience:
            let audience = try await shows.count(audienceOf: show)
            return try await crossOut(chore, of: show.id, cause: cause) { $0.audience = audience }
        case .makeNext:
            let next = try await makeNext(after: show)
            return try await crossOut(chore, of: show.id, cause: cause) { $0.weekly?.next = next }
        }
    }

    private func crossOut(
        _ chore: LiveSession.Chore,
        of id: LiveSessionID,
        cause: Cause,
        _ edit: @escaping @Sendable (inout LiveSession) -> Void
    ) async throws(ChangeFailure) -> LiveSession {
        try await shows.store.liveSessions.change(.id(id), cause: cause) { (show) throws(Refusal) in
            guard var show else { throw .notFound }
            guard show.chores.contains(chore) else { return Change(show) }
            show.chores.removeAll { $0 == chore }
            edit(&show)
            return Change(show)
        }.state
    }

    /// How many people became members while a show was live.
    private func newcomers(during show: LiveSession) async throws(ChangeFailure) -> Int {
        guard let startedAt = show.startedAt, let endedAt = show.endedAt else { return 0 }
        return try await reading { () throws(StoreError) in
            var (count, start) = (0, PageStart.first)
            while true {
                let page = try await shows.store.members.list(.active, from: start, limit: Self.page)
                count += page.items.count { member in
                    member.joinedAt.map { (startedAt...max(startedAt, endedAt)).contains($0) } ?? false
                }
                guard let next = page.next else { return count }
                start = .after(next)
            }
        }
    }

    /// Plans the show of the next week: as this one, at the same time by the clocks of the club's zone. However often
    /// it is asked for, there is one.
    private func makeNext(after show: LiveSession) async throws(ChangeFailure) -> LiveSessionID? {
        guard let weekly = show.weekly else { return nil }
        let zone = try await shows.zone()
        let now = shows.now
        let slot = weekly.slot(after: max(now, show.startsAt), in: zone)
        let origin = "after:\(show.id)"
        let id = shows.ids.next(LiveSessionID.self)
        let entry = shows.pen(of: nil).entry(
            .showScheduled,
            of: .show(id),
            [.to: slot.moment(in: zone).formatted(.iso8601)]
        )
        let cause = Cause(rawValue: origin)
        return try await shows.store.liveSessions.change(.origin(origin), cause: cause) { known in
            if let known { return Change(known) }
            var next = LiveSession(
                id: id,
                origin: origin,
                title: show.title,
                summary: show.summary,
                host: show.host,
                startsAt: slot.moment(in: zone),
                plannedDuration: show.plannedDuration,
                handPolicy: show.handPolicy,
                createdBy: show.createdBy,
                now: now
            )
            next.coHosts = show.coHosts
            next.weekly = WeeklyRepeat(slot: slot, previous: show.id)
            next.notice.dueAt = max(now, next.startsAt.addingTimeInterval(-ShowPost.notice.seconds))
            next.planReminders(now: now)
            return Change(next, audit: [entry])
        }.state.id
    }
}
