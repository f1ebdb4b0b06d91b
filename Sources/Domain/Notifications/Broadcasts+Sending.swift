import Foundation

extension Broadcasts {
    /// So many members are gone through at once.
    static let pageSize = 200
    /// Later than this a message is not sent any more, for example to somebody who had quiet hours.
    static let lifetime: Duration = .seconds(48 * 3600)
    /// The author is told at most this often how far it is.
    static let tellingPause: Duration = .seconds(5)
    /// What is told and was not sent by then is out of date.
    private static let tellingLifetime: Duration = .seconds(30)
    /// So many broadcasts are worked on at a time.
    private static let worked = 10

    /// Takes every broadcast that is under way a step further: stores the messages of the next page of members,
    /// withdraws those of a stopped one, tells its author how far it is, and notes its end.
    /// - Returns: Whether there is more to do at once.
    public func advance() async throws(ChangeFailure) -> Bool {
        let open = try await reading { () throws(StoreError) in try await store.broadcasts.open(limit: Self.worked) }
        var hasMore = false
        for broadcast in open {
            var broadcast = broadcast
            if broadcast.state == .stopped {
                try await withdraw(broadcast)
            } else if !broadcast.isSpread {
                broadcast = try await spread(broadcast)
                if broadcast.isSending, !broadcast.isSpread { hasMore = true }
            }
            try await note(broadcast)
        }
        return hasMore
    }

    /// Remembers the message that shows how far a broadcast is.
    public func remember(_ place: CardPlace, of id: BroadcastID) async throws(ChangeFailure) {
        let cause = Cause(rawValue: "broadcast-place:\(place.chat):\(place.message)")
        _ = try await store.broadcasts.change(.id(id), cause: cause) { (broadcast) throws(Refusal) in
            guard var broadcast else { throw .notFound }
            broadcast.place = place
            return Change(broadcast)
        }
    }

    /// Takes what is not on its way out of the outbox. It may be done again.
    func withdraw(_ broadcast: Broadcast) async throws(ChangeFailure) {
        try await reading { () throws(StoreError) in try await store.outbox.withdraw(batch: broadcast.id.batch) }
    }

    /// Stores the messages to the next page of members.
    ///
    /// They are stored before the place that was reached: after a crash in between the same page is gone through once
    /// more, and who has the message already is passed over by its dedupe key.
    private func spread(_ broadcast: Broadcast) async throws(ChangeFailure) -> Broadcast {
        let cursor = broadcast.reached.flatMap(PageCursor.init(text:))
        let (now, expiresAt) = (clock.now, clock.after(Self.lifetime))
        let (page, drafts) = try await reading { () throws(StoreError) in
            let start = cursor.map(PageStart.after) ?? .first
            let page = try await store.members.list(.active, from: start, limit: Self.pageSize)
            let drafts = page.items.filter { $0.role >= broadcast.audience.leastRole }.compactMap {
                broadcast.message(to: $0, expiresAt: expiresAt)
            }
            if !drafts.isEmpty { try await store.outbox.append(drafts, now: now) }
            return (page, drafts)
        }
        let sent = drafts.count(where: \.isSent)
        let cause = Cause(rawValue: "broadcast-page:\(broadcast.reached ?? "")")
        let after = try await store.broadcasts.change(.id(broadcast.id), cause: cause) { (known) throws(Refusal) in
            guard var known else { throw .notFound }
            // Another process may have been faster.
            guard known.reached == broadcast.reached, !known.isSpread else { return Change(known) }
            known.recipients += sent
            known.listedOnly += drafts.count - sent
            known.reached = page.next?.text ?? known.reached
            known.isSpread = page.next == nil
            return Change(known)
        }.state
        // It was stopped while the messages were stored.
        if after.state == .stopped { try await withdraw(after) }
        return after
    }

    /// Tells the author how far it is, where that has changed, and notes its end.
    private func note(_ broadcast: Broadcast) async throws(ChangeFailure) {
        let tally = try await tally(of: broadcast)
        let isOver = tally.left == 0 && (broadcast.isSpread || broadcast.state == .stopped)
        let now = clock.now
        let isDue = broadcast.toldAt.map { now >= $0.addingTimeInterval(Self.tellingPause.seconds) } ?? true
        guard isOver || (isDue && tally != broadcast.tally) else { return }
        let author = try await reading { () throws(StoreError) in try await store.members.find(.id(broadcast.author)) }
        // At the end it is told at once, whatever was told just now.
        let telling = "\(Timestamp.milliseconds(now)):\(isOver ? "end" : broadcast.state.rawValue)"
        let told = author?.privateChat.map { chat in
            OutboxDraft(
                dedupeKey: "broadcast-progress:\(broadcast.id):\(telling)",
                chat: chat,
                lane: .answers,
                body: .notice(.broadcastProgress(broadcast.id)),
                expiresAt: isOver ? nil : clock.after(Self.tellingLifetime)
            )
        }
        let cause = Cause(rawValue: "broadcast-told:\(telling)")
        _ = try await store.broadcasts.change(.id(broadcast.id), cause: cause) { (known) throws(Refusal) in
            guard var known else { throw .notFound }
            guard known.endedAt == nil, known.state == broadcast.state, known.isSpread == broadcast.isSpread else {
                return Change(known)
            }
            known.tally = tally
            known.toldAt = now
            if isOver {
                known.endedAt = now
                if known.state == .sending { known.state = .done }
            }
            return Change(known, outbox: [told].compactMap { $0 })
        }
    }
}

extension Broadcast {
    /// - Returns: nil for a member who is not known to the messenger.
    fileprivate func message(to member: Member, expiresAt: Date) -> OutboxDraft? {
        guard let chat = member.privateChat else { return nil }
        let notice = Notice.announcement(id)
        return OutboxDraft(
            dedupeKey: "broadcast:\(id):\(member.id)",
            chat: chat,
            lane: .digests,
            body: .notice(notice),
            expiresAt: expiresAt,
            batch: id.batch,
            listing: Listing(of: notice, for: member)
        )
    }
}
