import Domain

/// A show with what is told beside it: who runs it, and what the reader has answered.
struct ShowFacts: Sendable {
    var session: LiveSession
    /// Nil where nobody knows any more who it is or was.
    var host: Member?
    var coHosts: [Member]
    /// What the reader has answered; nil where they have not.
    var answer: RSVP?
    /// Whose eyes it is for.
    var reader: Member
}

extension WebServices {
    /// What `reader` may know about shows, in their order.
    func facts(of sessions: [LiveSession], for reader: Member) async throws -> [ShowFacts] {
        var people: [MemberID: Member] = [reader.id: reader]
        for id in Set(sessions.flatMap { [$0.host].compactMap { $0 } + $0.coHosts }) where people[id] == nil {
            people[id] = try await directory.find(.id(id))
        }
        var facts: [ShowFacts] = []
        for session in sessions {
            facts.append(
                ShowFacts(
                    session: session,
                    host: session.host.flatMap { people[$0] },
                    coHosts: session.coHosts.compactMap { people[$0] },
                    answer: session.isAhead ? try await shows.rsvp(of: reader.id, for: session.id) : nil,
                    reader: reader
                )
            )
        }
        return facts
    }

    /// The same of a single show.
    func facts(of session: LiveSession, for reader: Member) async throws -> ShowFacts {
        guard let facts = try await facts(of: [session], for: reader).first else { throw Refusal.notFound }
        return facts
    }

    /// The episode of a show that is over, where the member may hear it.
    func recording(of session: LiveSession, for member: Member) async throws -> PodcastID? {
        guard session.status == .recorded, let id = session.podcastID else { return nil }
        do {
            return try await library.podcast(.id(id), for: member).id
        } catch {
            guard case .refused = error else { throw error }
            return nil
        }
    }
}
