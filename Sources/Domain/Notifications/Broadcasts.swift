import Foundation

/// Announcements to many people, for admins: written, looked at, sent and stopped.
///
/// Sending is done by `advance`, which goes on after a crash where it was.
public struct Broadcasts: Sendable {
    /// A broadcast with what has become of it up to now.
    public struct Report: Equatable, Sendable {
        public var broadcast: Broadcast
        public var tally: BroadcastTally
        /// How its author is called; nil where that is not known any more.
        public var author: String?
    }

    let store: any ClubStore
    let clock: any ClubClock
    let ids: IDSource

    public init(store: any ClubStore, clock: any ClubClock, ids: IDSource) {
        self.store = store
        self.clock = clock
        self.ids = ids
    }

    // MARK: Writing

    /// Keeps a text as a draft, so that its author can look at it.
    /// - Throws: `.notAllowed` where `admin` is none.
    public func draft(_ text: RichText, by admin: Member, cause: Cause) async throws(ChangeFailure) -> Broadcast {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        let made = Broadcast(id: ids.next(), author: admin.id, text: text, now: clock.now)
        return try await store.broadcasts.change(.id(made.id), cause: cause) { Change($0 ?? made) }.state
    }

    /// Says to whom a draft goes.
    /// - Throws: `.notFound`, `.notAllowed`; `.broadcastOver` where it is no draft any more.
    public func address(
        _ id: BroadcastID,
        to audience: Broadcast.Audience,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Broadcast {
        try await change(id, by: admin, cause: cause) { (broadcast) throws(Refusal) in
            guard broadcast.state == .draft else { throw .broadcastOver }
            broadcast.audience = audience
            return []
        }
    }

    /// Sends a draft. Sent twice by the same cause, it goes once.
    /// - `place`: The message that shows the author how far it is, where there is one already.
    /// - Throws: `.notFound`, `.notAllowed`; `.broadcastOver` where it is no draft any more.
    public func send(
        _ id: BroadcastID,
        showingIn place: CardPlace?,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Broadcast {
        guard let draft = try await find(id) else { throw .refused(.notFound) }
        let expected = try await recipients(of: draft.audience)
        let entry = pen(of: admin).entry(.broadcastSent, of: .broadcast(id), [.to: draft.audience.rawValue])
        let now = clock.now
        return try await change(id, by: admin, cause: cause) { (broadcast) throws(Refusal) in
            guard broadcast.state == .draft else { throw .broadcastOver }
            broadcast.begin(expecting: expected, showingIn: place, now: now)
            return [entry]
        }
    }

    /// Sends a text without looking at it first.
    /// - Throws: `.notAllowed` where `admin` is none.
    public func send(
        _ text: RichText,
        to audience: Broadcast.Audience,
        by admin: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Broadcast {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        let now = clock.now
        var made = Broadcast(id: ids.next(), author: admin.id, text: text, audience: audience, now: now)
        made.begin(expecting: try await recipients(of: audience), showingIn: nil, now: now)
        let entry = pen(of: admin).entry(.broadcastSent, of: .broadcast(made.id), [.to: audience.rawValue])
        let begun = made
        return try await store.broadcasts.change(.id(made.id), cause: cause) { known in
            known.map { Change($0) } ?? Change(begun, audit: [entry])
        }.state
    }

    /// Drops a draft, or ends one that is being sent: what has not gone out by now is withdrawn.
    /// - Throws: `.notFound`, `.notAllowed`; `.broadcastOver` where it is over already.
    public func stop(_ id: BroadcastID, by admin: Member, cause: Cause) async throws(ChangeFailure) -> Broadcast {
        let entry = pen(of: admin).entry(.broadcastStopped, of: .broadcast(id))
        let stopped = try await change(id, by: admin, cause: cause) { (broadcast) throws(Refusal) in
            guard broadcast.state == .draft || broadcast.state == .sending else { throw .broadcastOver }
            broadcast.state = .stopped
            return broadcast.startedAt == nil ? [] : [entry]
        }
        if stopped.isOpenSince != nil { try await withdraw(stopped) }
        return stopped
    }

    // MARK: Reading

    /// How many people a broadcast would go to at this moment.
    public func recipients(of audience: Broadcast.Audience) async throws(ChangeFailure) -> Int {
        try await reading { () throws(StoreError) in
            switch audience {
            case .members: try await store.members.count(.active)
            case .hosts: try await store.members.active(atLeast: audience.leastRole).count
            }
        }
    }

    /// - Throws: `.store` only.
    public func find(_ id: BroadcastID) async throws(ChangeFailure) -> Broadcast? {
        try await reading { () throws(StoreError) in try await store.broadcasts.find(.id(id)) }
    }

    /// A broadcast as it stands now; nil where there is none.
    public func report(on id: BroadcastID) async throws(ChangeFailure) -> Report? {
        guard let found = try await find(id) else { return nil }
        return try await report(on: found)
    }

    /// A broadcast as it stands now, for an admin.
    /// - Throws: `.notAllowed`, `.notFound`.
    public func report(on id: BroadcastID, for reader: Member) async throws(ChangeFailure) -> Report {
        guard reader.isAdmin else { throw .refused(.notAllowed) }
        guard let report = try await report(on: id) else { throw .refused(.notFound) }
        return report
    }

    /// Those that were sent, the newest first.
    /// - Throws: `.notAllowed` where `reader` is no admin.
    public func list(
        for reader: Member,
        after cursor: PageCursor?,
        limit: Int
    ) async throws(ChangeFailure) -> Page<Report> {
        guard reader.isAdmin else { throw .refused(.notAllowed) }
        let page = try await reading { () throws(StoreError) in
            try await store.broadcasts.list(after: cursor, limit: limit)
        }
        var reports: [Report] = []
        for broadcast in page.items { reports.append(try await report(on: broadcast)) }
        return Page(items: reports, next: page.next)
    }

    func report(on broadcast: Broadcast) async throws(ChangeFailure) -> Report {
        let author = try await reading { () throws(StoreError) in try await store.members.find(.id(broadcast.author)) }
        return Report(broadcast: broadcast, tally: try await tally(of: broadcast), author: author?.name)
    }

    /// Of one that has ended, as it was then: its messages are forgotten some day.
    func tally(of broadcast: Broadcast) async throws(ChangeFailure) -> BroadcastTally {
        if broadcast.endedAt != nil, let tally = broadcast.tally { return tally }
        let counts = try await reading { () throws(StoreError) in
            try await store.outbox.counts(batch: broadcast.id.batch)
        }
        return BroadcastTally(counts, of: broadcast)
    }

    // MARK: Details

    private func change(
        _ id: BroadcastID,
        by admin: Member,
        cause: Cause,
        _ edit: @escaping @Sendable (inout Broadcast) throws(Refusal) -> [AuditEntry]
    ) async throws(ChangeFailure) -> Broadcast {
        guard admin.isAdmin else { throw .refused(.notAllowed) }
        return try await store.broadcasts.change(.id(id), cause: cause) { (broadcast) throws(Refusal) in
            guard var broadcast else { throw .notFound }
            let entries = try edit(&broadcast)
            return Change(broadcast, audit: entries)
        }.state
    }

    private func pen(of admin: Member) -> AuditPen {
        AuditPen(ids: ids, now: clock.now, actor: admin.id)
    }
}

extension Broadcast {
    fileprivate mutating func begin(expecting expected: Int, showingIn place: CardPlace?, now: Date) {
        state = .sending
        startedAt = now
        self.expected = expected
        self.place = place
    }
}
