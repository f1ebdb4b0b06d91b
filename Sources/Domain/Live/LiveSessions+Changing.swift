import Foundation

/// How every change of a show is made.
extension LiveSessions {
    /// Changes a show by who may manage it, writes down that they did, and brings its announcement up to date. What
    /// changes nothing is not written down.
    /// `rule`: gives what is worth knowing of the change.
    func change(
        _ id: LiveSessionID,
        where mayChange: (@Sendable (LiveSession) -> Bool)? = nil,
        by member: Member,
        cause: Cause,
        as action: AuditAction,
        _ rule: @escaping @Sendable (inout LiveSession, Date) throws(Refusal) -> [AuditDetail: String]
    ) async throws(ChangeFailure) -> LiveSession {
        guard member.isActive else { throw .refused(.notAMember) }
        let mayChange = mayChange ?? { $0.mayManage(member) }
        let pen = pen(of: member)
        let changed = try await alter(id, by: member, cause: cause) { (session, now) throws(Refusal) in
            guard mayChange(session) else { throw .notAllowed }
            let details = try rule(&session, now)
            return [pen.entry(action, of: .show(id), details)]
        }
        return changed
    }

    /// Changes a show and brings its announcement up to date; those who have to be told at once are.
    /// `member`: who does it; nil: the program by its own rules.
    /// `news`: what the host is told where something changes, and the name of that in the dedupe key.
    /// `rule`: gives what is to be written down, where it changes something.
    func alter(
        _ id: LiveSessionID,
        by member: Member? = nil,
        cause: Cause,
        telling news: (ShowNews, name: String)? = nil,
        _ rule: @escaping @Sendable (inout LiveSession, Date) throws(Refusal) -> [AuditEntry]
    ) async throws(ChangeFailure) -> LiveSession {
        let channel = try await settings().showsChannel
        let admins = try await directory.admins()
        let now = clock.now
        let host = try await hostMember(of: id)
        let change = try await store.liveSessions.change(.id(id), cause: cause) { (session) throws(Refusal) in
            guard let before = session, var session else { throw .notFound }
            let entries = try rule(&session, now)
            guard session != before else { return Change(before) }
            session.updatedAt = now
            var told = session.endedDrafts(since: before, to: admins + [host].compactMap { $0 }, channel: channel)
            if let news { told += session.hostDraft(news.0, named: news.name, to: host) }
            let post = session.announce(in: channel, now: now)
            return Change(session, outbox: post + told, audit: entries)
        }
        changed.notify()
        directory.roomUpdates?.changed(id, by: member)
        return change.state
    }

    /// Remembers the message that is a show's announcement.
    public func remember(_ place: CardPlace, of id: LiveSessionID) async throws(ChangeFailure) {
        guard let session = try await find(id), session.post != place else { return }
        let cause = Cause(rawValue: "post:\(place.chat):\(place.message)")
        _ = try await store.liveSessions.change(.id(id), cause: cause) { (session) throws(Refusal) in
            guard var session else { throw .notFound }
            session.post = place
            return Change(session)
        }
    }

    func find(_ origin: String) async throws(ChangeFailure) -> LiveSession? {
        try await reading { () throws(StoreError) in try await store.liveSessions.find(.origin(origin)) }
    }

    func settings() async throws(ChangeFailure) -> ClubSettings {
        try await reading { () throws(StoreError) in try await store.settings.find(.club) ?? ClubSettings() }
    }

    /// The host of a show, where they can be written to.
    func hostMember(of id: LiveSessionID) async throws(ChangeFailure) -> Member? {
        guard let host = try await find(id)?.host else { return nil }
        return try await directory.find(.id(host))
    }

    /// Who writes down what `member` does; nil: the program by its own rules.
    func pen(of member: Member?) -> AuditPen { directory.pen(of: member) }

    /// The shows ahead that fit, by their beginnings. There are never more than hosts may plan.
    func ahead(where fits: (LiveSession) -> Bool) async throws(ChangeFailure) -> [LiveSession] {
        var (found, start): ([LiveSession], PageStart) = ([], .first)
        while true {
            let page = try await list(.upcoming, from: start, limit: 200)
            found += page.items.filter(fits)
            guard let next = page.next else { return found }
            start = .after(next)
        }
    }

    /// Who is to run a planned show.
    func host(of plan: ShowPlan, by planner: Member) async throws(ChangeFailure) -> Member {
        guard let id = plan.host, id != planner.id else { return planner }
        guard planner.isAdmin else { throw .refused(.notAllowed) }
        guard let host = try await directory.find(.id(id)), host.isActive, host.role >= .host else {
            throw .refused(.noHost)
        }
        return host
    }
}

extension LiveSession {
    /// To the channel, the host and the admins, once it has ended.
    fileprivate func endedDrafts(since before: LiveSession, to people: [Member], channel: ChatID?) -> [OutboxDraft] {
        guard status == .ended, before.status == .live else { return [] }
        let reply = (post?.chat ?? channel).map { chat in
            OutboxDraft(
                dedupeKey: "show-ended-post:\(id)",
                chat: chat,
                lane: .alerts,
                body: .notice(.show(id, .endedPost))
            )
        }
        return [reply].compactMap { $0 } + people.compactMap { endedDraft(to: $0) }
    }

    /// To the host, where they can be told; `name` tells the thing in the dedupe key.
    func hostDraft(_ news: ShowNews, named name: String, to host: Member?) -> [OutboxDraft] {
        guard let host, host.isActive else { return [] }
        let key = "show-\(name):\(id):\(host.id)"
        return [OutboxDraft(key: key, to: host, notice: .show(id, news))].compactMap { $0 }
    }

    /// That it has ended; nobody is told twice.
    func endedDraft(to person: Member) -> OutboxDraft? {
        guard person.isActive, person.isReachable else { return nil }
        return OutboxDraft(key: "show-ended:\(id):\(person.id)", to: person, notice: .show(id, .ended))
    }
}
