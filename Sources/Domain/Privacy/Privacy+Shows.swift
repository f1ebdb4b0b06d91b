import Foundation

/// What shows know of a person.
extension Privacy {
    private var liveSessions: LiveSessions {
        LiveSessions(store: store, directory: directory, clock: clock, ids: directory.ids)
    }

    /// The shows that a person runs or helps with, those to come first, then the newest.
    func shows(of member: MemberID, limit: Int) async throws(ChangeFailure) -> [LiveSession] {
        var found: [LiveSession] = []
        for listing in [LiveSessionListing.upcoming, .past, .cancelled] {
            var (start, seen) = (PageStart.first, 0)
            while seen < Self.searchLimit, found.count < limit {
                let page = try await liveSessions.list(listing, from: start, limit: 200)
                found += page.items.filter { $0.host == member || $0.coHosts.contains(member) }
                seen += page.items.count
                guard let next = page.next else { break }
                start = .after(next)
            }
        }
        return Array(found.prefix(limit))
    }

    /// What a person has answered to announcements, the newest first.
    func answers(of member: MemberID, limit: Int) async throws(ChangeFailure) -> [RSVP] {
        try await liveSessions.rsvps(.by(member), from: .first, limit: limit).items
    }

    /// Takes a person out of all shows: those that they were to run are cancelled with all that would follow, those
    /// that were have no host any more, and nobody counts on them.
    func leaveShows(of member: Member, cause: Cause) async throws(ChangeFailure) {
        let leaving = Cause(rawValue: "forget:\(member.id)")
        for show in try await shows(of: member.id, limit: Self.searchLimit) {
            _ = try await liveSessions.alter(show.id, cause: leaving) { (show, now) throws(Refusal) in
                if show.host == member.id, show.status == .scheduled { try show.cancel(.series, now: now) }
                show.forget(member.id)
                return []
            }
        }
        var start = PageStart.first
        while true {
            let page = try await liveSessions.rsvps(.by(member.id), from: start, limit: 200)
            for answer in page.items { try await liveSessions.withdraw(answer, cause: leaving) }
            guard let next = page.next else { return }
            start = .after(next)
        }
    }
}

extension LiveSession {
    fileprivate mutating func forget(_ member: MemberID) {
        if host == member {
            host = nil
            weekly = nil
        }
        coHosts.removeAll { $0 == member }
    }
}
