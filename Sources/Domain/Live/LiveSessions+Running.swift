import Foundation

/// Beginning and ending shows, and who helps with it.
extension LiveSessions {
    /// Begins a show; every member who wants to hear of shows is told, once.
    /// - Throws: `.notFound`, `.notAllowed`; `.showHasBegun`, `.showOver`, `.showCancelled`; `.hostIsLive` where its
    ///   host runs another one.
    public func start(_ id: LiveSessionID, by member: Member, cause: Cause) async throws(ChangeFailure) -> LiveSession {
        do throws(ChangeFailure) {
            return try await run(id, by: member, cause: cause, as: .showStarted) { (session, now) throws(Refusal) in
                try session.begin(by: member.id, now: now)
            }
        } catch .store(.conflict) {
            // Only a host's one live show is unique about it; other conflicts are lost races.
            guard let host = try await find(id)?.host,
                let other = try await reading({ () throws(StoreError) in
                    try await store.liveSessions.find(.liveHost(host))
                }), other.id != id
            else { throw .store(.conflict(collection: LiveSession.collection)) }
            throw .refused(.hostIsLive)
        }
    }

    /// Ends a show. Host, admins and those who asked to be reminded are told; its episode waits for the recording.
    /// - Throws: `.notFound`, `.notAllowed`; `.showNotLive`, `.showOver`, `.showCancelled`.
    public func end(_ id: LiveSessionID, by member: Member, cause: Cause) async throws(ChangeFailure) -> LiveSession {
        let podcastID = ids.next(PodcastID.self)
        return try await run(id, by: member, cause: cause, as: .showEnded) { (session, now) throws(Refusal) in
            try session.end(as: podcastID, now: now)
        }
    }

    /// Lets a member begin and end a show, too.
    /// - Throws: `.notFound`, `.notAllowed`; `.showOver`, `.showCancelled`; `.noHost` where the person is no active
    ///   member; `.tooManyCoHosts`.
    public func addCoHost(
        _ person: MemberID,
        to id: LiveSessionID,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> LiveSession {
        guard try await directory.find(.id(person))?.isActive == true else { throw .refused(.noHost) }
        return try await change(id, by: member, cause: cause, as: .coHostAdded) { (session, now) throws(Refusal) in
            try session.checkOpen()
            guard session.host != person, !session.coHosts.contains(person) else { return [:] }
            guard session.coHosts.count < LiveSession.coHostLimit else { throw .tooManyCoHosts }
            session.coHosts.append(person)
            return [.to: person.rawValue]
        }
    }

    /// Takes that back.
    /// - Throws: `.notFound`, `.notAllowed`; `.showOver`, `.showCancelled`.
    public func removeCoHost(
        _ person: MemberID,
        from id: LiveSessionID,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> LiveSession {
        try await change(id, by: member, cause: cause, as: .coHostRemoved) { (session, now) throws(Refusal) in
            try session.checkOpen()
            session.coHosts.removeAll { $0 == person }
            return [.from: person.rawValue]
        }
    }

    private func run(
        _ id: LiveSessionID,
        by member: Member,
        cause: Cause,
        as action: AuditAction,
        _ rule: @escaping @Sendable (inout LiveSession, Date) throws(Refusal) -> Void
    ) async throws(ChangeFailure) -> LiveSession {
        try await change(id, where: { $0.mayRun(member) }, by: member, cause: cause, as: action) {
            (session, now) throws(Refusal) in
            try rule(&session, now)
            return [:]
        }
    }
}
