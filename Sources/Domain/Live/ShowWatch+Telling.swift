import Foundation

extension ShowWatch {
    /// So many people are gone through at once.
    static let page = 200
    /// So long after the start members are told of it.
    static let alertLifetime: Duration = .seconds(30 * 60)
    /// So long other news of a show are worth being sent.
    static let longestNews: Duration = .seconds(12 * 3600)

    /// Tells the next page of people.
    ///
    /// The messages are stored before the place that was reached: after a crash in between the same page is gone
    /// through once more, and who has the message already is passed over by its dedupe key.
    func tell(
        _ telling: ShowTelling,
        of show: LiveSession,
        now: Date
    ) async throws(ChangeFailure) -> LiveSession {
        let start = telling.reached.flatMap(PageCursor.init(text:)).map(PageStart.after) ?? .first
        let end = show.end(of: telling)
        var next: PageCursor?
        if now < end {
            let drafts: [OutboxDraft]
            (drafts, next) = try await messages(telling, of: show, from: start, expiring: end)
            if !drafts.isEmpty {
                try await reading { () throws(StoreError) in try await shows.store.outbox.append(drafts, now: now) }
            }
        }
        let reached = next?.text
        let cause = Cause(rawValue: "told:\(telling.number):\(telling.reached ?? "")")
        return try await shows.store.liveSessions.change(.id(show.id), cause: cause) { (show) throws(Refusal) in
            guard var show else { throw .notFound }
            // Another process may have been faster, or something else is told by now.
            guard let index = show.tellings.firstIndex(of: telling) else { return Change(show) }
            if let reached { show.tellings[index].reached = reached } else { show.tellings.remove(at: index) }
            return Change(show)
        }.state
    }

    private func messages(
        _ telling: ShowTelling,
        of show: LiveSession,
        from start: PageStart,
        expiring end: Date
    ) async throws(ChangeFailure) -> ([OutboxDraft], next: PageCursor?) {
        if telling.subject == .started { return try await alerts(of: show, from: start, expiring: end) }
        let page = try await shows.rsvps(telling.subject.listing(of: show.id), from: start, limit: Self.page)
        var drafts: [OutboxDraft] = []
        for rsvp in page.items {
            guard let member = try await shows.directory.find(.id(rsvp.member)), member.isActive, member.isReachable,
                var draft = show.draft(telling, to: member)
            else { continue }
            draft.expiresAt = end
            drafts.append(draft)
        }
        return (drafts, page.next)
    }

    /// To every member who wants to hear of shows, or asked to be reminded of this one; not to the host, and not to
    /// whoever began it.
    private func alerts(
        of show: LiveSession,
        from start: PageStart,
        expiring end: Date
    ) async throws(ChangeFailure) -> ([OutboxDraft], next: PageCursor?) {
        let page = try await reading { () throws(StoreError) in
            try await shows.store.members.list(.active, from: start, limit: Self.page)
        }
        var drafts: [OutboxDraft] = []
        for member in page.items where member.isReachable && member.id != show.host && member.id != show.startedBy {
            var news = ShowNews.started
            if !member.settings.wants(.liveShows) {
                guard try await shows.rsvp(of: member.id, for: show.id)?.wantsReminders == true else { continue }
                news = .reminder(.atStart, startsAt: show.startsAt)
            }
            let key = "show-started:\(show.id):\(member.id)"
            guard var draft = OutboxDraft(key: key, to: member, notice: .show(show.id, news)) else { continue }
            draft.expiresAt = end
            draft.batch = .start(of: show.id)
            drafts.append(draft)
        }
        return (drafts, page.next)
    }
}

extension LiveSession {
    /// From when on a telling is not worth going on with.
    fileprivate func end(of telling: ShowTelling) -> Date {
        switch telling.subject {
        case .started: telling.since.addingTimeInterval(ShowWatch.alertLifetime.seconds)
        case .reminder(let reminder): reminder.end(before: startsAt)
        case .moved, .cancelled, .ended: telling.since.addingTimeInterval(ShowWatch.longestNews.seconds)
        }
    }

    /// Each person is told a thing once, whatever crashes: the key says which thing it is.
    fileprivate func draft(_ telling: ShowTelling, to member: Member) -> OutboxDraft? {
        switch telling.subject {
        case .started:
            nil
        case .reminder(let reminder):
            OutboxDraft(
                key: "show-reminder:\(id):\(reminder.rawValue):\(Timestamp.milliseconds(startsAt)):\(member.id)",
                to: member,
                notice: .show(id, .reminder(reminder, startsAt: startsAt))
            )
        case .moved(let from):
            OutboxDraft(
                key: "show-moved:\(id):\(telling.number):\(member.id)",
                to: member,
                notice: .show(id, .moved(from: from))
            )
        case .cancelled:
            OutboxDraft(key: "show-cancelled:\(id):\(member.id)", to: member, notice: .show(id, .cancelled))
        case .ended:
            endedDraft(to: member)
        }
    }
}

extension ShowTelling.Subject {
    /// Whose answers decide who is told.
    fileprivate func listing(of show: LiveSessionID) -> RSVPListing {
        switch self {
        case .started, .moved, .cancelled: .given(show)
        case .reminder, .ended: .reminded(show)
        }
    }
}
